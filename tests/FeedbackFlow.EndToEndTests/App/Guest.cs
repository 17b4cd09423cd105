using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace FeedbackFlow.Tests;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Response, string Text)
{
    public IHtmlDocument Page { get; } = new HtmlParser().ParseDocument(Text);

    /// <summary>What a person reads, without the style sheet.</summary>
    public string Words => Page.QuerySelector("main")?.TextContent ?? "";

    public string Title => Page.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string? Location => Response.Headers.Location?.ToString();

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(response.StatusCode, response, await response.Content.ReadAsStringAsync());
}

/// <summary>Somebody with a browser: keeps cookies, follows no redirect by itself.</summary>
internal sealed class Guest(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = address };

    public HttpClient Client => client;

    public void Dispose() => client.Dispose();

    public async Task<Answer> GetAsync(string url) => await Answer.OfAsync(await client.GetAsync(url));

    public async Task<Answer> PostAsync(string url, params (string Name, string Value)[] fields) =>
        await Answer.OfAsync(await client.PostAsync(url, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))));

    /// <summary>Submits a form of a page as a browser would: its hidden fields and what is already in it, changed by <paramref name="typed"/>.</summary>
    public Task<Answer> SubmitAsync(Answer answer, string form, params (string Name, string Value)[] typed)
    {
        var element = Assert.IsAssignableFrom<IHtmlFormElement>(answer.Page.QuerySelector(form));
        return PostAsync(element.GetAttribute("action")!, Filled(element, typed));
    }

    public static (string Name, string Value)[] Filled(IHtmlFormElement form, params (string Name, string Value)[] typed)
    {
        var fields = form.QuerySelectorAll("input, textarea")
            .Where(field => field.GetAttribute("type") is not ("radio" or "checkbox") || field.HasAttribute("checked"))
            .Select(field => (Name: field.GetAttribute("name")!, Value: field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? ""))
            .Where(field => !typed.Any(other => other.Name == field.Name));
        return [.. fields, .. typed];
    }
}
