using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What a changed review does to a matter that was closed.</summary>
public static class ReviewChange
{
    /// <summary>
    /// A changed review joins its open task and opens no second one. Once that is closed, only what got worse opens another: fewer stars than before, or
    /// something urgent in the words that was not there.
    /// </summary>
    /// <param name="fresh">The task that would be opened.</param>
    public static bool OpensAgain(Rating? before, Rating? now, CallBackTask closed, CallBackTask fresh) =>
        (before is not null && now is not null && before.Scale == now.Scale && now.Value < before.Value)
        || fresh.Reasons.Any(reason => RiskReasons.PriorityOf(reason) == Priority.Critical && !closed.Reasons.Any(old => old.Kind == reason.Kind && old.Signal == reason.Signal));
}
