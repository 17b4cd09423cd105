using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>No storm: when more than five steps come for one person at once, they gather on a sheet and go out in one letter.</summary>
public sealed class Summaries(ILookups lookups, ILists lists, ILetterWriter writer, SiteAddresses addresses)
{
    /// <summary>So many letters at once are still letters.</summary>
    public const int MostAtOnce = 5;

    /// <summary>How long a sheet gathers; it leaves within the minute in which its first step came. What waits for the end of quiet hours gathers until then.</summary>
    public static readonly TimeSpan Gathers = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    /// <summary>Whoever writes on a sheet has so long to commit before it leaves.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private const int MostLookedAt = 50;
    private const int MostOnASheet = 200;

    /// <summary>A step on a person's sheet: the sheet, and the letter where it begins a new one.</summary>
    public sealed record Joined(Change<SummarySheet> Sheet, Letter? Begins);

    /// <summary>The people for whom more than five steps come at once.</summary>
    public async Task<IReadOnlySet<PersonId>> CrowdedAsync(Business business, DateTimeOffset now, CancellationToken ct)
    {
        var due = await lists.DueTasksAsync(business.Slug, now + AtOnce, MostLookedAt, null, ct);
        if (due.Items.Count <= MostAtOnce) return new HashSet<PersonId>();
        var tasks = await Task.WhenAll(due.Items.Select(id => lookups.TaskAsync(business.Slug, id, ct)));
        return tasks.OfType<Versioned<CallBackTask>>().SelectMany(task => Hear(business.At(task.Value.Branch), task.Value, now + AtOnce))
            .CountBy(person => person).Where(count => count.Value > MostAtOnce).Select(count => count.Key).ToHashSet();
    }

    /// <summary>Null where this person gets a letter for the step alone.</summary>
    public async Task<Joined?> JoinAsync(Business business, CallBackTask task, LadderStep step, Told told, IReadOnlySet<PersonId> crowded, DateTimeOffset now, CancellationToken ct)
    {
        var person = told.Person;
        var sheet = await lookups.SummaryAsync(business.Slug, person.Id, ct);
        var quietEnd = business.QuietUntil(person, now) is { } end && end <= told.MayWaitUntil ? end : (DateTimeOffset?)null;
        // What must not wait joins no sheet that gathers for the end of quiet hours.
        var gathering = sheet is { Value: { LeftAt: null, Steps.Count: > 0 and < MostOnASheet } gathered } && gathered.DueAt - Margin > now && gathered.DueAt <= (quietEnd ?? now + Gathers);
        if (!gathering && !crowded.Contains(person.Id) && !(quietEnd is { } wakes && await WaitsForManyAsync(business.Slug, person, wakes, ct))) return null;
        // A sheet that should have left and did not (its letter waits for the end of a rest, or mail is down) gives its steps to the next one; its own letter is then empty.
        var untold = sheet is null || await WasToldAsync(business.Slug, sheet.Value, ct) ? [] : sheet.Value.Steps;
        IReadOnlyList<SummaryStep> steps = [.. untold.Where(other => other.Task != task.Id), new(task.Id, step, told.MayWaitUntil)];
        if (gathering) return new(sheet!.To(sheet.Value with { Steps = steps }), null);
        var begun = new SummarySheet(person.Id, NewId.At<LetterId>(now), quietEnd ?? now + Gathers, [.. steps.TakeLast(MostOnASheet)]);
        var letter = await WriteAsync(business, person, begun, [(task, step)], now);
        return new(new(sheet?.Value, sheet?.ETag, begun), letter);
    }

    /// <summary>So many letters wait for the end of this person's quiet hours that one more would be a storm.</summary>
    private async Task<bool> WaitsForManyAsync(string business, Person person, DateTimeOffset end, CancellationToken ct)
    {
        var due = await lists.DueLettersAsync(business, end.AddTicks(1), MostLookedAt, null, ct);
        if (due.Items.Count < MostAtOnce) return false;
        var waiting = await lookups.LettersAsync(business, [.. due.Items.Select(letter => letter.Letter)], ct);
        return waiting.Count(entry => entry.Value.Letter is { Kind: LetterKind.Reminder or LetterKind.Escalation } letter && letter.To.Address == person.Email) >= MostAtOnce;
    }

    private async Task<bool> WasToldAsync(string business, SummarySheet sheet, CancellationToken ct) =>
        sheet.LeftAt is not null && await lookups.LetterAsync(business, sheet.Letter, ct) is null or { Value.IsFinished: true };

    /// <summary>The letter as it leaves: what still waits of the sheet, which nobody joins afterwards. Null when nothing waits any more.</summary>
    public async Task<WrittenLetter?> WrittenAsync(Business business, Letter letter, DateTimeOffset now, CancellationToken ct)
    {
        if (business.Find(letter.To.Address) is not { } person) return null;
        if (await lookups.SummaryAsync(business.Slug, person.Id, ct) is not { } sheet || sheet.Value.Letter != letter.Id) return null;
        var steps = await Task.WhenAll(sheet.Value.Steps.Select(async step => (Task: (await lookups.TaskAsync(business.Slug, step.Task, ct))?.Value, step.Step)));
        var waiting = steps.Where(step => step.Task is { IsOpen: true, IsQuiet: false, Promise.State: PromiseState.Pending or PromiseState.Broken }).Select(step => (step.Task!, step.Step)).ToList();
        if (waiting.Count == 0) return null;
        return new(await WriteAsync(business, person, sheet.Value, waiting, now), []) { Sheet = sheet.To(sheet.Value with { LeftAt = now }) };
    }

    private ValueTask<Letter> WriteAsync(Business business, Person person, SummarySheet sheet, IEnumerable<(CallBackTask Task, LadderStep Step)> steps, DateTimeOffset now)
    {
        var lines = steps.OrderByDescending(step => step.Step).ThenBy(step => step.Task.Promise.By)
            .Select(step => new SummaryLine(step.Task, step.Step, (business.Find(step.Task.Owner) ?? DutyRoster.BusinessOwner(business)).Name, addresses.TaskPage(step.Task.Id)));
        return WrittenAsync(new SummaryDraft(sheet.Letter, business, new(person.Name, person.Email, person.Language), now, [.. lines], addresses.BoardFrom(sheet.Letter)), sheet);
    }

    /// <summary>It waits for quiet hours as long as everything on it may.</summary>
    private async ValueTask<Letter> WrittenAsync(SummaryDraft draft, SummarySheet sheet) =>
        await writer.WriteAsync(draft) with { MayWaitUntil = sheet.Steps.All(step => step.MayWaitUntil is not null) ? sheet.Steps.Min(step => step.MayWaitUntil) : null };

    private static IEnumerable<PersonId> Hear(Business business, CallBackTask task, DateTimeOffset by) =>
        EscalationLadder.Due(task, business.Hours(), by) is { } step && task.IsOpen
            ? WhoIsTold.Of(step, business, EscalationLadder.Take(task, step, business.Hours(), by), by).Select(told => told.Person.Id)
            : [];
}
