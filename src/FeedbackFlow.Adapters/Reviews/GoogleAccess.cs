using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Reviews;

/// <param name="TokenAddress">OAuth 2.0 token endpoint.</param>
/// <param name="ApiAddress">Where resource names begin: the My Business API v4.</param>
public sealed record GoogleAddresses(Uri TokenAddress, Uri ApiAddress)
{
    public static GoogleAddresses Default { get; } = new(new("https://oauth2.googleapis.com/token"), new("https://mybusiness.googleapis.com/v4/"));
}

/// <summary>
/// Access to the Business Profile by the owner's consent (OAuth 2.0 refresh token, scope <c>business.manage</c>). Before the Cloud project is approved the quota is
/// zero and every call answers 429.
/// </summary>
public sealed class GoogleAccess(HttpClient http, GoogleAddresses addresses, TimeProvider clock)
{
    /// <summary>A token is not used in its last minutes.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    /// <summary>By the consent: one client of ours may serve many owners.</summary>
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = new(StringComparer.Ordinal);

    /// <summary>What came of a call: the platform's answer, or why there was none.</summary>
    /// <param name="Kind">Of an answer that was read: found.</param>
    public sealed record Called(FetchKind Kind, byte[]? Body, string? Problem, DateTimeOffset? NotBefore = null);

    /// <summary>Calls <paramref name="path"/> below the API's address; never throws for what the platform answers.</summary>
    public async Task<Called> CallAsync(PushAccount account, HttpMethod method, string path, Func<HttpContent>? body, CancellationToken ct)
    {
        try
        {
            var (token, refused) = await TokenAsync(account, ct);
            if (token is null) return refused!;
            using var request = new HttpRequestMessage(method, new Uri(addresses.ApiAddress, path)) { Headers = { Authorization = new("Bearer", token) }, Content = body?.Invoke() };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode == HttpStatusCode.Unauthorized) tokens.TryRemove(ConsentOf(account), out _);
            if (!response.IsSuccessStatusCode) return new(KindOf(response.StatusCode), null, $"HTTP {(int)response.StatusCode} from the platform.", RetryAfter.Of(response, clock));
            return await LimitedAnswer.ReadAsync(response, ct) is { } read ? new(FetchKind.Found, read, null) : new(FetchKind.Refused, null, "The platform's answer is too large to be a review.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(FetchKind.TryAgain, null, failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request ? request.HttpRequestError.ToString() : "The connection was cut.");
        }
    }

    private async Task<(string? Token, Called? Refused)> TokenAsync(PushAccount account, CancellationToken ct)
    {
        var (now, consent) = (clock.GetUtcNow(), ConsentOf(account));
        if (tokens.TryGetValue(consent, out var known) && now < known.Until) return (known.Token, null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["client_id"] = account.ClientId!, ["client_secret"] = account.ClientSecret!, ["refresh_token"] = account.RefreshToken!,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.TokenAddress) { Content = form };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
        {
            // Asked for a token, "who are you" and "not you" are final: the consent or the client is not what it was.
            var kind = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound ? FetchKind.Refused : KindOf(response.StatusCode);
            return (null, new(kind, null, $"HTTP {(int)response.StatusCode} when asking for access: the owner's consent may have been withdrawn.", RetryAfter.Of(response, clock)));
        }

        if (await LimitedAnswer.ReadAsync(response, ct) is not { } body || Read(body) is not var (token, lasts)) return (null, new(FetchKind.TryAgain, null, "The answer to the request for access could not be read."));
        tokens[consent] = (token, now + lasts - Spare);
        return (token, null);
    }

    /// <summary>Null for an answer that holds no token that fits into a header.</summary>
    private static (string Token, TimeSpan Lasts)? Read(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("access_token", out var given) && given.ValueKind == JsonValueKind.String && given.GetString() is { Length: > 0 } token
                && token.All(c => c is > ' ' and < '\x7f')
                && answer.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var lasts)
                    ? (token, TimeSpan.FromSeconds(lasts))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ConsentOf(PushAccount account) => SubmissionKey.Sha256($"{account.ClientId}\n{account.ClientSecret}\n{account.RefreshToken}");

    private static FetchKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FetchKind.Gone,
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden => FetchKind.Refused,
        _ => FetchKind.TryAgain,
    };
}
