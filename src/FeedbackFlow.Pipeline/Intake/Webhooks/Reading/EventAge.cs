namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>
/// Schemes without a signed time catch a replay by the event's key, which is kept for seven days; an event older than that by its own, signed, time
/// would be taken for a new one.
/// </summary>
public static class EventAge
{
    public static bool IsForgotten(DateTimeOffset occurredAt, DateTimeOffset now) => now - occurredAt >= SubmissionKey.KeptFor;
}
