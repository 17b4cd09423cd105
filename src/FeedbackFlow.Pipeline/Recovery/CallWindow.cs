using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>A part of a working day in which a customer can be called. Its end names it.</summary>
public sealed record CallWindow(DateTimeOffset From, DateTimeOffset By)
{
    public const int MostOffered = 6;

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>What a customer can choose from now; nothing that begins at once, because somebody must see it first.</summary>
    public static IReadOnlyList<CallWindow> Offered(WorkingTime hours, DateTimeOffset now) =>
        [.. hours.HalfDays(NextHalfHour(now + Ahead), Shortest, MostOffered).Select(part => new CallWindow(part.From, part.By))];

    private static DateTimeOffset NextHalfHour(DateTimeOffset at)
    {
        var over = at.UtcTicks % Ahead.Ticks;
        return over == 0 ? at : at.AddTicks(Ahead.Ticks - over);
    }
}
