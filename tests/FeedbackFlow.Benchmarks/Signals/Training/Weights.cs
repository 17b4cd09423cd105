namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Some weights of a net, how they should change, and how much they did so far.</summary>
internal sealed class Weights(int count, float width, Draws? draws)
{
    private readonly float[] past = new float[count];

    public float[] Values { get; } = draws?.Numbers(count, width) ?? new float[count];

    public float[] Pulls { get; } = new float[count];

    public void Step(float rate)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            past[i] += Pulls[i] * Pulls[i];
            Values[i] -= rate * Pulls[i] / (MathF.Sqrt(past[i]) + 0.1f);
        }

        Array.Clear(Pulls);
    }
}
