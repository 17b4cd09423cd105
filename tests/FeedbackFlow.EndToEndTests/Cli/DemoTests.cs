using System.Runtime.InteropServices;
using FeedbackFlow.App.Cli.Demo;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public sealed class DemoTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("en", "threat to go public", "Promise kept")]
    [InlineData("he", "איום לפרסם ברבים", "הבטחה שקוימה")]
    public async Task The_story_runs_to_its_good_end(string language, string threat, string kept)
    {
        var ended = (await Ran.ToEndAsync(folder, "demo", "--exit", "--language", language, "--data", "story")).Expect(0);
        Assert.Contains(threat, ended.Out, StringComparison.Ordinal);
        Assert.Contains(kept, ended.Lines[^5], StringComparison.Ordinal);
        Assert.Equal("", ended.Error);
        // Two alerts, two reminders, the backup and the owner told, one apology.
        Assert.Equal(7, Directory.GetFiles(folder["story/mail"], "*.eml").Length);
    }

    [Fact]
    public async Task Its_pages_stay_open_until_it_is_stopped_and_nothing_stays_behind()
    {
        await using var run = Ran.Start(folder, "demo", "--language", "en");
        await run.LineAsync("Ctrl-C");
        var mailbox = (await run.LineAsync("mailbox  ")).Split(' ')[^1];
        var letters = (await run.LineAsync("letters  ")).Split(' ')[^1];
        using var http = new HttpClient();
        Assert.Contains("Naomi Park", await http.GetStringAsync(mailbox), StringComparison.Ordinal);
        run.Signal(PosixSignal.SIGINT);
        (await run.EndAsync()).Expect(0);
        Assert.False(Directory.Exists(letters));
    }

    [Fact]
    public async Task A_store_that_is_there_is_not_touched()
    {
        (await Ran.ToEndAsync(folder, "business", "add", "north", "--name", "x", "--language", "en", "--zone", "Europe/London")).Expect(0);
        Assert.Contains("already", (await Ran.ToEndAsync(folder, "demo", "--exit", "--data", "data")).Expect(1).Error, StringComparison.Ordinal);
    }

    /// <summary>Its days are whole working days whenever it is told, over holidays and changes of the clock.</summary>
    [Fact]
    public void The_story_keeps_off_holidays()
    {
        var hours = new WorkingTime(WorkingWeek.Israeli, WorkingTime.ZoneOf("Asia/Jerusalem"));
        for (var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); now.Year < 2036; now = now.AddDays(5))
        {
            var calendar = StoryCalendar.After(now, hours);
            Assert.InRange(calendar.At(1, 8, 0) - now, TimeSpan.FromHours(1), TimeSpan.FromDays(50));
            foreach (var day in new[] { 1, 3, 5, 8 }) Assert.True(hours.IsOpen(calendar.At(day, 8, 0)) && hours.IsOpen(calendar.At(day, 17, 59)));
        }
    }
}
