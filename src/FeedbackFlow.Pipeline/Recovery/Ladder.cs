namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What time does to a task while nobody calls.</summary>
public enum LadderStep
{
    /// <summary>Half of the business minutes are gone: the owner is reminded, unless it is claimed.</summary>
    Half,

    /// <summary>80 % are gone: the owner is reminded, claimed or not.</summary>
    Late,

    /// <summary>The time told has passed: backup and business owner are told.</summary>
    Overdue,

    /// <summary>Still nobody: told again, until somebody claims it.</summary>
    Again,

    /// <summary>The end of the next working day passed without an attempt: the promise is broken.</summary>
    Broken,
}

/// <param name="Done">Steps that were taken, in order; <see cref="LadderStep.Again"/> may stand several times.</param>
/// <param name="Next">The step that comes next; null when time has nothing more to do.</param>
/// <param name="NextAt">When it comes. A nudge for this very moment was enqueued before it was stored.</param>
/// <param name="LastAt">When the last step was taken, so that a long silence of the program is not made up for by a storm.</param>
public sealed record Ladder(IReadOnlyList<LadderStep> Done, LadderStep? Next, DateTimeOffset? NextAt, DateTimeOffset? LastAt)
{
    public static Ladder Fresh { get; } = new([], null, null, null);
}
