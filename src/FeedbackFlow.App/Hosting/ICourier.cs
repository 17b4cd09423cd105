using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Hosting;

/// <summary>Sends the letters that this process has just committed as leased to itself. It may forget: each has a nudge that finds it again.</summary>
public interface ICourier
{
    /// <summary>Ends when the caller may answer: at once standing alone, after the send or a second under the Functions host.</summary>
    Task CarryAsync(Business business, IReadOnlyList<LetterId> letters);
}
