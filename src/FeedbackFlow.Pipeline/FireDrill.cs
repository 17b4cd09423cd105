using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Sends a marked fake threat through the whole chain: read, stored, alerted, nudged, and perhaps taken by a person. It says how long each step took, and then
/// everything of it but these times is removed.
/// </summary>
public sealed class FireDrill(ILookups lookups, ILists lists, ICommits commits, INudges nudges, AcceptFeedback accept, IErasing erasing, Races races, TimeProvider clock)
{
    /// <summary>Long enough for a manager to see the alert, and over before the first reminder would come.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>Begins a drill, unless one is running. Gives the letters that were committed as leased to this process.</summary>
    /// <param name="name">Stands where a customer's name would, and says that it is a drill.</param>
    /// <param name="words">A threat that says so as well.</param>
    public async Task<IReadOnlyList<LetterId>> StartAsync(Business business, string name, string words, string by, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var said = new Submission("form", "csat", 1, words, false, name, null, null, null);
        var began = clock.GetUtcNow();
        var key = SubmissionKey.Of("drill", NewId.At<FeedbackId>(began).Value, said);
        var before = await lookups.DrillAsync(business.Slug, ct);
        if (before is { Value.EndedAt: null }) return [];
        var drill = new Drill(key.Hash, by, began, null, null, null, null, began + Nudge.AfterCommit, null, null, null);
        var nudge = new Nudge(business.Slug, [], null, began, drill.NudgeDue) { Drill = true };
        var begun = new Commit(business.Slug) { Drill = new(before?.Value, before?.ETag, drill) };
        if (await commits.CommitAsync(begun, [nudge], nudges, clock, ct) == CommitResult.LostRace) return [];
        var accepted = await accept.RunAsync(new(business, SubmissionGate.Check(said).Submission!, Origin.Drill, key, MayWrite: false), ct);
        await ChangeAsync(business.Slug, running => running with { Feedback = accepted.Answer!.Feedback, Task = accepted.Answer.Task, StoredAt = clock.GetUtcNow() }, ct);
        return accepted.OwnLetters;
    }

    /// <summary>The last drill as far as it is; null where there never was one. Changes nothing.</summary>
    public async Task<Drill?> ReportAsync(string business, CancellationToken ct)
    {
        if (await lookups.DrillAsync(business, ct) is not { Value: var drill }) return null;
        return drill.EndedAt is null ? await SeenAsync(business, drill, ct) : drill;
    }

    /// <summary>What its nudge does. Gives the moment at which to look again, or null when the drill is over.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string business, CancellationToken ct)
    {
        if (await lookups.DrillAsync(business, ct) is not { Value: { EndedAt: null } drill }) return null;
        var now = clock.GetUtcNow();
        if (drill.NudgedAt is null) await ChangeAsync(business, running => running with { NudgedAt = running.NudgedAt ?? now }, ct);
        var end = drill.StartedAt + Lasts;
        if (now < end) return end;
        await EndAsync(business, ct);
        return null;
    }

    /// <summary>Keeps the times and removes everything else. Whoever finds it half done does it again.</summary>
    public async Task EndAsync(string business, CancellationToken ct)
    {
        if (await lookups.DrillAsync(business, ct) is not { Value: { EndedAt: null } drill }) return;
        var seen = await SeenAsync(business, drill, ct);
        await ChangeAsync(business, running => running with { Feedback = seen.Feedback, Task = seen.Task, SentAt = running.SentAt ?? seen.SentAt, TakenAt = running.TakenAt ?? seen.TakenAt }, ct);
        if (seen is { Feedback: { } feedback, Task: { } task }) await erasing.RemoveAsync(business, feedback, task, seen.Key, ct);
        await ChangeAsync(business, running => running with { EndedAt = clock.GetUtcNow() }, ct);
    }

    /// <summary>What its rows tell by now. A process that died before it noted the ids left them under the key.</summary>
    private async Task<Drill> SeenAsync(string business, Drill drill, CancellationToken ct)
    {
        if (drill.Task is null && await lookups.AnswerAsync(business, drill.Key, ct) is { Value: var answer }) drill = drill with { Feedback = answer.Feedback, Task = answer.Task };
        if (drill.Task is not { } id) return drill;
        var sent = drill.SentAt;
        foreach (var letter in (await lists.LettersOfAsync(business, id, 100, null, ct)).Items)
        {
            if (await lookups.LetterAsync(business, letter, ct) is { Value: { Letter.Kind: LetterKind.Alert, SentAt: { } at } } && (sent is null || at < sent)) sent = at;
        }

        return drill with { SentAt = sent, TakenAt = drill.TakenAt ?? await TakenAsync(business, id, ct) };
    }

    private async Task<DateTimeOffset?> TakenAsync(string business, TaskId task, CancellationToken ct) =>
        (await lists.TimelineAsync(business, task, 100, null, ct)).Items
            .Where(line => line.Kind is TaskEventKind.Claimed or TaskEventKind.Closed or TaskEventKind.NoAnswer).Select(line => (DateTimeOffset?)line.At).Min();

    private Task ChangeAsync(string business, Func<Drill, Drill> change, CancellationToken ct) => races.RunAsync(async limit =>
    {
        var drill = (await lookups.DrillAsync(business, limit))!;
        var after = change(drill.Value);
        return after == drill.Value || await commits.CommitAsync(new Commit(business) { Drill = drill.To(after) }, ct) == CommitResult.Committed ? after : null;
    });
}
