using System.Net;
using System.Text;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>Erasing through the doors, and then the files themselves: store, its log, and the folder of letters.</summary>
public class ErasingTests
{
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Nothing_of_the_customer_is_left_in_the_stores_files_or_in_the_mail_folder()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        // Long enough for pages of its own, and among others, so that pages are split and joined.
        var words = string.Join(' ', Enumerable.Range(0, 400).Select(n => $"zebrafish{n}")) + " " + Api.Threat;
        for (var n = 0; n < 30; n++) await api.RiskAsync($"05211{n:D5}", $"other{n}@example.com", "פלוני", "אני עוזב אתכם");
        for (var n = 0; n < 5; n++)
            await api.FeedbackAsync(new { rating = new { scale = "stars", value = 1 }, text = words, customer = new { name = "Zelda Quagmire", phone = "0541112233", email = "zelda.q@example.org" } }, $"key-{n}");
        await api.PostAsync("/api/jobs", """{"customer":{"name":"Zelda Quagmire","phone":"0541112233"},"service":"quagmire street 5"}""");
        var url = new Uri((await app.LettersToAsync("zelda.q@example.org"))[0].Link("/p/")).AbsolutePath;
        await app.MoveToAsync(TestApp.Sunday.AddMinutes(70));
        using var guest = app.NewGuest();
        await guest.PostAsync(url + "/nobody-called");
        var task = (await api.GetAsync("/api/tasks")).Json.GetProperty("items").EnumerateArray().First(item => item.GetProperty("customer").GetProperty("name").GetString() == "Zelda Quagmire").GetProperty("taskId").GetString();
        await api.PostAsync($"/api/tasks/{task}/outcome", """{"outcome":"saved","reason":"zebrafish reason","gesture":"zebrafish gesture"}""");
        await app.LettersSentAsync();
        var key = (await app.Get<ILookups>().BusinessAsync("demo", CancellationToken.None))!.Value.ContactKey;
        string[] traces = ["zebrafish", "Zelda", "Quagmire", "quagmire street", "zelda.q@example.org", "541112233", "54-111-2233", CustomerIdentity.PhoneHash(key, "+972541112233"), CustomerIdentity.EmailHash(key, "zelda.q@example.org")];
        foreach (var trace in traces.Where(trace => trace != "54-111-2233")) Assert.True(FilesWith(app, trace).Count > 0, trace);

        var page = await guest.GetAsync(url + "/erase");
        Assert.Equal(He["erase.heading"], page.Title);
        var before = await app.CountRowsAsync("demo", "");
        Assert.Equal(before, await app.CountRowsAsync("demo", ""));
        var done = await guest.SubmitAsync(page, "main form");
        Assert.Contains(He["case.status.erasing"], (await guest.GetAsync(done.Location!)).Words, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromMinutes(2));

        var shown = await guest.GetAsync(url);
        Assert.Contains(He["case.status.erased"], shown.Words, StringComparison.Ordinal);
        Assert.Empty(shown.Page.QuerySelectorAll("main form"));
        foreach (var trace in traces) Assert.Equal((trace, ""), (trace, string.Join(' ', FilesWith(app, trace))));
        Assert.NotEmpty(FilesWith(app, "other7@example.com"));
        foreach (var path in new[] { "/api/tasks", "/api/tasks?status=closed" }) Assert.DoesNotContain("Zelda", (await api.GetAsync(path)).Text, StringComparison.Ordinal);
        await app.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.DoesNotContain(await app.LettersAsync(), letter => letter.To.Contains("zelda", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_page_of_the_team_still_opens_after_erasing()
    {
        await using var app = await TestApp.StartAsync();
        var opened = await Api.Of(app).RiskAsync(email: "dana@example.com");
        var alert = (await app.LettersToAsync("manager@demo.example"))[0];
        var url = new Uri((await app.LettersToAsync("dana@example.com"))[0].Link("/p/")).AbsolutePath;
        using var guest = app.NewGuest();
        await guest.PostAsync(url + "/erase");
        await app.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.EndsWith("done=already", (await guest.PostAsync(url + "/erase")).Location, StringComparison.Ordinal);

        using var manager = await app.SignInAsync("manager@demo.example");
        foreach (var path in new[] { "/manage", $"/manage/tasks/{opened.TaskId}", "/manage/outbox", "/manage/promises", "/manage/feedbacks", "/status" })
        {
            var page = await manager.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.DoesNotContain("דנה לוי", page.Text, StringComparison.Ordinal);
        }

        Assert.Contains(He["event.erased"], (await manager.GetAsync($"/manage/tasks/{opened.TaskId}")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(new Uri(alert.Tap(He["action.claim.tap"])).AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Api.Of(app).PostAsync($"/api/tasks/{opened.TaskId}/outcome", """{"outcome":"lost","reason":"erased"}""")).Status);
    }

    /// <summary>Files that hold these characters: as they are, or in the base64 of a letter.</summary>
    private static List<string> FilesWith(TestApp app, string trace)
    {
        var folder = Path.GetDirectoryName(app.MailFolder)!;
        var bytes = Encoding.UTF8.GetBytes(trace);
        return
        [
            .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.Contains("lock", StringComparison.OrdinalIgnoreCase))
                .Where(file => Holds(file, bytes, trace))
                .Select(file => Path.GetFileName(file)),
        ];
    }

    private static bool Holds(string file, byte[] bytes, string trace)
    {
        if (file.EndsWith(".eml", StringComparison.Ordinal) && Eml.Read(file) is var letter && (letter.Html + letter.Text + letter.Subject + letter.To).Contains(trace, StringComparison.Ordinal)) return true;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    }
}
