using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

/// <summary><c>source add</c>, <c>secret</c> and <c>remove</c> beside a running server, as an operator uses them.</summary>
public sealed class SourceCommandTests : IDisposable
{
    private const string Given = "0123456789abcdef0123456789abcdef";
    private const string Other = """{"events":[{"eventName":"profile-changed","eventData":{"id":"1"}}]}""";
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_source_takes_deliveries_at_once_its_secret_is_changed_without_losing_one_and_it_is_removed()
    {
        await NorthAsync();
        await using var server = await Served.StartAsync(folder, "--PublicUrl", "https://feedback.example.com");
        var added = await OkAsync("source", "add", "north", "--format", "trustpilot");
        Assert.Equal("Trustpilot may deliver to /hooks/north/trustpilot", added.Lines[0]);
        var first = added.Lines[1];
        Assert.Contains("once", added.Lines[2], StringComparison.Ordinal);
        // A signature is computed with it, so a hash would not do; nobody is told otherwise.
        Assert.DoesNotContain("hash", added.Out, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "stored"), await DeliverAsync(server, first, """{"events":[{"eventName":"service-review-created","eventData":{"id":"r1","text":"Nobody called, I leave","stars":1}}]}"""));

        var second = (await OkAsync("source", "secret", "north", "--name", "trustpilot")).Lines[0];
        Assert.Equal((HttpStatusCode.OK, "other-type"), await DeliverAsync(server, first, Other));
        Assert.Equal((HttpStatusCode.OK, "repeated"), await DeliverAsync(server, second, Other));
        var third = await OkAsync("source", "secret", "north", "--name", "trustpilot", "--secret", Given);
        Assert.DoesNotContain(Given, third.Out, StringComparison.Ordinal);
        foreach (var token in new[] { first, second, Given }) Assert.Equal((HttpStatusCode.OK, "repeated"), await DeliverAsync(server, token, Other));
        Assert.Equal((HttpStatusCode.Unauthorized, "mismatch"), await DeliverAsync(server, "fedcba9876543210fedcba9876543210", Other));

        Assert.Contains("disconnected", (await OkAsync("source", "remove", "north", "--name", "trustpilot")).Out, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "no-source"), await DeliverAsync(server, Given, Other));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_in_one_line_and_changes_nothing()
    {
        await NorthAsync();
        await OkAsync("source", "add", "north", "--format", "tally", "--name", "forms", "--secret", "brought-from-there");
        await RefusedAsync(1, "already", "source", "add", "north", "--format", "typeform", "--name", "forms");
        await RefusedAsync(1, "no business 'south'", "source", "add", "south", "--format", "tally");
        await RefusedAsync(1, "no source 'reviews'", "source", "secret", "north", "--name", "reviews");
        await RefusedAsync(1, "no source 'reviews'", "source", "remove", "north", "--name", "reviews");
        await RefusedAsync(1, "6 to 500", "source", "secret", "north", "--name", "forms", "--secret", "short");
        await RefusedAsync(2, "22 to 500", "source", "add", "north", "--format", "yotpo", "--secret", "guessable");
        await RefusedAsync(2, "whsec_", "source", "add", "north", "--format", "standard-webhooks", "--secret", "whsec_%%%");
        await RefusedAsync(2, "--format", "source", "add", "north", "--format", "carrier-pigeon");
        await RefusedAsync(2, "--name", "source", "add", "north", "--format", "tally", "--name", "Forms!");
        await RefusedAsync(2, "--format", "source", "add", "north");
        await RefusedAsync(2, "--data", "source", "add", "north", "--format", "tally", "--data", "elsewhere");

        var google = await OkAsync("source", "add", "north", "--format", "google");
        Assert.Equal("Which pushes are accepted is set on its page under Sources.", google.Lines[1]);
        await RefusedAsync(1, "signs by itself", "source", "secret", "north", "--name", "google");
        await OkAsync("source", "remove", "north", "--name", "forms");
        await RefusedAsync(1, "no source 'forms'", "source", "remove", "north", "--name", "forms");
    }

    private static async Task<(HttpStatusCode, string?)> DeliverAsync(Served server, string token, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync("/hooks/north/trustpilot." + token, content);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (answer.StatusCode, json.TryGetProperty("reason", out var reason) ? reason.GetString() : json.GetProperty("received")[0].GetProperty("result").GetString());
    }

    private async Task NorthAsync()
    {
        await OkAsync("business", "add", "north", "--name", "North Air", "--language", "en", "--zone", "Europe/London");
        await OkAsync("person", "add", "north", "--name", "Sam Reed", "--email", "sam@north.example", "--role", "manager");
    }

    private async Task<Ended> OkAsync(params string[] args) => (await Ran.ToEndAsync(folder, args)).Expect(0);

    private async Task RefusedAsync(int code, string why, params string[] args)
    {
        var ended = (await Ran.ToEndAsync(folder, args)).Expect(code);
        Assert.Contains(why, ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Out.Trim());
    }
}
