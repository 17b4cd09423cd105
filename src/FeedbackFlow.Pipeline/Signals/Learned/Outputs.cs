namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What the model says of a clause and of a whole text, by position in a row of weights.</summary>
internal static class Outputs
{
    public const int ClauseLeaves = 0;
    public const int ClausePublishes = 1;

    /// <summary>Four, in the order of <see cref="SignalStrength"/>.</summary>
    public const int Strength = 2;
    public const int Strengths = 4;

    /// <summary>From here on about the whole text: every feature counts once, however often it occurs.</summary>
    public const int Whole = 6;
    public const int TextLeaves = 6;
    public const int TextPublishes = 7;

    /// <summary>Three: positive, neutral, negative.</summary>
    public const int Feeling = 8;
    public const int Feelings = 3;
    public const int Sarcasm = 11;

    /// <summary>Three kinds of what only looks like a signal, in the order of <see cref="Signals.LookAlikes"/>.</summary>
    public const int LookAlikes = 12;
    public const int Count = 15;

    /// <summary>Not a weight: 1 for a feature that the nets know.</summary>
    public const int IsKnownToNets = 15;

    /// <summary>How much the strongest clause of a text counts above the others.</summary>
    public const double Sharpness = 2;

    /// <summary>What stands around a clause is said again by the clauses themselves when the whole text is judged.</summary>
    public static bool IsOfWhole(FeatureGroup group) => group is not (FeatureGroup.Story or FeatureGroup.Surroundings);

    /// <summary>A long text has more words than a short one, not more to say about leaving.</summary>
    public static bool GrowsWithText(FeatureGroup group) =>
        group is FeatureGroup.Words or FeatureGroup.Pieces or FeatureGroup.Concepts or FeatureGroup.ConceptRuns or FeatureGroup.Cues;

    /// <summary>What such a feature counts in a text of so many words.</summary>
    public static double ShareOf(int words) => Math.Sqrt(25.0 / (words + 5));
}
