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
}

/// <param name="Number">Its place among all rules.</param>
/// <param name="Needed">One of these words must be in a text, else the rule need not be tried; empty where nothing can be said.</param>
/// <param name="NeedsTone">The words alone may also be praise; the mood around them decides.</param>
internal sealed record PhraseRule(
    RuleUse Use,
    IReadOnlyList<SignalKind> Kinds,
    SignalStrength? Strength,
    FindingKind? Finding,
    double Weight,
    bool NeedsTone,
    Step[] Steps,
    int Number,
    int[] Needed);
