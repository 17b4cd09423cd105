using Azure.Core;
using FeedbackFlow.Adapters.AzureRest;
using FeedbackFlow.Adapters.AzureRest.Tables;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.ContractTests.Engines.AzureStorage;
using FeedbackFlow.ContractTests.Specs;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.AzureRest;

/// <summary>How requests are signed and what a message looks like on the wire.</summary>
public class SignatureTests(Azurite azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_of_the_storage_scope_goes_with_every_try_and_only_over_https()
    {
        var (wire, tokens) = (new FaultyTransport { Otherwise = _ => Fault.Busy503 }, new Tokens());
        var account = new Uri("https://account.table.core.windows.net");
        var options = new TableClientOptions { Transport = wire };
        (options.Retry.Delay, options.Retry.MaxDelay) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => new TableClient(account, "FeedbackFlow", tokens, options).GetEntityIfExistsAsync("p", "r", Ct));
        Assert.Equal((4, "https://storage.azure.com/.default"), (wire.Tries, Assert.Single(tokens.Scopes)));
        Assert.All(wire.Authorizations, header => Assert.Equal("Bearer token", header));

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => new TableClient(new("http://account.example"), "FeedbackFlow", tokens, new() { Transport = wire }).GetEntityIfExistsAsync("p", "r", Ct));
        Assert.Equal(4, wire.Tries);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_told_without_the_key()
    {
        var connection = await azurite.NewConnectionAsync();
        var store = new CloudStore(connection with { Key = new(connection.Key!.AccountName, "d3Jvbmcga2V5") });
        foreach (var ask in new Func<Task>[] { () => store.Rows.GetAsync("p", "r", Ct), () => store.Queues.ReceiveAsync("nudges", 1, TimeSpan.FromMinutes(1), Ct) })
        {
            var refused = await Assert.ThrowsAsync<Pipeline.Ports.StoreUnavailableException>(ask);
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("d3Jvbmcga2V5", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_never_expires_waits_whole_seconds_and_is_base64()
    {
        var connection = await azurite.NewConnectionAsync();
        var wire = new RecordingTransport(connection.Queues.AbsolutePath);
        var queues = new CloudStore(connection, wire).Queues;
        await queues.EnqueueAsync(NudgeQueue.Name, "שלום", TimeSpan.FromSeconds(44.2), Ct);
        await queues.EnqueueAsync(NudgeQueue.Name, "x", QueueLimits.LongestDelay, Ct);

        Assert.Equal(
            ["/nudges/messages?visibilitytimeout=45&messagettl=-1", "/nudges", "/nudges/messages?visibilitytimeout=45&messagettl=-1", "/nudges/messages?visibilitytimeout=518400&messagettl=-1"],
            wire.Sent.Select(request => request.PathAndQuery));
        Assert.Equal("<QueueMessage><MessageText>16nXnNeV150=</MessageText></QueueMessage>", System.Text.Encoding.UTF8.GetString(wire.Sent[0].Body));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "http://127.0.0.1:10001/devstoreaccount1")]
    [InlineData("AccountName=a;AccountKey=a2V5;EndpointSuffix=core.example", "https://a.table.core.example/", "https://a.queue.core.example/")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://t/a;QueueEndpoint=http://q/a", "http://t/a", "http://q/a")]
    public void A_connection_string_says_where_and_with_what(string text, string tables, string queues)
    {
        var connection = StorageConnection.Parse(text);
        Assert.Equal((tables, queues), (connection.Tables.ToString(), connection.Queues.ToString()));
    }

    [Theory]
    [InlineData("", "AccountName is missing.")]
    [InlineData("AccountName=a;AccountKey=%%secret%%", "AccountKey is not Base64.")]
    [InlineData("AccountName=a", "AccountKey is missing.")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=nowhere", "The address of the table service is not an absolute http or https address.")]
    public void What_a_connection_string_lacks_is_said_without_repeating_it(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => StorageConnection.Parse(text)).Message);

    private sealed class Tokens : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("token", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
