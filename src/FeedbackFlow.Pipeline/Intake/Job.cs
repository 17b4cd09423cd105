namespace FeedbackFlow.Pipeline.Intake;

/// <summary>A service that was given. Its feedback link is spent by submitting, not by opening.</summary>
public sealed record Job(JobId Id, DateTimeOffset At, Contact Contact, string Service, FeedbackId? Feedback);
