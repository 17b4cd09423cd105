namespace FeedbackFlow.Pipeline.Signals;

/// <summary>From the scores of the clauses to the score of the text: a soft maximum, kept in one pass.</summary>
internal struct Pool
{
    private double top = double.NegativeInfinity;
    private double sum;
    private int clause = -1;
    private SignalStrength strength;

    public Pool()
    {
    }

    public readonly double Score => top + (Math.Log(sum) / Outputs.Sharpness);

    public void Add(int at, double score, SignalStrength firmness)
    {
        if (score > top)
        {
            sum = (sum * Math.Exp(Outputs.Sharpness * (top - score))) + 1;
            (top, clause, strength) = (score, at, firmness);
        }
        else
        {
            sum += Math.Exp(Outputs.Sharpness * (score - top));
        }
    }

    /// <param name="whole">What the whole text says.</param>
    public readonly Said Said(double whole) => new(Score + (Outputs.WholeShare * whole), clause, strength);
}
