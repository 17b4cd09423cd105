using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>A letter as it was leased, and what came of handing it over.</summary>
public sealed record HandedOver(Versioned<OutboxEntry> Leased, OutboxEntry After);

/// <summary>Marks what became of letters: in the outbox, in the history of their task, and in what its customer was told.</summary>
public sealed class MarkLetters(ILookups lookups, ICommits commits, Races races, TimeProvider clock)
{
    /// <summary>Letters about one task are marked together; when something of it changed meanwhile, each alone.</summary>
    public async Task RunAsync(string business, IReadOnlyList<HandedOver> done)
    {
        using var limit = new CancellationTokenSource(Races.CommitLimit);
        if (done.Count > 1 && done.Select(one => one.After.Letter.Task).Distinct().Count() == 1 && await TryMarkAsync(business, done, limit.Token)) return;
        foreach (var one in done) await RunAsync(business, one.Leased, one.After);
    }

    /// <summary>Stores the result. A task that changed meanwhile is read again; a letter that changed is somebody else's now and stays as it is.</summary>
    public Task<OutboxEntry> RunAsync(string business, Versioned<OutboxEntry> before, OutboxEntry after) =>
        races.RunAsync(async limit =>
        {
            if (await TryMarkAsync(business, [new(before, after)], limit)) return after;
            var now = await lookups.LetterAsync(business, after.Letter.Id, limit);
            return now is null || now.ETag != before.ETag ? now?.Value ?? after : null;
        });

    private async Task<bool> TryMarkAsync(string business, IReadOnlyList<HandedOver> done, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (letters, about) = (done.Select(one => one.After).ToList(), done[0].After.Letter.Task);
        // One that bounced was handed over once before, and that was measured.
        var alert = letters.Find(letter => letter is { State: LetterState.Sent, Letter: { Kind: LetterKind.Alert, IsDrill: false }, NotVia.Count: 0 });
        var commit = new Commit(business)
        {
            Letters = [.. done.Select(one => one.Leased.To(one.After))],
            EventsOf = about,
            Events = about is null ? [] : [.. letters.Where(letter => EventOf(letter) is not null).Select(letter => new TaskEvent(now, EventOf(letter)!.Value, letter.Letter.To.Name) { By = letter.Tries.On, NotBy = letter.Tries.Passed })],
            Latency = alert is null ? null : new(alert.Letter.Id, alert.SentAt!.Value, alert.SentAt.Value - alert.Letter.WrittenAt),
        };
        // It tells the promise that stood when it was written, not one that was made since.
        if (letters.Find(letter => letter is { State: LetterState.Sent, Letter: { Kind: LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried, Task: not null } }) is { } told
            && await lookups.TaskAsync(business, about!.Value, ct) is { } task && task.Value.Promise.MadeAt <= told.Letter.WrittenAt)
            commit = commit with { Task = task.To(Told(task.Value, told.Letter.Kind, now)) };
        if (await commits.CommitAsync(commit, ct) == CommitResult.LostRace) return false;
        if (commit.Latency is { } latency) Steps.AlertHandedOver(latency.Took);
        return true;
    }

    /// <summary>One that was written anew tells a promise for which no apology was counted yet.</summary>
    private static CallBackTask Told(CallBackTask task, LetterKind kind, DateTimeOffset now) => task with
    {
        Promise = task.Promise.ToldAlso(ToldBy.Mail),
        ApologySentAt = kind == LetterKind.Apology ? task.ApologySentAt ?? now : task.ApologySentAt,
    };

    private static TaskEventKind? EventOf(OutboxEntry entry) => (entry.State, entry.Letter.Kind) switch
    {
        (LetterState.SetAside, _) => TaskEventKind.LetterSetAside,
        (LetterState.Sent, LetterKind.Apology) => TaskEventKind.ApologySent,
        (LetterState.Sent, LetterKind.Acknowledgement) => TaskEventKind.AcknowledgementSent,
        (LetterState.Sent, LetterKind.Tried) => TaskEventKind.TriedSent,
        (LetterState.Sent, LetterKind.GaveUp) => TaskEventKind.GaveUpSent,
        (LetterState.Sent, LetterKind.Alert) => TaskEventKind.AlertSent,
        (LetterState.Sent, LetterKind.Reminder) => TaskEventKind.Reminded,
        (LetterState.Sent, LetterKind.Escalation) => TaskEventKind.Escalated,
        (LetterState.Sent, LetterKind.CheckBack) => TaskEventKind.CheckBackSent,
        (LetterState.Sent, LetterKind.Reply) => TaskEventKind.RepliedInPublic,
        _ => null,
    };
}
