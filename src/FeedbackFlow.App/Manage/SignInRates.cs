using System.Threading.RateLimiting;

namespace FeedbackFlow.App.Manage;

/// <summary>How many sign-in letters one address may cause: five at once, then one in three minutes.</summary>
internal sealed class SignInRates : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
        {
            TokenLimit = 5,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(3),
            QueueLimit = 0,
        }));

    public bool Admits(string address)
    {
        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
