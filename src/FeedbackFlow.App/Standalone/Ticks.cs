namespace FeedbackFlow.App.Standalone;

internal static class Ticks
{
    /// <summary>Waits for the next tick; false when the program stops. A stop is no failure and is not told as one.</summary>
    public static async Task<bool> TicksAgainAsync(this PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
