using System.Collections.Concurrent;
using System.Diagnostics;

namespace FeedbackFlow.Tests.Functions;

/// <summary>Counts what goes over the wire to one storage account: every try of every request, as the HTTP client itself tells of it.</summary>
internal sealed class StorageCalls : IDisposable
{
    private readonly ConcurrentQueue<string> calls = new();
    private readonly ActivityListener listener;

    public StorageCalls(string account)
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("url.full") is string url && url.Contains($"/{account}/", StringComparison.Ordinal))
                    calls.Enqueue($"{activity.GetTagItem("http.request.method")} {new Uri(url).AbsolutePath[(account.Length + 2)..]}");
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public IReadOnlyList<string> All => [.. calls];

    public void Forget() => calls.Clear();

    public void Dispose() => listener.Dispose();
}
