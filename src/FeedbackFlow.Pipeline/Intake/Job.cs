namespace FeedbackFlow.Pipeline.Intake;

/// <summary>A service that was given. Its feedback link is spent by submitting, not by opening.</summary>
public sealed record Job(JobId Id, DateTimeOffset At, Contact Contact, string Service)
{
    /// <summary>The hash of its feedback link, which carries a copy of it; null for one that was made before links did.</summary>
    public string? Link { get; init; }

    /// <summary>The branch that did it; null for a business of one place.</summary>
    public string? Branch { get; init; }
}
