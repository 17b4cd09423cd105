namespace FeedbackFlow.Pipeline.Signals;

/// <summary>From the scores of the clauses to the score of the text: a soft maximum, kept in one pass.</summary>
internal struct Pool
{
    private double top = double.NegativeInfinity;
    private double sum;

    public Pool()
    {
    }

    public readonly double Top => top;

    public readonly double Score => top + (Math.Log(sum) / Outputs.Sharpness);

    /// <param name="linear">What the linear model says of each clause: how much it leaves, how much it publishes.</param>
    /// <param name="bent">The same of all nets together.</param>
    /// <param name="whole">What the linear model says of the text as a whole.</param>
    public static Said Of(ReadOnlySpan<float> linear, ReadOnlySpan<float> bent, int nets, SignalKind kind, double whole, ReadOnlySpan<SignalStrength> strengths)
    {
        Pool one = new(), other = new();
        var (best, clause) = (double.NegativeInfinity, -1);
        for (var i = 0; i < strengths.Length; i++)
        {
            var at = (i * 2) + (kind == SignalKind.Leave ? 0 : 1);
            var net = bent[at] / nets;
            one.Add(linear[at]);
            other.Add(net);
            if (linear[at] + net > best)
            {
                (best, clause) = (linear[at] + net, i);
            }
        }

        return clause < 0 ? new Said(0, 0, whole, 0, clause, default) : new Said(one.Score, one.Top, whole, other.Score, clause, strengths[clause]);
    }

    public void Add(double score)
    {
        if (score > top)
        {
            sum = (sum * Math.Exp(Outputs.Sharpness * (top - score))) + 1;
            top = score;
        }
        else
        {
            sum += Math.Exp(Outputs.Sharpness * (score - top));
        }
    }
}
