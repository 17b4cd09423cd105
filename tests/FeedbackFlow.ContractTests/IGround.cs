using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.ContractTests;

/// <summary>Rows and queues as one process sees them.</summary>
internal sealed record EnginePair(IRowEngine Rows, IQueueEngine Queue);

/// <summary>What a site stands on: a file, or an account of the emulator. The same stories are told on each.</summary>
internal interface IGround : IAsyncDisposable
{
    /// <summary>As a process that starts would open it.</summary>
    EnginePair Open(DrivenClock clock);

    /// <summary>When each message of the nudge queue becomes visible, hidden ones included.</summary>
    IReadOnlyList<DateTimeOffset> Nudges();

    void LoseNudges();

    /// <summary>Rows of all partitions whose key begins so.</summary>
    long CountRows(string prefix);
}
