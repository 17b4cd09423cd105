namespace FeedbackFlow.ContractTests.Simulation;

public sealed class BrokenInvariantException(string what) : Exception(what)
{
    public static void Unless(bool holds, string what)
    {
        if (!holds) throw new BrokenInvariantException(what);
    }
}
