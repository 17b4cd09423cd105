using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FeedbackFlow.Tests;

/// <summary>An answer of the API.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, HttpResponseMessage Response, string Text)
{
    private readonly Lazy<JsonElement> json = new(() => JsonDocument.Parse(Text).RootElement);

    public JsonElement Json => json.Value;

    public int Code => (int)Status;

    public string? TaskId => Json.GetProperty("recovery").ValueKind == JsonValueKind.Null ? null : Json.GetProperty("recovery").GetProperty("taskId").GetString();

    public string FeedbackId => Json.GetProperty("feedbackId").GetString()!;

    /// <summary>The names of the fields a problem lists, in order.</summary>
    public IReadOnlyList<string> Fields => [.. Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];
}

/// <summary>Another program that calls the API with a key.</summary>
internal sealed class Api(HttpClient client, string? key)
{
    /// <summary>Words that announce a public complaint after many calls; the eight-day story's own.</summary>
    public const string Threat = "שמונה ימים אני מנסה להשיג אתכם ואף אחד לא חוזר אליי. אני אספר לכל מי שאני יכולה ואכתוב על זה בכל מקום.";

    public const string EnglishThreat = "Eight days I tried to reach you and nobody called back. I am cancelling my policy and I will tell everyone I can about this.";

    public static Api Of(TestApp app) => new(app.Client, "demo");

    public Task<ApiAnswer> FeedbackAsync(object body, string? idempotencyKey = null) =>
        PostAsync("/api/feedback", JsonSerializer.Serialize(body), idempotencyKey);

    public Task<ApiAnswer> PostAsync(string url, string body, string? idempotencyKey = null, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, url, new StringContent(body, new UTF8Encoding(false), MediaTypeHeaderValue.Parse(contentType)), idempotencyKey);

    public Task<ApiAnswer> PostAsync(string url, byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(HttpMethod.Post, url, content);
    }

    public Task<ApiAnswer> GetAsync(string url) => SendAsync(HttpMethod.Get, url, null);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string url, HttpContent? content, string? idempotencyKey = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request);
        return new(response.StatusCode, response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A feedback that surely opens a task, of a customer of its own.</summary>
    public async Task<ApiAnswer> RiskAsync(string phone = "0541234567", string? email = null, string? name = "דנה לוי", string text = Threat) =>
        await FeedbackAsync(new { rating = new { scale = "stars", value = 1 }, text, customer = new { name, phone, email } });
}
