using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>A text of the corpus with the features of its clauses and of the whole.</summary>
internal sealed record ReadText(CorpusText Text, FeatureRow[] Clauses, Evidence[] Places, FeatureRow Whole, IReadOnlyList<Signal> Phrases, ClauseReading Reading)
{
    public static ReadText Of(CorpusText text)
    {
        var reading = SignalDetector.ClausesOf(text.Text);
        var rows = new FeatureRow[reading.Clauses.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var sink = new CollectingSink([], []);
            reading.Walk(i, ref sink);
            rows[i] = sink.Row();
        }

        var about = new CollectingSink([], []);
        reading.WalkText(ref about);
        return new ReadText(text, rows, Enumerable.Range(0, rows.Length).Select(reading.Place).ToArray(), WholeOf([.. rows, about.Row()], reading.Words), SignalDetector.PhrasesOf(text.Text), reading);
    }

    /// <summary>How sure the phrases alone are of a signal.</summary>
    public double SaidByPhrases(SignalKind kind) => Phrases.FirstOrDefault(signal => signal.Kind == kind)?.Confidence ?? 0;

    /// <summary>The phrases alone find neither signal.</summary>
    public bool IsSilent => SaidByPhrases(SignalKind.Leave) == 0 && SaidByPhrases(SignalKind.Publish) == 0;

    /// <summary>Whether a clause says the signal; null where it is half of it, or nobody marked which one does, and it teaches nothing.</summary>
    public bool? Says(SignalKind kind, int clause)
    {
        var marked = Text.Marked(kind);
        if (marked.Count == 0)
        {
            return Text.Strength(kind) is null ? false : null;
        }

        var shares = Places.Select(place => marked.Max(mark => Share(place, mark))).ToArray();
        var best = shares.Max();
        return shares[clause] >= 0.5 || (best < 0.5 && shares[clause] == best) ? true
            : shares[clause] > 0.15 ? null
            : false;
    }

    private static FeatureRow WholeOf(FeatureRow[] rows, int words)
    {
        var groups = new Dictionary<uint, FeatureGroup>();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Features.Length; i++)
            {
                if (Outputs.IsOfWhole(row.Groups[i]))
                {
                    groups[row.Features[i]] = row.Groups[i];
                }
            }
        }

        return new FeatureRow { Features = [.. groups.Keys], Groups = [.. groups.Values], Words = words };
    }

    private static double Share(Evidence one, Evidence other)
    {
        var both = Math.Max(0, Math.Min(one.End, other.End) - Math.Max(one.Start, other.Start));
        return (double)both / Math.Min(one.Length, other.Length);
    }
}
