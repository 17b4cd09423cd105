using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.ContractTests.Engines.AzureStorage;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Specs;

/// <summary>What the Tables client sends, each request of a batch included, is what the vendor's file describes.</summary>
public class TablesSpecTests(Azurite azurite)
{
    /// <summary>The file stands at the version before tokens; the wire is the same.</summary>
    private const string Version = "x-ms-version";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_is_one_of_the_file_and_has_its_parameters()
    {
        var file = OpenApiFile.Find("tables", "table.json");
        var sent = await RequestsAsync();

        var operations = sent.Where(request => !request.PathAndQuery.EndsWith("/$batch", StringComparison.Ordinal)).Concat(sent.SelectMany(InBatch)).ToList();
        Assert.Subset(operations.Select(request => request.Method).ToHashSet(), new HashSet<string> { "GET", "POST", "PUT", "DELETE" });
        Assert.Contains(operations, request => request.PathAndQuery == "/Tables");
        Assert.Contains(operations, request => request.PathAndQuery.Contains("$top=2", StringComparison.Ordinal));
        Assert.Contains(operations, request => request.Method == "DELETE" && request.Headers["If-Match"] == "*");
        Assert.Contains(operations, request => request.Method == "PUT" && !request.Headers.ContainsKey("If-Match"));
        Assert.Empty(operations.SelectMany(request => file.Check(request, Version)));
    }

    [Fact]
    public async Task The_check_notices_what_is_wrong()
    {
        var file = OpenApiFile.Find("tables", "table.json");
        var get = (await RequestsAsync()).First(request => request.Method == "GET");
        Assert.Contains(file.Check(get), problem => problem.Contains(Version, StringComparison.Ordinal));
        Assert.NotEmpty(file.Check(get with { Headers = new Dictionary<string, string>() }, Version));
        Assert.NotEmpty(file.Check(get with { PathAndQuery = get.PathAndQuery + "?$color=red" }, Version));
        Assert.NotEmpty(file.Check(get with { Method = "HEAD" }, Version));
        var create = new SentRequest("POST", "/Tables", get.Headers, "{\"TableName\":7}"u8.ToArray());
        Assert.NotEmpty(file.Check(create, Version));
        Assert.NotEmpty(file.Check(create with { Body = "no JSON"u8.ToArray() }, Version));
        Assert.Empty(file.Check(create with { Body = "{\"TableName\":\"FeedbackFlow\"}"u8.ToArray() }, Version));
    }

    private async Task<IReadOnlyList<SentRequest>> RequestsAsync()
    {
        var connection = await azurite.NewConnectionAsync();
        var wire = new RecordingTransport(connection.Tables.AbsolutePath);
        var rows = new CloudStore(connection, wire).Rows;
        await rows.CommitAsync("it's", "c1", [new(RowAction.Insert, "a", "{}"), new(RowAction.Insert, "לקוח 7", "{\"טקסט\":\"שלום\"}"), new(RowAction.Put, "c", new string('x', 70_000)), new(RowAction.Insert, "d", "{}")], Ct);
        var row = await rows.GetAsync("it's", "לקוח 7", Ct);
        var other = await rows.GetAsync("it's", "a", Ct);
        await rows.CommitAsync("it's", "c2", [new(RowAction.Replace, "לקוח 7", "{}", ETag: row!.ETag), new(RowAction.Delete, "a", ETag: other!.ETag), new(RowAction.Remove, "d")], Ct);
        await rows.RangeAsync("it's", "", "~", 2, "a", Ct);
        await foreach (var _ in rows.AllAsync(Ct))
        {
        }

        return wire.Sent;
    }

    /// <summary>The whole requests that a batch holds.</summary>
    private static IEnumerable<SentRequest> InBatch(SentRequest outer)
    {
        if (!outer.PathAndQuery.EndsWith("/$batch", StringComparison.Ordinal)) yield break;
        var text = Encoding.UTF8.GetString(outer.Body);
        var boundary = "--changeset_" + text.Split("boundary=changeset_", 2)[1].Split('\r')[0];
        foreach (var part in text.Split(boundary).Skip(1).Where(part => part.Contains("HTTP/1.1", StringComparison.Ordinal)))
        {
            var request = part.Split("Content-Transfer-Encoding: binary\r\n\r\n", 2)[1];
            var (head, body) = (request.Split("\r\n\r\n", 2)[0], request.Contains("\r\n\r\n", StringComparison.Ordinal) ? request.Split("\r\n\r\n", 2)[1] : "");
            var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var target = new Uri(lines[0].Split(' ')[1]);
            Assert.True(target.IsAbsoluteUri);
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            yield return new(lines[0].Split(' ')[0], "/" + string.Concat(target.Segments.Skip(2)), headers, Encoding.UTF8.GetBytes(body.Trim()));
        }
    }
}

/// <summary>The real wire, and what went over it.</summary>
internal sealed class RecordingTransport(string prefix) : HttpPipelineTransport
{
    private readonly List<SentRequest> sent = [];

    public IReadOnlyList<SentRequest> Sent => sent;

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        using var body = new MemoryStream();
        if (message.Request.Content is { } content) await content.WriteToAsync(body, message.CancellationToken);
        sent.Add(new(
            message.Request.Method.Method, message.Request.Uri.ToUri().PathAndQuery[prefix.Length..],
            message.Request.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), body.ToArray()));
        await HttpClientTransport.Shared.ProcessAsync(message);
    }
}
