using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests.Http;

public sealed class TelemetryTests
{
    private const string Secret = "the boiler has been leaking for eight days";

    [Fact]
    public async Task A_collector_hears_of_steps_and_numbers_and_of_nothing_a_customer_said()
    {
        var heard = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(heard);
        await using (var app = await TestApp.StartAsync(new TestAppOptions { Args = ["--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()] }))
        {
            app.Client.DefaultRequestHeaders.Authorization = new("Bearer", "demo");
            var answer = await app.Client.PostAsJsonAsync(
                "/api/feedback?note=leak", new { text = Secret, rating = new { scale = "stars", value = 1 }, customer = new { name = "Noa Leaky", email = "noa.leaky@example.com", phone = "0541234567" } });
            Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
            await app.LettersSentAsync();
            await app.Client.GetAsync("/a/demo.0123456789abcdef0123456789abcdef");
        }

        foreach (var step in new[] { "accept", "read", "send", "FeedbackFlow" }) Assert.Contains(step, heard["/v1/traces"], StringComparison.Ordinal);
        foreach (var number in new[] { "feedbackflow.alert.latency", "feedbackflow.detector.time" }) Assert.Contains(number, heard["/v1/metrics"], StringComparison.Ordinal);
        foreach (var secret in new[] { "boiler", "leak", "Noa", "noa.", "054", "541234567", "0123456789abcdef" }) Assert.DoesNotContain(secret, heard["/v1/traces"] + heard["/v1/metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_up_nobody()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions { Args = ["--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"] });
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", "demo");
        Assert.Equal(System.Net.HttpStatusCode.Created, (await app.Client.PostAsJsonAsync("/api/feedback", new { text = Secret })).StatusCode);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> heard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            heard.AddOrUpdate(context.Request.Path, Encoding.UTF8.GetString(body.ToArray()), (_, before) => before + Encoding.UTF8.GetString(body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return app;
    }
}
