using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Actions;

/// <summary>What became of a tap.</summary>
public enum ActionResult
{
    Claimed,
    Saved,
    Lost,
    NoAnswer,
    HandedOver,
    ApologySent,

    /// <summary>The last attempt: the task closed as not reached.</summary>
    GaveUp,

    /// <summary>Whoever should have it is not on duty at its deadline.</summary>
    Away,

    /// <summary>Whom it was about was erased: nobody can be called.</summary>
    Erased,

    /// <summary>The same was done before; nothing new happened.</summary>
    AlreadyDone,

    /// <summary>The task is closed, with its outcome shown.</summary>
    TaskClosed,

    /// <summary>The link's time is over or it was revoked.</summary>
    LinkExpired,
}

/// <param name="Task">As it stands now; null when the link says no more what it was for.</param>
/// <param name="OwnerName">Who has the task now.</param>
/// <param name="TaskUrl">The task's page behind the sign-in; null when the link says no more what it was for.</param>
public sealed record ActionDoneModel(PageFrame Frame, ActionResult Result, CallBackTask? Task, string? OwnerName, string? TaskUrl, string Zone, DateTimeOffset Now);
