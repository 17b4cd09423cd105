using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Writes a letter again that waited for the end of a time of rest: with the times as they are now, to whom it concerns now, and not at all when nothing is left
/// to say. The id stays.
/// </summary>
public sealed class WriteAgain(ILookups lookups, TaskLetters letters, Summaries summaries, TimeProvider clock)
{
    /// <summary>Null when the letter is needed no more.</summary>
    public async Task<WrittenLetter?> RunAsync(Business business, Letter letter, CancellationToken ct)
    {
        if (letter.Kind == LetterKind.Summary) return await summaries.WrittenAsync(business, letter, clock.GetUtcNow(), ct);
        if (letter.Task is not { } id || await lookups.TaskAsync(business.Slug, id, ct) is not { Value: var task }) return new(letter, []);
        var (now, cause) = (clock.GetUtcNow(), await CauseAsync(business, task, letter, ct));
        return letter.Kind switch
        {
            LetterKind.Apology or LetterKind.Acknowledgement => Tells(task, now) ? await letters.ApologyAsync(business, task, cause, now, letter.Id) : null,
            LetterKind.Tried => Tells(task, now) ? await letters.AfterNoAnswerAsync(business, task, cause, now, letter.Id) : null,
            LetterKind.GaveUp => task.IsOpen ? null : await letters.AfterNoAnswerAsync(business, task, cause, now, letter.Id),
            LetterKind.Alert => await AlertAsync(business, task, cause, letter, now, ct),
            LetterKind.Reminder => await ReminderAsync(business, task, cause, letter, now),
            LetterKind.Escalation => await EscalationAsync(business, task, cause, letter, now),
            LetterKind.Wish => task.IsOpen ? await letters.WishAsync(business, task, now, letter.Id) : null,
            LetterKind.CheckBack => task.StillAsks(letter.Id) ? await letters.CheckBackAsync(business, task, cause, now, letter.Id) : null,
            LetterKind.SignIn or LetterKind.Summary or LetterKind.Digest or LetterKind.Trial or LetterKind.Event or LetterKind.Reply => new(letter, []),
        };
    }

    /// <summary>What goes to the customer while the business rests and softens.</summary>
    public async Task<WrittenLetter?> SoftenedAsync(Business business, Letter letter, CancellationToken ct)
    {
        if (letter.Task is not { } id || await lookups.TaskAsync(business.Slug, id, ct) is not { Value: var task }) return null;
        var cause = await CauseAsync(business, task, letter, ct);
        return Tells(task, clock.GetUtcNow()) ? await letters.AcknowledgementAsync(business, task, cause, letter.Id, clock.GetUtcNow()) : null;
    }

    /// <summary>A letter to the customer tells a time; once that is over there is nothing to tell.</summary>
    private static bool Tells(CallBackTask task, DateTimeOffset now) =>
        task is { IsOpen: true, Promise.State: PromiseState.Pending, Contact.Email: not null } && !task.Promise.IsOverdue(now);

    /// <summary>Whoever took it needs no alert, and who got the task since has one already.</summary>
    private async Task<WrittenLetter?> AlertAsync(Business business, CallBackTask task, ReadFeedback cause, Letter letter, DateTimeOffset now, CancellationToken ct)
    {
        if (task.State != TaskState.Open || (letter.Owner ?? business.Find(letter.To.Address)?.Id) != task.Owner) return null;
        var line = task.Customer is { } customer ? (await lookups.CustomerAsync(business.Slug, customer, ct))?.Value : null;
        var earlier = line?.Waiting.Where(at => at < cause.Feedback.At).ToList() ?? [];
        return await letters.AlertAsync(
            business, task, cause, earlier, joined: task.Feedbacks.Count > 1, DutyRoster.StandsIn(business, task, now), TaskActs.OffersApology(task, now), now, letter.Id);
    }

    private async Task<WrittenLetter?> ReminderAsync(Business business, CallBackTask task, ReadFeedback cause, Letter letter, DateTimeOffset now)
    {
        if (!task.IsOpen || task.Promise.State != PromiseState.Pending || task.Promise.IsOverdue(now)) return null;
        var step = letter.Step ?? LadderStep.Late;
        return step == LadderStep.Half && (task.State == TaskState.Claimed || task.Ladder.Done.Contains(LadderStep.Late))
            ? null
            : await letters.StepAsync(business, task, cause, step, WhoIsTold.OfReminder(step, business, task, now), now, letter.Id);
    }

    private async Task<WrittenLetter?> EscalationAsync(Business business, CallBackTask task, ReadFeedback cause, Letter letter, DateTimeOffset now)
    {
        var waits = task is { IsOpen: true, IsQuiet: false } && (task.Promise.State == PromiseState.Broken || task.Promise.IsOverdue(now));
        var to = WhoIsTold.OfHeldEscalation(business, task, letter.To.Address, now);
        var step = letter.Step ?? LadderStep.Overdue;
        // The step that came since is told by a letter of its own.
        var newest = task.Ladder.Done.Where(done => done >= LadderStep.Overdue).DefaultIfEmpty(step).Last();
        if (!waits || to is null || step < newest || (step == LadderStep.Again && letter.WrittenAt < task.Ladder.LastAt)) return null;
        return await letters.StepAsync(business, task, cause, step, to, now, letter.Id);
    }

    /// <summary>To the manager the newest words; to a customer those that came with the address.</summary>
    private Task<ReadFeedback> CauseAsync(Business business, CallBackTask task, Letter letter, CancellationToken ct) =>
        letter.Kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried or LetterKind.GaveUp or LetterKind.CheckBack
            ? CauseOf.AddressAsync(lookups, business.Slug, task, ct)
            : CauseOf.NewestAsync(lookups, business.Slug, task, ct);
}
