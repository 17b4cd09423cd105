using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public sealed class BusinessCommandsTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_business_set_up_beside_a_running_server_takes_feedback_at_once()
    {
        await using var server = await Served.StartAsync(folder, "--PublicUrl", "https://feedback.example.com");
        await OkAsync("business", "add", "north", "--name", "North Air", "--language", "en", "--zone", "Europe/London", "--phone", "+44 20 7946 0000", "--reply-to", "Office@North.example", "--review-url", "https://reviews.example/north");
        await OkAsync("person", "add", "north", "--name", "Sam Reed", "--email", "sam@north.example", "--role", "manager", "--phone", "+44 7700 900123");
        var printed = await OkAsync("key", "add", "north", "--label", "website");
        var key = printed.Lines[0];
        Assert.StartsWith("north.", key, StringComparison.Ordinal);
        Assert.Contains("once", printed.Lines[1], StringComparison.Ordinal);

        using var answer = await server.SubmitAsync(key, new { rating = new { scale = "stars", value = 1 }, text = "Nobody called me back", customer = new { phone = "+44 7700 900456" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var body = await answer.Content.ReadFromJsonAsync<JsonDocument>();
        Assert.Equal("Sam Reed", body!.RootElement.GetProperty("recovery").GetProperty("owner").GetString());

        var link = (await OkAsync("link", "add", "north", "--label", "Van 3", "--PublicUrl", "https://feedback.example.com")).Lines[0];
        Assert.StartsWith("https://feedback.example.com/f/north.", link, StringComparison.Ordinal);
        Assert.Contains("North Air", await server.Http.GetStringAsync(new Uri(link).AbsolutePath), StringComparison.Ordinal);

        await OkAsync("key", "remove", "north", "--label", "website");
        using var refused = await server.SubmitAsync(key, new { text = "x" });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Hours_rest_promises_places_and_duty_are_set_and_what_makes_no_sense_is_refused()
    {
        await NorthAsync();
        await OkAsync("person", "add", "north", "--name", "Sam Reed", "--email", "sam@north.example", "--role", "owner");
        var set = await OkAsync("business", "set", "north", "--hours", "mon-fri 09:00-13:00 14:00-17:00", "--closed", "2032-12-27", "--promise", "statutory", "--rest", "soften", "--city", "haifa", "--holidays", "yes");
        Assert.Equal("north\tmon 09:00-13:00, 14:00-17:00; tue 09:00-13:00, 14:00-17:00; wed 09:00-13:00, 14:00-17:00; thu 09:00-13:00, 14:00-17:00; fri 09:00-13:00, 14:00-17:00\tholidays closed\trest soften by haifa\tpromise statutory\talerts from 0.35", set.Lines[0]);
        Assert.Contains("promise own", (await OkAsync("business", "set", "north", "--promise", "30,90,400")).Out, StringComparison.Ordinal);
        await OkAsync("branch", "add", "north", "leeds", "--name", "Leeds", "--hours", "sun 10:00-14:00", "--zone", "Europe/London");
        await OkAsync("person", "duty", "north", "--email", "sam@north.example", "--hours", "mon-tue 09:00-12:00");
        await OkAsync("person", "duty", "north", "--email", "sam@north.example", "--hours", "always");
        Assert.Contains("digest: weekly", (await OkAsync("person", "digest", "north", "--email", "sam@north.example", "--often", "weekly")).Out, StringComparison.Ordinal);
        Assert.Contains("no digest", (await OkAsync("person", "digest", "north", "--email", "sam@north.example", "--often", "none")).Out, StringComparison.Ordinal);
        await RefusedAsync("Nobody in north", "person", "digest", "north", "--email", "eve@north.example", "--often", "daily");
        await RefusedAsync("never be open", "business", "set", "north", "--hours", "sat 10:00-12:00", "--rest", "hold");
        await RefusedAsync("no branch 'york'", "link", "add", "north", "--label", "Van", "--branch", "york", "--PublicUrl", "http://localhost");
    }

    [Fact]
    public async Task How_alerts_come_is_set_in_order_and_its_secrets_are_not_repeated()
    {
        await NorthAsync();
        await OkAsync("person", "add", "north", "--name", "Sam Reed", "--email", "sam@north.example", "--role", "owner");
        string[] reach = ["person", "reach", "north", "--email", "sam@north.example"];
        var set = await OkAsync([.. reach, "--by", "slack,sms", "--slack", "https://hooks.example/T0/secret", "--sms", "+44 7700 900123", "--in-quiet-hours", "sms"]);
        Assert.Equal(["slack https://hooks.example/…", "sms +447…123 (in quiet hours too)", "mail"], set.Lines);
        // What is stored already need not be given again.
        Assert.Equal(["mail", "sms +447…123", "slack https://hooks.example/…"], (await OkAsync([.. reach, "--by", "mail,sms,slack"])).Lines);
        Assert.Equal(["mail"], (await OkAsync([.. reach, "--by", "mail"])).Lines);
        Assert.Equal("sam@north.example has quiet hours 21:00-07:00.", (await OkAsync("person", "quiet", "north", "--email", "sam@north.example", "--hours", "21:00-07:00")).Lines[0]);
        await OkAsync("person", "quiet", "north", "--email", "sam@north.example", "--hours", "never");

        await RefusedAsync("slack has no address yet", [.. reach, "--by", "slack"]);
        await SlipAsync("Write each way once", [.. reach, "--by", "pigeon"]);
        await RefusedAsync("is not in --by", [.. reach, "--by", "mail", "--in-quiet-hours", "sms"]);
        await RefusedAsync("is not in --by", [.. reach, "--by", "mail", "--sms", "+447700900123"]);
        await SlipAsync("with its country", [.. reach, "--by", "sms", "--sms", "054-1112233"]);
        await SlipAsync("16 hours", "person", "quiet", "north", "--email", "sam@north.example", "--hours", "night");
        foreach (var address in new[] { "http://hooks.example/top-secret", "https://10.0.0.1/top-secret", "https://u:top-secret@hooks.example/" })
            Assert.DoesNotContain("top-secret", (await SlipAsync("--slack cannot be used", [.. reach, "--by", "slack", "--slack", address])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_kept_as_hashes_only()
    {
        await NorthAsync();
        var key = (await OkAsync("key", "add", "north", "--label", "website")).Lines[0];
        var link = (await OkAsync("link", "add", "north", "--label", "van", "--PublicUrl", "http://localhost")).Lines[0];
        foreach (var file in Directory.GetFiles(folder["data"]))
        {
            var stored = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain(key["north.".Length..], stored, StringComparison.Ordinal);
            Assert.DoesNotContain(link[(link.LastIndexOf('.') + 1)..], stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_exists_is_refused_and_stays_as_it_was()
    {
        await NorthAsync();
        await OkAsync("person", "add", "north", "--name", "Sam Reed", "--email", "sam@north.example", "--role", "owner");
        await OkAsync("key", "add", "north", "--label", "website");
        var before = (await OkAsync("business", "list")).Out;
        await RefusedAsync("already", "business", "add", "north", "--name", "Other", "--language", "he", "--zone", "Asia/Jerusalem");
        await RefusedAsync("already", "person", "add", "north", "--name", "Sam", "--email", "SAM@north.example", "--role", "manager");
        await RefusedAsync("already", "key", "add", "north", "--label", " website ");
        await RefusedAsync("no business 'south'", "key", "add", "south", "--label", "website");
        Assert.Equal(before, (await OkAsync("business", "list")).Out);
        Assert.Contains("owner\tSam Reed\tsam@north.example", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_added_at_the_same_time_are_all_there()
    {
        await NorthAsync();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => OkAsync("person", "add", "north", "--name", $"P{i}", "--email", $"p{i}@north.example", "--role", "backup")));
        var list = (await OkAsync("business", "list")).Out;
        Assert.All(Enumerable.Range(1, 4), i => Assert.Contains($"p{i}@north.example", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_absence_is_told_by_the_clock_of_the_business_with_its_last_day()
    {
        await NorthAsync();
        await OkAsync("person", "add", "north", "--name", "Sam", "--email", "sam@north.example", "--role", "manager");
        var away = await OkAsync("person", "away", "north", "--email", "sam@north.example", "--from", "2099-07-01", "--until", "2099-07-03");
        Assert.Contains("2099-07-01 00:00 to 2099-07-04 00:00", away.Out, StringComparison.Ordinal);
        await RefusedAsync("already", "person", "away", "north", "--email", "sam@north.example", "--from", "2099-07-01", "--until", "2099-07-03");
        await RefusedAsync("before", "person", "away", "north", "--email", "sam@north.example", "--from", "2099-07-01T12:00", "--until", "2099-07-01T11:00");
        await RefusedAsync("Nobody", "person", "away", "north", "--email", "x@north.example", "--from", "2099-07-01", "--until", "2099-07-03");
    }

    [Fact]
    public async Task A_wrong_folder_does_not_become_a_new_store()
    {
        var ended = (await Ran.ToEndAsync(folder, "business", "list", "--data", "elsewhere")).Expect(2);
        Assert.Contains("--data", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["elsewhere"]));
    }

    [Fact]
    public async Task The_folder_may_stand_before_the_command()
    {
        await NorthAsync();
        Assert.Contains("north\t", (await Ran.ToEndAsync(folder, "--data", folder["data"], "business", "list")).Expect(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_value_is_named_with_what_to_write()
    {
        var ended = (await Ran.ToEndAsync(
            folder, "business", "add", "North", "--name", " ", "--language", "fr", "--zone", "jerusalem", "--phone", "12", "--reply-to", "office", "--review-url", "http://reviews.example")).Expect(2);
        Assert.All(["SLUG is", "--name is", "--language is", "\"Asia/Jerusalem\"", "--phone is", "--reply-to is", "https://"], part => Assert.Contains(part, ended.Error, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder["data"]));
    }

    private Task<Ended> NorthAsync() => OkAsync("business", "add", "north", "--name", "North Air", "--language", "en", "--zone", "Europe/London");

    private async Task<Ended> OkAsync(params string[] args) => (await Ran.ToEndAsync(folder, args)).Expect(0);

    private async Task<Ended> RefusedAsync(string why, params string[] args)
    {
        var ended = (await Ran.ToEndAsync(folder, args)).Expect(1);
        Assert.Contains(why, Assert.Single(ended.Error.Trim().Split('\n')), StringComparison.Ordinal);
        return ended;
    }

    /// <summary>Refused before anything was opened, with the way to the help.</summary>
    private async Task<Ended> SlipAsync(string why, params string[] args)
    {
        var ended = (await Ran.ToEndAsync(folder, args)).Expect(2);
        Assert.Contains(why, ended.Error, StringComparison.Ordinal);
        return ended;
    }
}
