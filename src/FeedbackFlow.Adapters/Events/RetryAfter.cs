namespace FeedbackFlow.Adapters.Events;

/// <summary>The header <c>Retry-After</c> (RFC 9110, 10.2.3): seconds or a date.</summary>
internal static class RetryAfter
{
    /// <summary>When to come again; null where nothing was said.</summary>
    public static DateTimeOffset? Of(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => clock.GetUtcNow() + wait,
        { Date: { } date } => date,
        _ => null,
    };
}
