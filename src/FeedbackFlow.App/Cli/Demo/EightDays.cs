using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>
/// The story: a customer writes, calls and writes again, politely, and nobody answers. The second contact already alerts; the manager stays silent until his deadline
/// passes and others are told; one try fails and the matter is put aside. On the eighth day a form reaches her, and this time everything works.
/// </summary>
internal sealed class EightDays(
    Words words, StoryCalendar calendar, StoryPeople people, StoryTeller tell, StoryDoors doors, StoryMail mail, DrivenClock clock, Func<CancellationToken, Task> followDue, ILookups lookups)
{
    private const string DemoZone = "Asia/Jerusalem";

    public async Task TellAsync(CancellationToken ct)
    {
        await FirstMailAsync(ct);
        var task = await SecondContactAsync(ct);
        await SilenceAsync(task, ct);
        await OneTryAsync(task, ct);
        await ThirdContactAsync(ct);
        await TheFormAsync(ct);
    }

    private async Task FirstMailAsync(CancellationToken ct)
    {
        await MoveAsync(calendar.At(1, 9, 20), ct);
        tell.Day(1);
        tell.Event("demo.first", ("name", people.Customer));
        tell.Quote(words["demo.first.text"]);
        Expect(await doors.SayAsync("mail", words["demo.first.text"], people.Customer, StoryPeople.CustomerEmail, StoryPeople.CustomerPhone) is null, "The first polite contact opened a task.");
        tell.Event("demo.first.after");
    }

    private async Task<TaskId> SecondContactAsync(CancellationToken ct)
    {
        await MoveAsync(calendar.At(3, 10, 5), ct);
        tell.Day(3);
        tell.Event("demo.second", ("name", people.Customer));
        tell.Quote(words["demo.second.text"]);
        var began = clock.GetTimestamp();
        var opened = await doors.SayAsync("phone", words["demo.second.text"], people.Customer, null, StoryPeople.CustomerPhone);
        if (opened is not { } task) throw new StoryStoppedException("The second contact without an answer opened no task.");
        await AlertAsync(began, ct);
        tell.Event("demo.second.task", ("name", people.Manager), ("reasons", words.Reasons((await TaskAsync(task, ct)).Reasons)));
        return task;
    }

    /// <summary>Half of the time, most of it, all of it: the clock goes to each step that the task itself has stored.</summary>
    private async Task SilenceAsync(TaskId task, CancellationToken ct)
    {
        foreach (var (step, kind, letters) in new[] { ("half", LetterKind.Reminder, 1), ("late", LetterKind.Reminder, 1), ("overdue", LetterKind.Escalation, 2) })
        {
            var next = (await TaskAsync(task, ct)).Ladder.NextAt ?? throw new StoryStoppedException("The task has no next step.");
            await MoveAsync(next, ct);
            tell.Event("demo.silence." + step, ("name", people.Manager));
            await ShowAsync(kind, letters, ct);
        }
    }

    private async Task OneTryAsync(TaskId task, CancellationToken ct)
    {
        await MoveAsync(calendar.At(3, 11, 25), ct);
        await doors.OutcomeAsync(task, "not-reached", words["demo.try.reason"]);
        tell.Event("demo.try", ("name", people.Backup));
        Expect((await TaskAsync(task, ct)).Promise is { State: PromiseState.Late, WasTold: false }, "A target that nobody was told of counted as a promise.");
        tell.Event("demo.try.late");
    }

    private async Task ThirdContactAsync(CancellationToken ct)
    {
        await MoveAsync(calendar.At(5, 12, 10), ct);
        tell.Day(5);
        tell.Event("demo.third", ("name", people.Customer));
        tell.Quote(words["demo.third.text"]);
        Expect(await doors.SayAsync("mail", words["demo.third.text"], people.Customer, StoryPeople.CustomerEmail, null) is null, "The third polite contact opened a task.");
        tell.Event("demo.third.after");
    }

    private async Task TheFormAsync(CancellationToken ct)
    {
        await MoveAsync(calendar.At(8, 9, 40), ct);
        tell.Day(8);
        var link = await doors.JobAsync(words["demo.job"], people.Customer, StoryPeople.CustomerEmail, StoryPeople.CustomerPhone);
        tell.Event("demo.form", ("name", people.Customer), ("address", link.ToString()));
        tell.Quote(words["demo.form.text"]);
        var began = clock.GetTimestamp();
        await doors.FormAsync(link, score: 1, words["demo.form.text"]);
        var alert = await AlertAsync(began, ct);
        var task = alert.Task ?? throw new StoryStoppedException("The alert names no task.");
        var opened = await TaskAsync(task, ct);
        tell.Event("demo.form.task", ("reasons", words.Reasons(opened.Reasons)), ("by", words.Times(DemoZone, clock.GetUtcNow()).By(opened.Promise.By)));
        await ShowAsync(LetterKind.Apology, 1, ct);

        await MoveAsync(calendar.At(8, 9, 43), ct);
        await doors.TapAsync(await mail.LinkAsync(alert, LinkPurpose.Claim, ct));
        Expect((await TaskAsync(task, ct)).State == TaskState.Claimed, "The task was not claimed.");
        tell.Event("demo.claim", ("name", people.Manager));

        await MoveAsync(calendar.At(8, 9, 55), ct);
        tell.Event("demo.call", ("name", people.Manager), ("customer", people.Customer));
        await MoveAsync(calendar.At(8, 10, 6), ct);
        await doors.SavedAsync(await mail.LinkAsync(alert, LinkPurpose.ReachedSaved, ct), words["demo.gesture"]);
        var closed = await TaskAsync(task, ct);
        Expect(closed is { Closing.Outcome: Outcome.Saved, Promise: { State: PromiseState.Kept, WasTold: true } }, "The promise was not kept.");
        tell.Event("demo.saved", ("outcome", words.Outcome(Outcome.Saved)), ("reason", closed.Closing!.Reason), ("gesture", closed.Closing.Gesture ?? "-"));
        tell.Event("promise.kept", ("by", words.Times(DemoZone, clock.GetUtcNow()).By(closed.Promise.By)));
    }

    private async Task<Letter> AlertAsync(long began, CancellationToken ct)
    {
        var alert = (await mail.ReceiveAsync(LetterKind.Alert, 1, ct))[0];
        var took = clock.GetElapsedTime(began);
        tell.Letter(alert, mail.PageOf(alert));
        tell.Event("demo.seconds", ("seconds", StoryTeller.Seconds(took)));
        return alert;
    }

    private async Task ShowAsync(LetterKind kind, int count, CancellationToken ct)
    {
        foreach (var letter in await mail.ReceiveAsync(kind, count, ct)) tell.Letter(letter, mail.PageOf(letter));
    }

    /// <summary>Time passes, and everything that waits for it happens.</summary>
    private async Task MoveAsync(DateTimeOffset to, CancellationToken ct)
    {
        clock.MoveTo(to);
        await followDue(ct);
    }

    private async Task<CallBackTask> TaskAsync(TaskId id, CancellationToken ct) =>
        (await lookups.TaskAsync(DemoBusiness.Slug, id, ct))?.Value ?? throw new StoryStoppedException($"There is no task {id}.");

    private static void Expect(bool happened, string otherwise)
    {
        if (!happened) throw new StoryStoppedException(otherwise);
    }
}
