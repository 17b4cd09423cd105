using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

public sealed class BrokenInvariantException(string what) : Exception(what);

/// <summary>
/// What must hold after every step of a history, said without the code that is to hold it: the rows are read as they were stored, and every time is computed here
/// from the promise itself.
/// </summary>
internal sealed class Invariants(MemoryEngine engine, TimeProvider truth)
{
    /// <summary>A step may come so much after its moment: the minute of the promise to the business, and what the clocks of two machines differ by.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1) + History.LargestSkew + History.LargestSkew;

    /// <summary>After a death, a failing store or a change of settings things may take so long to be in order again: the sweep comes every five minutes.</summary>
    private static readonly TimeSpan Recovers = TimeSpan.FromMinutes(12);

    private readonly Dictionary<TaskId, Watched> tasks = [];
    private readonly Dictionary<CustomerId, TaskId> openOf = [];
    private readonly Dictionary<FeedbackId, TaskId> taskOf = [];
    private readonly HashSet<FeedbackId> feedbacks = [];
    private readonly HashSet<FeedbackId> risks = [];
    private readonly Dictionary<string, LedgerLine> ledger = new(StringComparer.Ordinal);
    private readonly Dictionary<LetterId, OutboxEntry> letters = [];
    private readonly HashSet<(TaskId, string, string, DateTimeOffset)> effects = [];
    private readonly Dictionary<string, List<DateTimeOffset>> arrivals = [];
    private readonly HashSet<TaskId> toldInThisStep = [];
    private PromiseTally tally = PromiseTally.Zero;
    private Business? business;

    /// <param name="Since">When it became open, or open to somebody else: a re-opened task may be overdue at once.</param>
    private sealed record Watched(CallBackTask Task, DateTimeOffset HalfAt, DateTimeOffset LateAt, DateTimeOffset Since);

    public IEnumerable<CallBackTask> Tasks => tasks.Values.Select(watched => watched.Task);

    public IEnumerable<OutboxEntry> Letters => letters.Values;

    /// <summary>A fault or a change of settings happened: until its end nothing is asked to be on time.</summary>
    public void Disturbed(DateTimeOffset until)
    {
        if (until + Recovers > CalmFrom) CalmFrom = until + Recovers;
    }

    public DateTimeOffset CalmFrom { get; private set; }

    /// <summary>Somebody was told that this is kept.</summary>
    public void Acknowledged(FeedbackId id, DateTimeOffset processNow)
    {
        Read(processNow);
        Holds(feedbacks.Contains(id), "A feedback that was acknowledged is not stored.");
    }

    public void AfterStep(DateTimeOffset now, DateTimeOffset processNow)
    {
        Read(processNow);
        foreach (var risk in risks) Holds(taskOf.ContainsKey(risk), "A risk has no task.");
        foreach (var watched in tasks.Values) OnTime(watched, now);
        var (kept, late, broken) = (Count(LedgerMark.Kept), Count(LedgerMark.Late), Count(LedgerMark.Broken));
        Holds(tally == new PromiseTally(kept, late, broken), $"The tally says {tally}, the ledger {kept}, {late}, {broken}.");
    }

    /// <summary>A letter left the house.</summary>
    /// <param name="processNow">By the clock of the process that sent it.</param>
    public void Arrived(Letter letter, DateTimeOffset now, DateTimeOffset processNow)
    {
        var task = letter.Task is { } id && tasks.TryGetValue(id, out var watched) ? watched.Task : null;
        var place = business!.At(task?.Branch);
        Holds(LetterUse.WaitsUntil(letter.Kind, place, processNow) is null && !LetterUse.IsSoftened(letter.Kind, place, processNow), $"A letter ({letter.Kind}) left in a time of rest, at {processNow:O}.");
        if (task is not null && letter.Kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Reminder or LetterKind.Escalation && FirstLine(letter) != nameof(LadderStep.Again))
        {
            var promise = task!.EarlierPromises.Append(task.Promise).LastOrDefault(one => one.MadeAt <= letter.WrittenAt) ?? task.Promise;
            var what = letter.Kind is LetterKind.Reminder or LetterKind.Escalation ? FirstLine(letter) : "to the customer";
            Holds(effects.Add((task.Id, letter.To.Address, what, promise.MadeAt)), $"A letter had its effect twice: {letter.Kind}, {what}.");
        }

        if (letter.Kind is not (LetterKind.Reminder or LetterKind.Escalation)) return;
        if (!arrivals.TryGetValue(letter.To.Address, out var times)) arrivals[letter.To.Address] = times = [];
        times.RemoveAll(at => now - at > TimeSpan.FromSeconds(30));
        times.Add(now);
        Holds(times.Count <= Pipeline.Summaries.MostAtOnce || now < CalmFrom.AddHours(12), $"A storm: {times.Count} letters at once.");
    }

    /// <summary>What an act that was answered "done" must have left behind.</summary>
    public void Acted(Act act, CallBackTask after, DateTimeOffset processNow)
    {
        Read(processNow);
        if (act is not NoAnswer) return;
        var kind = after.IsOpen ? LetterKind.Tried : LetterKind.GaveUp;
        var told = after.Contact is { Email: not null } && (after.Contact.Phone is not null || !after.IsOpen);
        Holds(!told || letters.Values.Any(entry => entry.Letter.Kind == kind && entry.Letter.Task == after.Id && entry.Letter.WrittenAt == processNow), "An attempt was recorded and the customer is not told.");
        Holds(after.IsOpen == after.AttemptsNow.Count < NextCall.MostAttempts, "The attempts do not end when they should.");
    }

    /// <summary>At the end of a history, when nothing disturbs any more: nothing was forgotten.</summary>
    public void AtRest(DateTimeOffset now)
    {
        foreach (var entry in letters.Values.Where(entry => !entry.IsFinished)) Holds(entry.DueAt > now - TimeSpan.FromHours(7), $"A letter ({entry.Letter.Kind}) was forgotten in the outbox.");
        foreach (var watched in tasks.Values.Where(watched => watched.Task.Ladder.NextAt is not null)) Holds(watched.Task.Ladder.NextAt > now - TimeSpan.FromMinutes(10), "A step was forgotten.");
    }

    private int Count(LedgerMark mark) => ledger.Values.Count(line => line.Mark == mark);

    private static string FirstLine(Letter letter) => letter.Text.Split('\n')[0];

    private void Read(DateTimeOffset processNow)
    {
        if (engine.Changes.Count == 0) return;
        var changes = engine.Changes.ToList();
        engine.Changes.Clear();
        toldInThisStep.Clear();
        foreach (var (_, key, row) in changes.Where(change => change.Partition == Shop.Slug)) ReadRow(key, row, first: true, processNow);
        foreach (var (_, key, row) in changes.Where(change => change.Partition == Shop.Slug)) ReadRow(key, row, first: false, processNow);
    }

    /// <summary>Tasks are read last: what they point at was stored with them.</summary>
    private void ReadRow(string key, Row? row, bool first, DateTimeOffset processNow)
    {
        var kind = key.Split('-')[0];
        if (!first)
        {
            if (kind == "task" && row is not null) Changed(RowFormat.Read<CallBackTask>(row), processNow);
            return;
        }

        switch (kind)
        {
            case "settings":
                business = RowFormat.Read<Business>(row!);
                break;
            case "feedback":
                Holds(row is not null, "A feedback was removed.");
                Said(RowFormat.Read<ReadFeedback>(row!));
                break;
            case "letter":
                var entry = RowFormat.Read<OutboxEntry>(row!);
                letters[entry.Letter.Id] = entry;
                if (entry.Letter.Task is { } about) toldInThisStep.Add(about);
                break;
            case "summary":
                foreach (var step in RowFormat.Read<SummarySheet>(row!).Steps) toldInThisStep.Add(step.Task);
                break;
            case "ledger":
                Holds(row is not null, "A line of the ledger was removed.");
                var line = RowFormat.Read<LedgerLine>(row!);
                Holds(!ledger.TryGetValue(key, out var there) || there == line, "A line of the ledger was changed.");
                ledger[key] = line;
                break;
            case "tally":
                tally = RowFormat.Read<PromiseTally>(row!);
                break;
        }
    }

    private void Said(ReadFeedback read)
    {
        feedbacks.Add(read.Feedback.Id);
        var threatens = read.Reading.Signals.Any(signal => signal.Kind is SignalKind.Leave or SignalKind.Legal);
        if (threatens || read.Feedback.WantsCall || read.Feedback.Rating is { IsLow: true }) risks.Add(read.Feedback.Id);
    }

    private void Changed(CallBackTask after, DateTimeOffset processNow)
    {
        var before = tasks.GetValueOrDefault(after.Id)?.Task;
        var place = business!.At(after.Branch);
        Belongs(after);
        foreach (var promise in after.EarlierPromises.Append(after.Promise))
        {
            var known = before?.EarlierPromises.Append(before.Promise).FirstOrDefault(old => old.MadeAt == promise.MadeAt);
            if (known is null) Made(promise, place);
            else Stays(known, promise);
            if (promise.State != PromiseState.Pending && known is not { State: not PromiseState.Pending }) Ended(promise, after);
            if (promise.WasTold) Holds(ledger.Values.Any(line => line.Task == after.Id && line.MadeAt == promise.MadeAt && line.By == promise.By && line.Mark == LedgerMark.Told), "A promise that was told is not in the ledger.");
        }

        var newPromise = before is null || before.Promise.MadeAt != after.Promise.MadeAt || before.Owner != after.Owner;
        if (after.IsOpen && newPromise) Owned(after, before, place, processNow);
        Holds(after.IsOpen == after.Closing is null, "A task is closed without an outcome.");
        var steps = after.Ladder.Done.Count > (before is null || before.Promise.MadeAt != after.Promise.MadeAt ? 0 : before.Ladder.Done.Count);
        Holds(!steps || !after.IsOpen || toldInThisStep.Contains(after.Id), $"A step ({string.Join(", ", after.Ladder.Done)}) was taken and nobody is told.");
        var hours = place.Hours();
        var open = hours.Between(after.Promise.MadeAt, after.Promise.By);
        var since = before is null || before.State != after.State || before.Owner != after.Owner ? processNow : tasks[after.Id].Since;
        tasks[after.Id] = new(after, hours.Add(after.Promise.MadeAt, open * 0.5), hours.Add(after.Promise.MadeAt, open * 0.8), since);
    }

    private void Belongs(CallBackTask task)
    {
        foreach (var id in task.Feedbacks)
        {
            Holds(!taskOf.TryGetValue(id, out var other) || other == task.Id, "A feedback is in two tasks.");
            taskOf[id] = task.Id;
        }

        if (task.Customer is not { } customer) return;
        if (task.IsOpen)
        {
            Holds(!openOf.TryGetValue(customer, out var other) || other == task.Id, "A customer has two open tasks.");
            openOf[customer] = task.Id;
        }
        else if (openOf.TryGetValue(customer, out var closed) && closed == task.Id)
        {
            openOf.Remove(customer);
        }
    }

    private static void Made(Promise promise, Business place)
    {
        var hours = place.Hours();
        Holds(promise.By > promise.MadeAt && promise.BreaksAt > promise.By, "A promise ends before it begins.");
        Holds(hours.IsOpen(promise.By.AddTicks(-1)), $"A deadline ({promise.By:O}) lies outside of open time.");
        Holds(place.RestTimes()?.EndOf(promise.By.AddTicks(-1)) is null, "A deadline lies in a time of rest.");
    }

    private static void Stays(Promise before, Promise after)
    {
        Holds(before.By == after.By && before.BreaksAt == after.BreaksAt, "A time that was told moved.");
        Holds(before.State == PromiseState.Pending || (before.State == after.State && before.SettledAt == after.SettledAt), "A promise that had ended ended otherwise.");
        Holds(!before.Told.Except(after.Told).Any(), "It is forgotten how a promise was told.");
    }

    private void Ended(Promise promise, CallBackTask task)
    {
        var attempts = task.Attempts.Where(attempt => attempt.At >= promise.MadeAt - History.LargestSkew && attempt.At < promise.BreaksAt).Select(attempt => attempt.At).ToList();
        Holds(
            promise.State switch
            {
                PromiseState.Kept => promise.SettledAt <= promise.By && attempts.Contains(promise.SettledAt!.Value),
                PromiseState.Late => promise.SettledAt > promise.By && promise.SettledAt < promise.BreaksAt && attempts.Contains(promise.SettledAt!.Value),
                PromiseState.Broken => promise.SettledAt == promise.BreaksAt && truth.GetUtcNow() + History.LargestSkew >= promise.BreaksAt && !attempts.Any(at => at >= promise.MadeAt + History.LargestSkew),
                PromiseState.Released => promise.SettledAt <= promise.By,
                PromiseState.Pending => false,
            },
            $"A promise ({promise.MadeAt:O} to {promise.By:O}, {promise.BreaksAt:O}) ended as {promise.State} at {promise.SettledAt:O} though the attempts say otherwise: {string.Join(", ", task.Attempts.Select(attempt => $"{attempt.At:O}"))}.");
    }

    /// <summary>On duty at the deadline, else the business owner with an alert that says so.</summary>
    private void Owned(CallBackTask task, CallBackTask? before, Business place, DateTimeOffset processNow)
    {
        var owner = place.Find(task.Owner);
        Holds(owner is not null, "A task belongs to nobody.");
        var at = task.Promise.By > processNow ? task.Promise.By.AddTicks(-1) : processNow;
        var chief = place.People.First(person => person.Role == PersonRole.Owner);
        var others = place.People.Where(person => person.Role != PersonRole.Owner && place.IsOnDuty(person, at)).ToList();
        Holds(owner!.Id == chief.Id || others.Any(person => person.Id == owner.Id), "A task belongs to somebody who is not on duty at its deadline.");
        if (before is null) Holds(owner.Id != chief.Id || others.Count == 0, "The business owner has a task though somebody else is on duty.");
        if (before is null && owner.Id == chief.Id)
            Holds(letters.Values.Any(entry => entry.Letter.Task == task.Id && entry.Letter.Kind == LetterKind.Alert && entry.Letter.Text.Contains("stands in", StringComparison.Ordinal)), "The business owner stands in and the alert does not say so.");
    }

    private void OnTime(Watched watched, DateTimeOffset now)
    {
        var (task, promise) = (watched.Task, watched.Task.Promise);
        if (now < CalmFrom || now < watched.Since + Grace || promise.State is PromiseState.Kept or PromiseState.Late) return;
        var pending = promise.State == PromiseState.Pending;
        Holds(!pending || now <= promise.BreaksAt + Grace, "A promise is pending after the end of the next working day.");
        if (!task.IsOpen) return;
        Holds(now <= promise.By + Grace || task.Ladder.Done.Contains(LadderStep.Overdue), $"A deadline ({promise.By:O}) passed without an escalation: {task.Id}, {task.State}, {string.Join(", ", task.Ladder.Done)}, next {task.Ladder.NextAt:O}, now {now:O}.");
        if (!pending || now > promise.By) return;
        Holds(now <= watched.HalfAt + Grace || task.State == TaskState.Claimed || task.Ladder.Done.Count > 0, "Half of the time passed without a reminder.");
        Holds(now <= watched.LateAt + Grace || task.Ladder.Done.Contains(LadderStep.Late), "Four fifths of the time passed without a reminder.");
        Holds(DutyRoster.MayOwn(business!.At(task.Branch), business.At(task.Branch).Find(task.Owner)!, promise.By, now), "A task's owner is away at its deadline.");
    }

    private static void Holds(bool holds, string what)
    {
        if (!holds) throw new BrokenInvariantException(what);
    }
}
