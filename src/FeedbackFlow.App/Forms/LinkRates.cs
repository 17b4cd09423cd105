using System.Threading.RateLimiting;

namespace FeedbackFlow.App.Forms;

/// <summary>
/// How often one link may cause letters to customers: an open link hangs in public, and must not become a way to send mail to strangers. What comes
/// above the rate still opens tasks (design 4.9).
/// </summary>
internal sealed class LinkRates : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(link =>
        RateLimitPartition.GetTokenBucketLimiter(link, _ => new()
        {
            TokenLimit = 30,
            TokensPerPeriod = 10,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    public bool MayWrite(FormVisit visit)
    {
        using var lease = limiter.AttemptAcquire(visit.RateKey);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
