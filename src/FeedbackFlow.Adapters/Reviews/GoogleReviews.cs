using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Reviews;

/// <param name="TokenAddress">OAuth 2.0 token endpoint.</param>
/// <param name="ApiAddress">Where resource names begin: the My Business API v4.</param>
public sealed record GoogleAddresses(Uri TokenAddress, Uri ApiAddress)
{
    public static GoogleAddresses Default { get; } = new(new("https://oauth2.googleapis.com/token"), new("https://mybusiness.googleapis.com/v4/"));
}

/// <summary>
/// Reads a review of the Business Profile with the owner's consent (OAuth 2.0 refresh token, scope <c>business.manage</c>). Before the Cloud project is
/// approved the quota is zero and every call answers 429: such a review is tried again and then left to a person.
/// </summary>
public sealed class GoogleReviews(HttpClient http, GoogleAddresses addresses, TimeProvider clock) : IReviewReader
{
    private const int MostBytes = 256 * 1024;

    /// <summary>A token is not used in its last minutes.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = new(StringComparer.Ordinal);

    public async Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct)
    {
        if (source.Push is not { CanFetch: true } account) return new(FetchKind.Refused, default, "No access to read reviews is set; read it on the platform.");
        if (!GoogleBusinessProfile.IsReviewName(reviewId)) return new(FetchKind.Refused, default, "The notice named no review.");
        try
        {
            var (token, refused) = await TokenAsync(account, ct);
            if (token is null) return refused!;
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(addresses.ApiAddress, reviewId)) { Headers = { Authorization = new("Bearer", token) } };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
            if (response.StatusCode == HttpStatusCode.Unauthorized) tokens.TryRemove(account.ClientId!, out _);
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentLength is not > MostBytes) return new(FetchKind.Found, await response.Content.ReadAsByteArrayAsync(ct));
            return new(KindOf(response.StatusCode), default, $"HTTP {(int)response.StatusCode} from the platform.");
        }
        catch (HttpRequestException failure)
        {
            return new(FetchKind.TryAgain, default, failure.HttpRequestError.ToString());
        }
    }

    private async Task<(string? Token, FetchedReview? Refused)> TokenAsync(PushAccount account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (tokens.TryGetValue(account.ClientId!, out var known) && now < known.Until) return (known.Token, null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["client_id"] = account.ClientId!, ["client_secret"] = account.ClientSecret!, ["refresh_token"] = account.RefreshToken!,
        });
        using var response = await http.PostAsync(addresses.TokenAddress, form, ct);
        if (!response.IsSuccessStatusCode)
            return (null, new(KindOf(response.StatusCode), default, $"HTTP {(int)response.StatusCode} when asking for access: the owner's consent may have been withdrawn."));
        try
        {
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            var token = answer.RootElement.GetProperty("access_token").GetString()!;
            tokens[account.ClientId!] = (token, now + TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32()) - Spare);
            return (token, null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (null, new(FetchKind.TryAgain, default, "The answer to the request for access could not be read."));
        }
    }

    private static FetchKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FetchKind.Gone,
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden => FetchKind.Refused,
        _ => FetchKind.TryAgain,
    };
}
