namespace FeedbackFlow.Pipeline.Signals;

internal enum RuleUse
{
    /// <summary>Says that a signal is there.</summary>
    Signal,

    /// <summary>Says that what looks like the signal is something else.</summary>
    NotSignal,

    /// <summary>The writer stays after all.</summary>
    Stays,

    /// <summary>Makes what is threatened depend on something.</summary>
    Condition,
    Finding,

    /// <summary>A word or phrase with a mood.</summary>
    Tone,

    /// <summary>Turns or weakens the mood of what follows.</summary>
    Negation,

    /// <summary>A piece of meaning ("another firm", "from next week") that decides nothing alone; the learned model weighs it.</summary>
    Cue,
}

/// <summary>What it means when a phrase is found.</summary>
/// <param name="NeedsTone">The words alone may also be praise; the mood around them decides.</param>
internal sealed record PhraseRule(
    RuleUse Use,
    SignalKind[] Kinds,
    SignalStrength? Strength,
    FindingKind? Finding,
    double Weight,
    bool NeedsTone)
{
    /// <summary>The hashed name of a <see cref="RuleUse.Cue"/>.</summary>
    public uint Cue { get; init; }

    /// <summary>Its place among the names of cues, below 128.</summary>
    public int CueNumber { get; init; }

    public bool IsAbout(SignalKind kind)
    {
        foreach (var one in Kinds)
        {
            if (one == kind)
            {
                return true;
            }
        }

        return false;
    }
}
