namespace FeedbackFlow.Pipeline.Intake;

/// <summary>A service that was given. Its feedback link is spent by submitting, not by opening.</summary>
public sealed record Job(JobId Id, DateTimeOffset At, Contact Contact, string Service, FeedbackId? Feedback)
{
    /// <summary>The branch that did it; null for a business of one place.</summary>
    public string? Branch { get; init; }
}
