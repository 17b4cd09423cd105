using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>
/// An entity group transaction on the wire: <c>multipart/mixed</c> around one change set of whole HTTP requests with absolute addresses. The answer is 202 whatever
/// happened inside; on failure it holds exactly one part, whose message begins with the index of the operation: <c>"1:The specified entity already exists."</c>.
/// </summary>
internal static class TableBatch
{
    private const string LineEnd = "\r\n";

    public static byte[] Write(string boundary, Uri table, IReadOnlyList<TableTransactionAction> actions)
    {
        var changes = "changeset_" + boundary;
        using var stream = new MemoryStream();
        Line(stream, "--batch_" + boundary);
        Line(stream, "Content-Type: multipart/mixed; boundary=" + changes);
        Line(stream, "");
        foreach (var action in actions)
        {
            Line(stream, "--" + changes);
            Line(stream, "Content-Type: application/http");
            Line(stream, "Content-Transfer-Encoding: binary");
            Line(stream, "");
            Write(stream, table, action);
        }

        Line(stream, $"--{changes}--");
        Line(stream, $"--batch_{boundary}--");
        return stream.ToArray();
    }

    /// <summary>The parts in order. <see cref="FormatException"/> when the answer holds none.</summary>
    public static IReadOnlyList<TableBatchPart> Read(string body)
    {
        // Each part's headers end with an empty line, and its status line follows.
        var texts = body.Split("\nHTTP/1.1 ").Skip(1).ToList();
        return texts.Count > 0 ? [.. texts.Select(TableBatchPart.Read)] : throw new FormatException("The answer to a batch holds no part.");
    }

    private static void Write(MemoryStream stream, Uri table, TableTransactionAction action)
    {
        var entity = action.Entity;
        var (method, address) = action.ActionType switch
        {
            TableTransactionActionType.Add => ("POST", table.AbsoluteUri),
            TableTransactionActionType.Delete => ("DELETE", TableAddress.Entity(table, entity.PartitionKey, entity.RowKey).AbsoluteUri),
            _ => ("PUT", TableAddress.Entity(table, entity.PartitionKey, entity.RowKey).AbsoluteUri),
        };
        Line(stream, $"{method} {address} HTTP/1.1");
        Line(stream, "Accept: " + TableClient.Json);
        Line(stream, "DataServiceVersion: 3.0");
        if (action.ETag != default) Line(stream, "If-Match: " + action.ETag.ToString("H"));
        if (action.ActionType == TableTransactionActionType.Add) Line(stream, "Prefer: return-no-content");
        if (action.ActionType != TableTransactionActionType.Delete)
        {
            var body = entity.ToJson();
            Line(stream, "Content-Type: application/json");
            Line(stream, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"));
            Line(stream, "");
            stream.Write(body);
            Line(stream, "");
        }
        else
        {
            Line(stream, "");
        }
    }

    private static void Line(MemoryStream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text + LineEnd));
}

/// <summary>The answer to one operation of a batch.</summary>
internal sealed class TableBatchPart : Response
{
    private readonly Dictionary<string, string> headers;

    private TableBatchPart(int status, string reason, Dictionary<string, string> headers, string body)
    {
        (Status, ReasonPhrase, this.headers) = (status, reason, headers);
        ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body));
    }

    public override int Status { get; }

    public override string ReasonPhrase { get; }

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override bool IsError => Status >= 400;

    /// <param name="text">From the status on: <c>204 No Content</c>, headers, an empty line, a body, the boundary that ends the part.</param>
    public static TableBatchPart Read(string text)
    {
        var (head, body) = Halves(text);
        var lines = head.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var status = lines[0].Split(' ', 2);
        if (!int.TryParse(status[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code)) throw new FormatException("A part of a batch has no status.");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First()[1], StringComparer.OrdinalIgnoreCase);
        return new(code, status.Length > 1 ? status[1] : "", headers, body.Split("\n--", 2)[0].Trim());
    }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));

    private static (string Head, string Body) Halves(string text)
    {
        foreach (var gap in new[] { "\r\n\r\n", "\n\n" })
        {
            if (text.IndexOf(gap, StringComparison.Ordinal) is var at and >= 0) return (text[..at], text[(at + gap.Length)..]);
        }

        return (text, "");
    }
}
