using System.Threading.RateLimiting;

namespace FeedbackFlow.App.Api;

/// <summary>
/// A business is one partition of the store, which takes 2,000 rows a second (Azure Table Storage scalability targets): about 150 feedbacks. What
/// comes above that is answered with 429 instead of failing later.
/// </summary>
internal sealed class BusinessRates : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(business =>
        RateLimitPartition.GetTokenBucketLimiter(business, _ => new()
        {
            TokenLimit = 300,
            TokensPerPeriod = 15,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));

    public bool Admits(string business)
    {
        using var lease = limiter.AttemptAcquire(business);
        return lease.IsAcquired;
    }

    public static IResult TooMany(HttpResponse response)
    {
        response.Headers.RetryAfter = "1";
        return Problems.Of(StatusCodes.Status429TooManyRequests, "Too many feedbacks at once.", "Send at most 150 a second for one business, and try this one again.", reason: "too-many-at-once");
    }

    public void Dispose() => limiter.Dispose();
}
