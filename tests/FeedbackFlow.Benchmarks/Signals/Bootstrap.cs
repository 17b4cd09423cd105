namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>An interval of 95 percent by drawing the texts again and again, with a fixed seed.</summary>
internal static class Bootstrap
{
    private const int Draws = 1000;

    public static (double Low, double High) OfF1((bool IsSo, bool WasSaid)[] answers)
    {
        var random = new Random(1);
        var scores = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var tally = new Tally();
            for (var i = 0; i < answers.Length; i++)
            {
                var (isSo, wasSaid) = answers[random.Next(answers.Length)];
                tally.Count(isSo, wasSaid);
            }

            scores[draw] = tally.F1;
        }

        Array.Sort(scores);
        return (scores[Draws / 40], scores[Draws - 1 - (Draws / 40)]);
    }
}
