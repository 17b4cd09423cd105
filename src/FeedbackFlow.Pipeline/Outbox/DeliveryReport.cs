using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>What a channel learned of a letter after it had taken it.</summary>
/// <param name="Via">The channel that took it.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Arrived">False: bounced, suppressed, filtered or failed.</param>
/// <param name="Status">As the channel names it.</param>
public sealed record DeliveryReport(LetterId Letter, string Via, string To, bool Arrived, string Status, DateTimeOffset At);
