namespace FeedbackFlow.Pipeline.Recovery;

public enum ApologyChoice
{
    None,
    Send,

    /// <summary>Sure enough to alert, not to write to the customer: the manager may send it with one tap.</summary>
    Offer,
}

/// <summary>What the business will do about one feedback.</summary>
/// <param name="Task">The task as it will be stored: a new one, or the customer's open one with this feedback added; null for none.</param>
/// <param name="IsNewTask">True when <paramref name="Task"/> did not exist before.</param>
/// <param name="Alert">The manager is told now. An open task that a further feedback does not make worse alerts nobody again.</param>
/// <param name="TakesBlame">False for legal and safety: acknowledge and promise a call, take no blame.</param>
/// <param name="StandsIn">Nobody else is on duty at the deadline: the business owner has it, and the alert says so.</param>
/// <param name="ExpectsAnswer">The feedback counts as a contact that waits for a person.</param>
public sealed record Plan(
    CallBackTask? Task,
    bool IsNewTask,
    bool Alert,
    ApologyChoice Apology,
    bool TakesBlame,
    bool StandsIn,
    bool ExpectsAnswer)
{
    public static Plan Nothing(bool expectsAnswer) => new(null, false, false, ApologyChoice.None, true, false, expectsAnswer);
}
