using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Insights;

public class DigestNumbersTests
{
    [Fact]
    public void Open_tasks_are_late_due_today_or_later_and_drills_and_the_erased_are_none()
    {
        var tasks = new[]
        {
            Due(1, "Mon 2026-11-23 09:59"), Due(2, "Mon 2026-11-23 10:00"), Due(3, "Mon 2026-11-23 18:00"), Due(4, "Tue 2026-11-24 09:00"),
            Due(5, "Mon 2026-11-23 09:00") with { IsDrill = true }, Due(6, "Mon 2026-11-23 09:00") with { ErasedAt = A.Now },
        };
        var open = DigestNumbers.Open(tasks, A.Business(), A.Now);
        Assert.Equal([tasks[0]], open.Late);
        Assert.Equal([tasks[1], tasks[2]], open.Today);
        Assert.Equal((1, 3), (open.Later, open.Pressing));
        Assert.Equal([tasks[0], tasks[1], tasks[2]], open.Named);
    }

    [Fact]
    public void No_more_are_named_than_somebody_reads()
    {
        var open = DigestNumbers.Open([.. Enumerable.Range(1, 30).Select(n => Due(n, "Mon 2026-11-23 12:00"))], A.Business(), A.Now);
        Assert.Equal((OpenMatters.MostLines, 30), (open.Named.Count, open.Pressing));
    }

    [Fact]
    public void The_theme_is_what_came_most_and_at_least_twice()
    {
        Assert.Equal((null, 0), DigestNumbers.Theme([With(SignalKind.Rude)], 0.35));
        Assert.Equal((SignalKind.Rude, 2), DigestNumbers.Theme([With(SignalKind.Rude), With(SignalKind.Rude, SignalKind.Money), With(SignalKind.Leave), With(SignalKind.Leave), With(SignalKind.Leave)], 0.35));
        // What is not sure enough to be told is not counted.
        Assert.Equal((null, 0), DigestNumbers.Theme([With(SignalKind.Rude), With(SignalKind.Rude)], 0.95));
        Assert.Equal(2, DigestNumbers.Praise([With(SignalKind.Praise), With(SignalKind.Praise, SignalKind.Rude), With(SignalKind.Rude)], 0.35));
    }

    [Fact]
    public void A_day_on_which_nothing_is_told_says_nothing_but_each_thing_alone_does()
    {
        var empty = new Digest(A.Now, new([], [], 7), new(0, 0, 0), new(0, 0), 0, null);
        Assert.True(empty.SaysNothing);
        Assert.False((empty with { SetAside = 1 }).SaysNothing);
        Assert.False((empty with { CameIn = new(1, 0) }).SaysNothing);
        Assert.False((empty with { Promises = new(0, 0, 1) }).SaysNothing);
        Assert.False((empty with { Open = new([], [A.Task()], 0) }).SaysNothing);
        Assert.False((empty with { Week = new(A.Now, new(0, 0), new(0, 0, 0), 0, 0, null, 0, 0) }).SaysNothing);
    }

    private static CallBackTask Due(int n, string by) => A.Task() with { Id = A.Id<TaskId>(n), Promise = A.Task().Promise with { By = A.Time(by) } };

    private static Reading With(params SignalKind[] kinds) => A.Reading() with { Signals = [.. kinds.Select(kind => new Signal(kind, null, 0.9, [new(0, 1)]))] };
}
