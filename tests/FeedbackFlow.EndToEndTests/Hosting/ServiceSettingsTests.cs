using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests.Hosting;

public sealed class ServiceSettingsTests
{
    private const string Key = "c2VjcmV0LWtleQ==";

    [Theory]
    [InlineData("Email:From", "Email:Endpoint=https://x.communication.azure.com")]
    [InlineData("Email:Endpoint", "Email:Endpoint=http://x.example", "Email:From=a@b.example")]
    [InlineData("Email:PerHour", "Email:Endpoint=https://x.example", "Email:From=a@b.example", "Email:PerHour=0")]
    [InlineData("Email:PerMinute", "Email:Endpoint=https://x.example", "Email:From=a@b.example", "Email:PerMinute=many")]
    [InlineData("Email:ConnectionString", "Email:ConnectionString=accesskey=" + Key, "Email:From=a@b.example")]
    [InlineData("Language:Endpoint", "Language:Endpoint=nowhere")]
    [InlineData("Language:Use", "Language:Endpoint=https://x.example", "Language:Use=sometimes")]
    [InlineData("Channels", "Channels=email,pigeon")]
    [InlineData("Channels", "Channels=smtp,smtp")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318")]
    public void A_setting_that_cannot_be_used_is_named_with_its_cure_and_no_secret(string name, params string[] given)
    {
        var wrong = Assert.Throws<WrongSettingException>(() => ReadAll(given));
        Assert.StartsWith($"Setting {name} is ", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("Email:Endpoint=", "Language:Endpoint=", "Channels=", "OTEL_EXPORTER_OTLP_ENDPOINT=", "Language:Use=", "Smtp:Host=", "Smtp:User=")]
    public void An_empty_setting_counts_as_not_given(params string[] given) => Assert.Equal((null, null, 2, null), ReadAll(given));

    [Fact]
    public async Task The_program_sends_and_reads_along_by_what_is_configured()
    {
        var heard = new ConcurrentQueue<(string Path, string Body, string? Authorization)>();
        await using var azure = await PretendAsync(heard);
        var address = azure.Urls.Single();
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Args =
            [
                "--Language:Endpoint", address, "--Language:Key", "k", "--Language:Use", "always", "--Email:ConnectionString", $"endpoint={address};accesskey={Key}", "--Email:From", "service@example.com",
            ],
        });
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", "demo");
        var answer = await app.Client.PostAsJsonAsync(
            "/api/feedback", new { text = "אני עוזב אתכם ומספר לכולם", rating = new { scale = "stars", value = 1 }, customer = new { name = "נועה", email = "noa@example.com", phone = "0541234567" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await app.LettersSentAsync();

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.EndsWith("+language/2022-11-01", body.RootElement.GetProperty("reading").GetProperty("analysedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal("/language/:analyze-text", heard.First().Path);
        var letters = heard.Where(request => request.Path == "/emails:send").ToList();
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.StartsWith("HMAC-SHA256 ", letter.Authorization, StringComparison.Ordinal));
        var outbox = await app.Get<ILists>().LettersAsync("demo", 10, null, CancellationToken.None);
        Assert.All(outbox.Items, entry => Assert.Equal((Pipeline.Outbox.LetterState.Sent, "email"), (entry.State, entry.Via)));
        Assert.Empty(Directory.Exists(app.MailFolder) ? Directory.GetFiles(app.MailFolder) : []);
    }

    [Fact]
    public async Task What_was_judged_stands_beside_the_words()
    {
        await using var azure = await PretendAsync([]);
        await using var app = await TestApp.StartAsync(new TestAppOptions { Args = ["--Language:Endpoint", azure.Urls.Single(), "--Language:Key", "k", "--Language:Use", "always"] });
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", "demo");
        var answer = await app.Client.PostAsJsonAsync("/api/feedback", new { text = "הטכנאי <b>גס</b> ואני עוזב אתכם", rating = new { scale = "stars", value = 1 } });
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var task = body.RootElement.GetProperty("recovery").GetProperty("taskId").GetString();
        var manager = await app.SignInAsync(DemoBusiness.Make(app.Now).People[0].Email);

        var page = await manager.GetAsync($"/manage/tasks/{task}");
        Assert.Contains("<bdi dir=\"auto\">הטכנאי &lt;b&gt;</bdi> · טון שלילי", page.Text, StringComparison.Ordinal);
    }

    private static (object?, object?, int, Uri?) ReadAll(string[] given)
    {
        var pairs = given.Select(one => one.Split('=', 2)).Select(parts => new KeyValuePair<string, string?>(parts[0], parts[1]));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        var settings = Settings.ReadAdapters(configuration);
        return (settings.Email, settings.Language, settings.Channels.Count, ServiceSettings.ReadCollector(configuration));
    }

    /// <summary>AI Language and Communication Services on one address of this machine.</summary>
    private static async Task<WebApplication> PretendAsync(ConcurrentQueue<(string, string, string?)> heard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            heard.Enqueue((context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.Authorization));
            context.Response.ContentType = "application/json";
            var isMail = context.Request.Path == "/emails:send";
            context.Response.StatusCode = isMail ? 202 : 200;
            await context.Response.WriteAsync(isMail
                ? $$"""{"id":"{{context.Request.Headers["Operation-Id"]}}","status":"Running"}"""
                : """{"kind":"SentimentAnalysisResults","results":{"documents":[{"id":"0","sentiment":"negative","confidenceScores":{"positive":0,"neutral":0,"negative":1},"sentences":[{"text":"t","sentiment":"negative","confidenceScores":{"positive":0,"neutral":0,"negative":1},"offset":0,"length":10,"targets":[{"sentiment":"negative","confidenceScores":{"positive":0,"negative":1},"offset":0,"length":10,"text":"t","relations":[]}],"assessments":[]}],"warnings":[]}],"errors":[],"modelVersion":"2022-11-01"}}""");
        });
        await app.StartAsync();
        return app;
    }
}
