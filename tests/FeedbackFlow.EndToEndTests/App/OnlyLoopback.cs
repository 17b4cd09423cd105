using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace FeedbackFlow.Tests;

/// <summary>Hears of every connection this process opens. One that leaves the machine was planned by nobody.</summary>
internal sealed partial class OnlyLoopback : EventListener
{
    private static readonly ConcurrentQueue<string> Elsewhere = new();
    private static readonly Lazy<OnlyLoopback> Listener = new(() => new());

    public static void Watch() => _ = Listener.Value;

    public static void AssertNothingElse() => Assert.Empty(Elsewhere);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution") EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is not ("ConnectStart" or "ResolutionStart") || eventData.Payload is not [string to, ..]) return;
        if (!IsOnThisMachine(to)) Elsewhere.Enqueue($"{eventData.EventName} {to}");
    }

    /// <summary>A name, or a socket address such as <c>InterNetworkV6:28:{31,144,0,0,0,0,…}</c>: two bytes of port, then the address.</summary>
    private static bool IsOnThisMachine(string to)
    {
        if (to is "localhost" or "127.0.0.1" or "::1" or "" || to == Environment.MachineName || to.StartsWith("Unix", StringComparison.Ordinal)) return true;
        if (Bytes().Match(to) is not { Success: true } match) return false;
        var bytes = match.Groups["bytes"].Value.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return to.StartsWith("InterNetworkV6", StringComparison.Ordinal)
            ? (bytes[6..21].All(b => b == 0) && bytes[21] == 1) || (bytes[16] == 255 && bytes[17] == 255 && bytes[18] == 127)
            : bytes[2] == 127;
    }

    [GeneratedRegex(@"\{(?<bytes>[0-9,]+)\}")]
    private static partial Regex Bytes();
}
