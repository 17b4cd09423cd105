using System.Net;
using System.Text;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The door for senders elsewhere, over HTTP as they use it.</summary>
public class HookTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private static readonly string Secret = new StandardProof().NewSecret();

    [Fact]
    public async Task A_signed_complaint_opens_a_task_and_its_repetition_nothing_more()
    {
        await using var app = await StartAsync();
        var first = await SendAsync(app, "standard-webhooks", Signed(app, "msg_1", Complaint));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        var event1 = first.Json.GetProperty("received")[0];
        Assert.Equal("stored", event1.GetProperty("result").GetString());
        Assert.NotNull(event1.GetProperty("taskId").GetString());

        // A retry signs anew, under the same id.
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        var again = await SendAsync(app, "standard-webhooks", Signed(app, "msg_1", Complaint));
        Assert.Equal("repeated", again.Json.GetProperty("received")[0].GetProperty("result").GetString());
        Assert.Equal(event1.GetProperty("feedbackId").GetString(), again.Json.GetProperty("received")[0].GetProperty("feedbackId").GetString());
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task A_secret_that_stands_in_the_settings_is_believed_and_is_nowhere_in_the_store()
    {
        await using var app = await TestApp.StartAsync(new() { Args = ["--WebhookSecrets:crm", Secret] });
        await ConnectAsync(app);
        await KeptAsync(app, "crm");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "standard-webhooks", Signed(app, "msg_1", Complaint))).Status);
        var page = await app.Rows.Inner.RangeAsync("demo", "!", "~", 1_000, null, default);
        Assert.DoesNotContain(page.Rows, row => row.Body.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_test_button_signs_with_a_secret_that_stands_in_the_settings()
    {
        await using var app = await TestApp.StartAsync(new() { Args = ["--WebhookSecrets:crm", Secret] });
        await ConnectAsync(app);
        await KeptAsync(app, "crm");
        var (guest, words) = (await app.SignInAsync("manager@demo.example"), App.Words.For("he"));
        var page = await guest.GetAsync("/manage/sources/standard-webhooks");
        Assert.Contains("WebhookSecrets:crm", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(words["source.secret.setting.empty"], page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page.Text, StringComparison.Ordinal);
        var tested = await guest.SubmitAsync(page, "form[action$='/test']");
        Assert.NotNull(tested.Page.QuerySelector(".note.done"));
        Assert.DoesNotContain(words["refusal.missing-secret"], tested.Words, StringComparison.Ordinal);
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task The_page_warns_of_a_setting_that_holds_no_secret_and_the_test_says_so()
    {
        await using var app = await TestApp.StartAsync(new() { Args = ["--WebhookSecrets:other", Secret] });
        await ConnectAsync(app);
        await KeptAsync(app, "crm");
        var (guest, words) = (await app.SignInAsync("manager@demo.example"), App.Words.For("he"));
        var page = await guest.GetAsync("/manage/sources/standard-webhooks");
        Assert.Contains(words["source.secret.setting.empty"], page.Words, StringComparison.Ordinal);
        Assert.Contains(words["refusal.missing-secret"], (await guest.SubmitAsync(page, "form[action$='/test']")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_the_settings_do_not_hold_lets_nobody_in()
    {
        await using var app = await TestApp.StartAsync(new() { Args = ["--WebhookSecrets:other", Secret] });
        await ConnectAsync(app);
        await KeptAsync(app, "crm");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, "standard-webhooks", Signed(app, "msg_1", Complaint))).Status);
    }

    private static async Task KeptAsync(TestApp app, string setting)
    {
        var business = (await app.Get<ILookups>().BusinessAsync("demo", default))!;
        var sources = business.Value.Sources.Select(source => source with { Secrets = [.. source.Secrets.Select(secret => secret with { Value = "", Setting = setting })] }).ToList();
        await app.Get<ICommits>().CommitAsync(new Commit("demo") { Settings = business.To(business.Value with { Sources = sources }) }, default);
    }

    [Fact]
    public async Task The_same_event_fifty_times_at_once_is_one()
    {
        await using var app = await StartAsync();
        var delivery = Signed(app, "msg_1", Complaint);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(app, "standard-webhooks", delivery)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers, answer => answer.Text.Contains("\"stored\"", StringComparison.Ordinal));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }

    [Fact]
    public async Task What_is_altered_old_unsigned_or_under_a_used_id_is_refused_by_name()
    {
        await using var app = await StartAsync();
        var good = Signed(app, "msg_1", Complaint);
        await RefusedAsync(401, "mismatch", good with { Body = Encoding.UTF8.GetBytes(Complaint.Replace("1", "5", StringComparison.Ordinal)) });
        await RefusedAsync(401, "mismatch", good with { Body = Encoding.UTF8.GetBytes(Complaint.Replace("\":", "\": ", StringComparison.Ordinal)) });
        await RefusedAsync(401, "missing-signature", good.Without(StandardProof.SignatureHeader));
        await RefusedAsync(401, "malformed-timestamp", good.With(StandardProof.TimeHeader, "now"));
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await SendAsync(app, "standard-webhooks", good);
        await RefusedAsync(409, "key-has-other-content", Signed(app, "msg_1", Complaint.Replace("חזר", "הגיע", StringComparison.Ordinal)));
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await RefusedAsync(401, "too-old", good);
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));

        var noted = (await app.Get<ILists>().ReceiptsAsync("demo", "standard-webhooks", 10, null, CancellationToken.None)).Items;
        Assert.Equal(["too-old", "key-has-other-content", null, "malformed-timestamp", "missing-signature", "mismatch", "mismatch"], noted.Select(receipt => receipt.Reason));

        async Task RefusedAsync(int status, string reason, Arrival arrival)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var answer = await SendAsync(app, "standard-webhooks", arrival);
            Assert.Equal((status, reason), (answer.Code, answer.Json.GetProperty("reason").GetString()));
        }
    }

    [Theory]
    [InlineData("/hooks/demo/nobody")]
    [InlineData("/hooks/other/json")]
    [InlineData("/hooks/demo/JSON")]
    public async Task An_address_without_a_source_says_so(string path)
    {
        await using var app = await StartAsync();
        var answer = await new Api(app.Client, null).PostAsync(path, "{}");
        Assert.Equal((HttpStatusCode.NotFound, "no-source"), (answer.Status, answer.Json.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_source_without_a_secret_believes_nobody()
    {
        await using var app = await StartAsync(source => source with { Secrets = [] });
        foreach (var name in new[] { "standard-webhooks", "json", "tally", "trustpilot" })
        {
            var answer = await SendAsync(app, name, Deliveries.Arrival("{}", ("Authorization", "Bearer x"), ("webhook-signature", "v1,x"), ("Tally-Signature", "x")));
            Assert.Equal((401, "missing-secret"), (answer.Code, answer.Json.GetProperty("reason").GetString()));
        }
    }

    [Fact]
    public async Task A_sender_that_signs_nothing_may_carry_its_token_in_the_address()
    {
        await using var app = await StartAsync();
        const string body = """{"events":[{"eventName":"service-review-created","eventData":{"id":"r1","text":"לא חזרו אליי, אני עוזבת","stars":1}}]}""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await new Api(app.Client, null).PostAsync("/hooks/demo/trustpilot", body)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await new Api(app.Client, null).PostAsync("/hooks/demo/trustpilot.wrong", body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await new Api(app.Client, null).PostAsync("/hooks/demo/trustpilot." + Token, body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await new Api(app.Client, Token).PostAsync("/hooks/demo/trustpilot", body)).Status);
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.DoesNotContain(app.Log.Lines, line => line.Message.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_of_another_kind_are_kept_whole_and_answered_as_received()
    {
        await using var app = await StartAsync();
        for (var times = 0; times < 2; times++)
        {
            var answer = await SendAsync(app, "standard-webhooks", Signed(app, "msg_9", """{"type":"invoice.paid","data":{"id":"i1","amount":450,"new_field":"כן"}}"""));
            Assert.Equal((HttpStatusCode.OK, times == 0 ? "other-type" : "repeated"), (answer.Status, answer.Json.GetProperty("received")[0].GetProperty("result").GetString()));
        }

        var kept = Assert.Single((await app.Get<ILists>().ReceiptsAsync("demo", "standard-webhooks", 10, null, CancellationToken.None)).Items);
        Assert.Contains("\"new_field\":\"כן\"", kept.Body, StringComparison.Ordinal);
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_that_could_not_be_stored()
    {
        await using var app = await TestApp.StartAsync(new() { ExpectsErrors = true });
        await ConnectAsync(app);
        app.Rows.CannotCommit = true;
        var delivery = Signed(app, "msg_1", Complaint);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(app, "standard-webhooks", delivery)).Status);
        app.Rows.CannotCommit = false;
        Assert.Contains("\"stored\"", (await SendAsync(app, "standard-webhooks", delivery)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
    }

    [Theory]
    [InlineData("standard-webhooks", "text/plain", 401)]
    [InlineData("json", "text/plain", 415)]
    [InlineData("json", "application/x-www-form-urlencoded", 415)]
    [InlineData("jotform", "application/json", 415)]
    public async Task A_body_of_another_kind_is_refused(string name, string contentType, int status)
    {
        await using var app = await StartAsync();
        var answer = await SendAsync(app, name, Deliveries.Arrival("{}", ("Content-Type", contentType), ("Authorization", "Bearer " + (name == "json" ? Secret : Token))));
        Assert.Equal(status, answer.Code);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_before_it_is_read()
    {
        await using var app = await StartAsync();
        var answer = await SendAsync(app, "json", Deliveries.Arrival("{\"text\":\"" + new string('א', 300_000) + "\"}", ("Authorization", "Bearer " + Secret)));
        Assert.Equal((413, "body-too-large"), (answer.Code, answer.Json.GetProperty("reason").GetString()));
        Assert.Contains("512 KB", answer.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CloudEvents_sender_asks_first_and_is_told_what_is_allowed()
    {
        await using var app = await StartAsync();
        var answer = await new Api(app.Client, null).SendAsync(HttpMethod.Options, "/hooks/demo/cloudevents", null, null, ("WebHook-Request-Origin", "eventemitter.example.com"), ("WebHook-Request-Rate", "120"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("eventemitter.example.com", Assert.Single(answer.Response.Headers.GetValues("WebHook-Allowed-Origin")));
        Assert.NotEmpty(answer.Response.Headers.GetValues("WebHook-Allowed-Rate"));
        Assert.Contains("POST", answer.Response.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NotFound, (await new Api(app.Client, null).SendAsync(HttpMethod.Options, "/hooks/demo/tally", null)).Status);

        var event1 = new StringContent("""{"rating":2,"text":"לא חזרו אליי","author":"דנה","phone":"0501234567"}""", Encoding.UTF8, "application/json");
        var sent = await new Api(app.Client, null).SendAsync(
            HttpMethod.Post, "/hooks/demo/cloudevents?access_token=" + Uri.EscapeDataString(Secret), event1, null, ("ce-specversion", "1.0"), ("ce-id", "e1"), ("ce-source", "urn:shop"), ("ce-type", "review.created"));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
    }

    [Fact]
    public async Task A_platform_confirms_its_connection_with_the_token_it_was_given()
    {
        await using var app = await StartAsync(source => source with { VerifyToken = "verify-me" });
        const string path = "/hooks/demo/facebook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        var right = await new Api(app.Client, null).GetAsync(path + "verify-me");
        Assert.Equal((HttpStatusCode.OK, "1158201444", "text/plain"), (right.Status, right.Text, right.Response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.Forbidden, (await new Api(app.Client, null).GetAsync(path + "guess")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await new Api(app.Client, null).GetAsync("/hooks/demo/facebook")).Status);
    }

    [Fact]
    public async Task A_notice_is_answered_before_its_words_are_fetched()
    {
        var (site, account) = (new ReviewSite(), new PushAccount("https://feedback.example.com/hooks/demo/google", "pusher@p.iam.gserviceaccount.com", "projects/p/subscriptions/s"));
        await using var app = await TestApp.StartAsync(new()
        {
            Change = services => services.Replace(ServiceDescriptor.Singleton<IReviewReader>(site)).Replace(ServiceDescriptor.Singleton<IPublishedKeys>(site)),
        });
        await ConnectAsync(app, source => source with { Push = account });
        using var key = TestKit.Signed.Key();
        site.Keys = null;
        var push = TestKit.Signed.Notice(key, account, "accounts/1/locations/2/reviews/abc", app.Now);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(app, "google", push)).Status);
        site.Keys = [TestKit.Signed.Published(key)];
        site.Has("accounts/1/locations/2/reviews/abc", """{"name":"accounts/1/locations/2/reviews/abc","reviewer":{"displayName":"דנה כ."},"starRating":"ONE","comment":"הבטיחו לחזור ולא חזרו, אני עוזבת","createTime":"2032-11-07T08:00:00Z","updateTime":"2032-11-07T08:00:00Z"}""");
        Assert.Contains("\"pending\"", (await SendAsync(app, "google", push)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.CountRowsAsync("demo", "feedback-"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await app.CountRowsAsync("demo", "feedback-"));
        Assert.Contains("דנה כ.", Assert.Single(await app.LettersToAsync("manager@demo.example")).Subject, StringComparison.Ordinal);
    }

    /// <summary>Every door, signed rightly over odd bodies, so that the odd input reaches the reader.</summary>
    [Fact]
    public async Task No_odd_body_makes_any_door_fail_or_store_half_a_feedback()
    {
        await using var app = await StartAsync();
        var random = new Random(20_260_105);
        foreach (var format in FormatTable.All.Where(format => format.Proof.HasSecrets))
        {
            for (var round = 0; round < 25; round++)
            {
                var sample = format.Sample("odd-" + round, app.Now);
                var body = Mutations.Of(Encoding.UTF8.GetBytes(sample.Body), random);
                var secret = format.Proof is StandardProof or SignatureOrToken ? Secret : Token;
                var signed = format.Proof.Sign(body, secret, $"{format.Name}-{round}", app.Now)!;
                var answer = await SendAsync(app, format.Name, Deliveries.Arrival(body, [("Content-Type", sample.ContentType), .. signed.Select(header => (header.Key, header.Value))]));
                Assert.True(answer.Code is 200 or 400 or 409 or 413, $"{format.Name}: {answer.Code} {answer.Text}");
                app.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(await app.CountRowsAsync("demo", "feedback-"), (await AllReceiptsAsync(app)).Count(receipt => receipt.Result is ReceiptResult.Stored or ReceiptResult.Edited));
    }

    private const string Complaint = """{"type":"feedback.received","timestamp":"2032-11-07T08:00:00Z","data":{"id":"fb_1","score":1,"text":"אף אחד לא חזר אליי, אני עוזבת ואספר לכולם","customer":{"name":"דנה","phone":"0501234567"}}}""";

    private static Arrival Signed(TestApp app, string id, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return Deliveries.Arrival(bytes, [.. new StandardProof().Sign(bytes, Secret, id, app.Now).Select(header => (header.Key, header.Value))]);
    }

    private static async Task<TestApp> StartAsync(Func<Source, Source>? change = null)
    {
        var app = await TestApp.StartAsync();
        await ConnectAsync(app, change);
        return app;
    }

    /// <summary>A source of every format, under the format's name.</summary>
    private static async Task ConnectAsync(TestApp app, Func<Source, Source>? change = null)
    {
        var sources = FormatTable.All.Select(format => Deliveries.Source(format.Name, format.Proof is StandardProof or SignatureOrToken ? Secret : Token)).Select(source => change?.Invoke(source) ?? source);
        var changed = await app.Get<ChangeBusiness>().RunAsync("demo", before => BusinessChange.To(before with { Sources = [.. sources] }));
        Assert.Null(changed.Refusal);
    }

    private static async Task<ApiAnswer> SendAsync(TestApp app, string source, Arrival arrival)
    {
        var content = new ByteArrayContent(arrival.Body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", arrival.Headers["Content-Type"]);
        return await new Api(app.Client, null).SendAsync(
            HttpMethod.Post, "/hooks/demo/" + source, content, null, [.. arrival.Headers.Where(header => header.Key != "Content-Type").Select(header => (header.Key, header.Value))]);
    }

    private static async Task<IReadOnlyList<Receipt>> AllReceiptsAsync(TestApp app)
    {
        var all = new List<Receipt>();
        foreach (var format in FormatTable.All) all.AddRange((await app.Get<ILists>().ReceiptsAsync("demo", format.Name, 100, null, CancellationToken.None)).Items);
        return all;
    }
}
