using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests;

/// <summary>"Nothing acknowledged is ever lost, no letter has two effects", as checks on a site whose nudges were delivered.</summary>
internal static class Promises
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task HoldAsync(Site site, World world, params IEnumerable<FeedbackId> acknowledged)
    {
        var (open, closed, feedbacks) = (await world.OpenTasksAsync(), await world.ClosedTasksAsync(), await world.FeedbacksAsync());
        var known = feedbacks.Select(read => read.Feedback.Id).ToHashSet();
        Assert.All(acknowledged, id => Assert.Contains(id, known));

        // One open task per customer, and every risk in exactly one task.
        Assert.All(open.Where(task => task.Customer is not null).GroupBy(task => task.Customer), tasks => Assert.Single(tasks));
        var inTasks = open.Concat(closed).SelectMany(task => task.Feedbacks).ToList();
        Assert.Equal(inTasks.Count, inTasks.Distinct().Count());
        Assert.All(feedbacks.Where(read => read.Feedback.Rating is { IsLow: true }), risk => Assert.Contains(risk.Feedback.Id, inTasks));
        Assert.All(inTasks, id => Assert.Contains(id, known));

        await LettersHoldAsync(site, world);
        await NothingIsLeftAsync(site, world, [.. open, .. closed]);
    }

    private static async Task LettersHoldAsync(Site site, World world)
    {
        var letters = await world.LettersAsync();
        // Sent is what arrived, and nothing arrived that was never committed. A fire drill takes its letters out again.
        Assert.Equal(Ids(site.Mail.Arrived.Concat(site.Chats.Taken.Select(one => one.Letter)).Where(letter => !letter.IsDrill).Select(letter => letter.Id).Distinct()), Ids(letters.Where(entry => entry is { State: LetterState.Sent, Letter: { IsDrill: false, Kind: not LetterKind.Reply } }).Select(entry => entry.Letter.Id)));
        Assert.DoesNotContain(letters, entry => entry.State is LetterState.Waiting or LetterState.Leased && entry.DueAt <= site.Clock.GetUtcNow());
        // An outside that could not tell ids apart would still have got one apology per task and one letter per step and person.
        var sent = letters.Where(entry => entry is { State: LetterState.Sent, Letter.Task: not null }).Select(entry => entry.Letter).ToList();
        var again = LadderStep.Again.ToString();
        Assert.DoesNotContain(
            sent.Where(letter => !letter.Subject.EndsWith(again, StringComparison.Ordinal)).CountBy(letter => (letter.Task, letter.To.Address, letter.Subject)),
            same => same.Value > 1);
        foreach (var task in sent.Where(letter => letter.Task is not null).Select(letter => letter.Task!.Value).Distinct())
        {
            var timeline = await world.TimelineAsync(task);
            var ofTask = sent.Where(letter => letter.Task == task).ToList();
            Assert.Equal(ofTask.Count(letter => letter.Kind == LetterKind.Alert), timeline.Count(kind => kind == TaskEventKind.AlertSent));
            Assert.Equal(ofTask.Count(letter => letter.Kind == LetterKind.Apology), timeline.Count(kind => kind == TaskEventKind.ApologySent));
            Assert.Equal(ofTask.Count(letter => letter.Kind == LetterKind.Reminder), timeline.Count(kind => kind == TaskEventKind.Reminded));
            Assert.Equal(ofTask.Count(letter => letter.Kind == LetterKind.Escalation), timeline.Count(kind => kind == TaskEventKind.Escalated));
        }
    }

    private static async Task NothingIsLeftAsync(Site site, World world, IReadOnlyList<CallBackTask> tasks)
    {
        var now = site.Clock.GetUtcNow();
        Assert.DoesNotContain(tasks, task => task.Ladder.NextAt <= now);
        Assert.Empty((await world.Lists.DueLettersAsync(site.Business.Slug, now, 100, null, Ct)).Items);
        Assert.Empty((await world.Lists.DueTasksAsync(site.Business.Slug, now, 100, null, Ct)).Items);
        Assert.Equal(0, await world.Nudges.CountSetAsideAsync(Ct));
        var repaired = await world.Repair.RunAsync(Ct);
        Assert.Equal((0, 0), (repaired.Letters, repaired.Tasks));
        // Whatever still has a time to come has a nudge that comes no later.
        if (tasks.Where(task => task.Ladder.NextAt is not null).Select(task => task.Ladder.NextAt).Min() is { } next)
            Assert.True(site.NextNudge() <= next, $"The next step is at {next:O}, the next nudge at {site.NextNudge():O}.");
    }

    private static IEnumerable<string> Ids(IEnumerable<LetterId> ids) => ids.Select(id => id.Value).Order(StringComparer.Ordinal);
}
