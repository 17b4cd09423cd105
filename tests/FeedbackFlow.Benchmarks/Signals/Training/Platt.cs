namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Fits the numbers that turn scores into a probability: one per score and a shift.</summary>
internal static class Platt
{
    public static double[] Fit((double[] Scores, bool IsSo)[] scored)
    {
        var rows = new SparseRows();
        foreach (var (scores, _) in scored)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                rows.Add(i, (float)scores[i]);
            }

            rows.Add(scores.Length, 1);
            rows.EndRow();
        }

        return LogisticRegression.Fit(new(rows, [.. scored.Select(one => one.IsSo)], [.. scored.Select(_ => 1.0)], []), scored[0].Scores.Length + 1, 1e-3);
    }
}
