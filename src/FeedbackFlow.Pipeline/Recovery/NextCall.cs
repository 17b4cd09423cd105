using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>When a customer who did not answer is called again. Attempts move through different hours, because who cannot talk at ten cannot talk at ten tomorrow.</summary>
public static class NextCall
{
    /// <summary>After so many without an answer the task closes as not reached, and the customer is told how to come back.</summary>
    public const int MostAttempts = 3;

    /// <summary>The Israeli rule's three hours after a notice of no answer.</summary>
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(3);

    /// <summary>A working day is looked at in so many parts.</summary>
    private const int PartsOfADay = 4;

    /// <param name="tried">The attempts of this round, the one just made last.</param>
    public static DateTimeOffset By(IReadOnlyList<Attempt> tried, Policy policy, WorkingTime hours, DateTimeOffset now) =>
        policy.CallBackRule ? CallBackRule.Deadline(now, hours)
        : tried.Count <= 1 ? Promise.WholeMinute(hours.Add(now, SameDay))
        : OtherHour(tried, hours, now);

    /// <summary>On the next working day, at the end of that part of it which is furthest from every hour that was tried.</summary>
    private static DateTimeOffset OtherHour(IReadOnlyList<Attempt> tried, WorkingTime hours, DateTimeOffset now)
    {
        var opening = hours.NextWorkingDay(now);
        var open = hours.Between(opening, hours.ClosingOfDay(opening)!.Value);
        return Enumerable.Range(1, PartsOfADay)
            .Select(part => Promise.WholeMinute(hours.Add(opening, open * part / PartsOfADay)))
            .MaxBy(by => tried.Min(attempt => (ClockOf(attempt.At) - ClockOf(by)).Duration()));

        TimeSpan ClockOf(DateTimeOffset at) => WorkingTime.LocalOf(hours.Zone.Id, at).TimeOfDay;
    }
}
