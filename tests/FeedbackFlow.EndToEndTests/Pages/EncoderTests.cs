using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Hebrew leaves the framework as Hebrew and not as entities: a page is half the size, a letter stays readable in its source.</summary>
public class EncoderTests
{
    [Fact]
    public async Task A_page_over_HTTP_is_in_Hebrew_and_encoded()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "FeedbackFlow.App" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPages();
        await using var app = builder.Build();
        var model = (new Samples("he") { BusinessName = "מזגנים & <בניו>" }).Form;
        app.MapGet("/", () => new RazorComponentResult<FormPage>(new { Model = model }));
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var browser = new HttpClient();
        using var answer = await browser.GetAsync(app.Urls.First(), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("איך היה השירות?", html, StringComparison.Ordinal);
        Assert.Contains("מזגנים &amp; &lt;בניו&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x5", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_is_in_Hebrew_and_encoded()
    {
        var letter = await EveryPage.WriteAsync((new Samples("he") { CustomerName = "דנה <כהן>" }).Alert);
        Assert.Contains("דנה &lt;כהן&gt;", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x5", letter.Html, StringComparison.Ordinal);
    }
}
