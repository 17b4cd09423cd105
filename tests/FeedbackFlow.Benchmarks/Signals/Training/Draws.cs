namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Numbers that look drawn and are the same every time (xorshift).</summary>
internal sealed class Draws(ulong seed)
{
    private ulong state = seed;

    public bool IsBelow(float share) => Next() % 1000 < (ulong)(share * 1000);

    /// <summary>Numbers between minus and plus <paramref name="width"/>.</summary>
    public float[] Numbers(int count, float width)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = width * ((Next() % 20001 / 10000f) - 1);
        }

        return numbers;
    }

    public void Shuffle(int[] order)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(Next() % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private ulong Next()
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state * 0x2545F4914F6CDD1D) >> 16;
    }
}
