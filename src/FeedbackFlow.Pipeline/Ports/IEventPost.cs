namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Hands an event to somebody else's system.</summary>
public interface IEventPost
{
    /// <summary>
    /// Posts the body once, follows no redirect, and reads nothing of the answer but its status and Retry-After. The address that is really connected to
    /// must be a public one: names are resolved here and now, whatever they resolved to before.
    /// </summary>
    Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct);
}

/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="RetryAfter">When the receiver asked to be left alone until then.</param>
/// <param name="Problem">Why there was no answer, without the address.</param>
/// <param name="IsForbidden">The address leads into a private network.</param>
public sealed record Posted(int? Status, DateTimeOffset? RetryAfter = null, string? Problem = null, bool IsForbidden = false);
