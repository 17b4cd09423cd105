namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// What the second stage is asked about one signal in a text: what the first stage and the phrases say, and what stands around the clause that says most. The order
/// is part of the model.
/// </summary>
internal static class SecondLook
{
    private const int MostCues = 4;

    public const int Count = 35;

    /// <param name="phrases">What the phrases alone say.</param>
    public static float[] Of(ClauseReading reading, bool isHebrew, SignalKind kind, in Judgement said, IReadOnlyList<Signal> phrases)
    {
        var row = new float[Count];
        var (here, other) = kind == SignalKind.Leave ? (said.Leave, said.Publish) : (said.Publish, said.Leave);
        row[0] = (float)here.Pooled;
        row[1] = (float)here.Whole;
        row[2] = (float)other.Pooled;
        row[3] = (float)other.Whole;
        row[4] = SureOf(kind, phrases);
        row[5] = SureOf(kind == SignalKind.Leave ? SignalKind.Publish : SignalKind.Leave, phrases);
        row[6] = (float)said.Feelings.Positive;
        row[7] = (float)said.Feelings.Neutral;
        row[8] = (float)said.Feelings.Negative;
        row[9] = (float)said.Sarcasm;
        row[10] = (float)here.Top;
        row[11] = isHebrew ? 1 : 0;
        row[12] = (float)here.Net;
        row[13] = (float)other.Net;
        reading.Surroundings(kind, here.Clause, row.AsSpan(14));
        row[30] = Math.Min(MostCues, reading.Cues.Telling);
        row[31] = (float)said.LookAlikes.Stays;
        row[32] = (float)said.LookAlikes.Ends;
        row[33] = (float)said.LookAlikes.Told;
        row[34] = reading.HasHandle ? 1 : 0;
        return row;
    }

    private static float SureOf(SignalKind kind, IReadOnlyList<Signal> phrases)
    {
        foreach (var signal in phrases)
        {
            if (signal.Kind == kind)
            {
                return (float)signal.Confidence;
            }
        }

        return 0;
    }
}
