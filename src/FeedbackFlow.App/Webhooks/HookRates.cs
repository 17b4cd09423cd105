using System.Threading.RateLimiting;

namespace FeedbackFlow.App.Webhooks;

/// <summary>How much one source may cause beside stored feedback: notes of refusals, and letters to customers (design 4.9).</summary>
internal sealed class HookRates : IDisposable
{
    private readonly PartitionedRateLimiter<string> notes = Limiter(30, 10);
    private readonly PartitionedRateLimiter<string> letters = Limiter(30, 10);

    /// <summary>A stranger who knows the address could have refusals written all day.</summary>
    public bool MayNote(string door) => Admits(notes, door);

    public bool MayWrite(string door) => Admits(letters, door);

    public void Dispose()
    {
        notes.Dispose();
        letters.Dispose();
    }

    private static bool Admits(PartitionedRateLimiter<string> limiter, string door)
    {
        using var lease = limiter.AttemptAcquire(door);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limiter(int atOnce, int aMinute) => PartitionedRateLimiter.Create<string, string>(door =>
        RateLimitPartition.GetTokenBucketLimiter(door, _ => new()
        {
            TokenLimit = atOnce,
            TokensPerPeriod = aMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));
}
