using System.Globalization;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>
/// What must hold after every step of a history, said without the code that is to hold it: the rows are read as they were stored, and every time is computed here
/// from the promise itself.
/// </summary>
internal sealed class Invariants(MemoryEngine engine, TimeProvider truth, Outside outside, SimPost post, SimReplies replies)
{
    /// <summary>A step may come so much after its moment: the minute of the promise to the business, and what the clocks of two machines differ by.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1) + History.LargestSkew + History.LargestSkew;

    /// <summary>After a death, a failing store or a change of settings things may take so long to be in order again: the sweep comes every five minutes.</summary>
    private static readonly TimeSpan Recovers = TimeSpan.FromMinutes(12);

    /// <summary>Before the number of a review, in its words.</summary>
    public const string ReviewWord = "review-";

    private readonly Dictionary<TaskId, Watched> tasks = [];
    private readonly Dictionary<CustomerId, TaskId> openOf = [];
    private readonly Dictionary<FeedbackId, TaskId> taskOf = [];
    private readonly HashSet<FeedbackId> feedbacks = [];
    private readonly HashSet<FeedbackId> risks = [];
    private readonly Dictionary<string, LedgerLine> ledger = new(StringComparer.Ordinal);
    private readonly Dictionary<LetterId, OutboxEntry> letters = [];
    private readonly HashSet<(TaskId, string, string, DateTimeOffset)> effects = [];
    private readonly Dictionary<(string To, bool HasWaited), List<DateTimeOffset>> arrivals = [];
    private readonly HashSet<TaskId> toldInThisStep = [];
    private readonly Forgotten forgotten = new(engine);
    private readonly Reached reached = new(outside);
    private readonly DigestsWritten digests = new();
    private readonly EventsTold told = new(post);
    private readonly RepliesShown shown = new(replies);
    private readonly List<Letter> written = [];
    private bool settingsChanged;
    private readonly HashSet<TaskId> slow = [];
    private readonly HashSet<FeedbackId> drilled = [];
    private readonly HashSet<string> reviews = [];

    /// <summary>Whose customer said that no call is needed, with the promise that was let go: nothing more comes of it.</summary>
    private readonly Dictionary<TaskId, DateTimeOffset> quiet = [];
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

    /// <summary>A message about it was lost or is late: its steps may be late by a sweep.</summary>
    public void Slow(TaskId task) => slow.Add(task);

    /// <summary>The same about letters.</summary>
    public void Slow(IReadOnlyList<LetterId> letters) => reached.Slow(letters);

    /// <summary>Somebody was told that this is kept.</summary>
    public void Acknowledged(FeedbackId id, DateTimeOffset processNow)
    {
        Read(processNow);
        Holds(feedbacks.Contains(id), "A feedback that was acknowledged is not stored.");
    }

    public void AfterStep(DateTimeOffset now, DateTimeOffset processNow)
    {
        Read(processNow);
        foreach (var letter in written) Written(letter);
        told.AfterStep(!settingsChanged);
        if (settingsChanged) reached.SettingsChanged();
        settingsChanged = false;
        written.Clear();
        reached.Look(now, CalmFrom, letter => Place(letter), id => tasks.GetValueOrDefault(id)?.Task);
        foreach (var risk in risks) Holds(taskOf.ContainsKey(risk), "A risk has no task.");
        foreach (var watched in tasks.Values) OnTime(watched, now);
        var (kept, late, broken) = (Count(LedgerMark.Kept), Count(LedgerMark.Late), Count(LedgerMark.Broken));
        var targets = tasks.Values.SelectMany(watched => Promises(watched.Task)).Where(promise => !promise.WasTold).Aggregate(TargetTally.Zero, (sum, promise) => sum.Plus(promise.State));
        Holds(tally == new PromiseTally(kept, late, broken) { Targets = targets }, $"The tally says {tally}, the ledger {kept}, {late}, {broken}, the tasks {targets}.");
    }

    /// <summary>A letter left the house.</summary>
    /// <param name="processNow">By the clock of the process that sent it.</param>
    public void Arrived(Letter letter, DateTimeOffset now, DateTimeOffset processNow)
    {
        var task = letter.Task is { } id && tasks.TryGetValue(id, out var watched) ? watched.Task : null;
        var place = business!.At(task?.Branch);
        Holds(LetterUse.WaitsUntil(letter.Kind, place, processNow) is null && !LetterUse.IsSoftened(letter.Kind, place, processNow), $"A letter ({letter.Kind}) left in a time of rest, at {processNow:O}.");
        Holds(task?.ErasedAt is null || !IsToCustomer(letter.Kind), $"A letter ({letter.Kind}) went to a customer who was erased.");
        Holds(!forgotten.Names(letter), $"A letter ({letter.Kind}) tells of a customer who was erased.");
        if (task is not null && letter.Kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried)
            Holds(letter.Text.Contains($"{task.Promise.By:O}", StringComparison.Ordinal) && task.Promise.State == PromiseState.Pending, $"A letter ({letter.Kind}) tells a time that does not count: {letter.Text}");
        if (task is not null && letter.Kind is LetterKind.Reminder or LetterKind.Escalation) Holds(!quiet.ContainsKey(task!.Id), $"A step ({letter.Kind}) for a call that nobody wants.");
        if (letter.Kind == LetterKind.Summary) Holds(!quiet.Keys.Any(id => letter.Text.Contains(id.Value, StringComparison.Ordinal)), "A summary speaks of a call that nobody wants.");
        if (task is not null && letter.Kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Reminder or LetterKind.Escalation && FirstLine(letter) != nameof(LadderStep.Again))
        {
            var what = letter.Kind is LetterKind.Reminder or LetterKind.Escalation ? FirstLine(letter) : "to the customer";
            // Two clocks may make a promise before the letter that tells the end of the one before.
            var isOver = what is nameof(LadderStep.Overdue) or nameof(LadderStep.Broken);
            var promise = task!.EarlierPromises.Append(task.Promise).LastOrDefault(one => (isOver ? one.By : one.MadeAt) <= letter.WrittenAt) ?? task.Promise;
            Holds(effects.Add((task.Id, letter.To.Address, what, promise.MadeAt)), $"A letter had its effect twice: {letter.Kind}, {what}.");
        }

        if (letter.Kind is not (LetterKind.Reminder or LetterKind.Escalation)) return;
        // What comes now and what has waited (for the end of a rest, of quiet hours, of a breakdown) are gathered each for itself, when each is decided.
        var hasWaited = processNow - DecidedAt(letter) > TimeSpan.FromMinutes(1);
        if (!arrivals.TryGetValue((letter.To.Address, hasWaited), out var times)) arrivals[(letter.To.Address, hasWaited)] = times = [];
        // By the clocks that decided: two that differ may bring together what is a minute apart.
        times.Add(letter.WrittenAt);
        var atOnce = times.Count(at => (at - letter.WrittenAt).Duration() <= TimeSpan.FromSeconds(30));
        Holds(atOnce <= Pipeline.Summaries.MostAtOnce || now < CalmFrom.AddHours(12), $"A storm: {atOnce} letters at once.");
    }

    /// <summary>What an act that was answered "done" must have left behind.</summary>
    /// <param name="typed">A word that the act left on the task.</param>
    public void Acted(Act act, CallBackTask after, DateTimeOffset processNow, string typed)
    {
        Read(processNow);
        if (act is Close && after.Customer is { } customer && after.ErasedAt is null) forgotten.Keeps(customer, typed);
        if (act is not NoAnswer) return;
        var kind = after.IsOpen ? LetterKind.Tried : LetterKind.GaveUp;
        var told = after.Contact is { Email: not null } && (after.Contact.Phone is not null || !after.IsOpen) && !quiet.ContainsKey(after.Id);
        Holds(!told || letters.Values.Any(entry => entry.Letter.Kind == kind && entry.Letter.Task == after.Id && entry.Letter.WrittenAt == processNow), "An attempt was recorded and the customer is not told.");
        Holds(after.IsOpen == after.AttemptsNow.Count < NextCall.MostAttempts, "The attempts do not end when they should.");
    }

    /// <summary>What a customer's act that was answered "done" must have left behind.</summary>
    public void Heard(CustomerAct act, CallBackTask before, CallBackTask after, DateTimeOffset processNow)
    {
        Read(processNow);
        var stored = letters.Values.Where(entry => entry.Letter.Task == after.Id && entry.Letter.WrittenAt == processNow).ToList();
        switch (act)
        {
            case NobodyCalled:
                var chief = business!.People.First(person => person.Role == PersonRole.Owner);
                Holds(before.EarlierPromises.Append(before.Promise).Any(promise => promise.By < processNow), "Nobody called, it was said, and no time had passed.");
                Holds(after.IsOpen && after.Owner == chief.Id && after.Priority == Priority.Critical, "Nobody called, and it is not the business owner's matter.");
                Holds(stored.Any(entry => entry.Letter.Kind == LetterKind.Alert && (entry.Letter.To.Address == chief.Email || Reader.MustWait(chief, Place(entry.Letter).Zone, processNow) is not null)), "Nobody called, and the business owner is not told.");
                Holds(after.Promise is { State: PromiseState.Pending, WasTold: true } && after.Promise.By >= processNow, "Nobody called, and no new time is told.");
                break;
            case SaySolved { Solved: false } when after.IsOpen:
                Holds(after.Promise is { State: PromiseState.Pending, WasTold: true } && after.Promise.MadeAt == processNow && after.Priority <= before.Priority, "It is not solved, and there is no new promise.");
                Holds(stored.Any(entry => entry.Letter.Kind == LetterKind.Alert), "It is not solved, and nobody is told.");
                break;
            case SaySolved { Solved: true }:
                Holds(!after.IsOpen && after.CheckBacks[^1].Solved == true, "It is solved, and that is not kept.");
                break;
            case CallAt callAt:
                Holds(after.Promise is { State: PromiseState.Pending, WasTold: true } && after.Promise.By == callAt.By && stored.Any(entry => entry.Letter.Kind == LetterKind.Wish), "The time that was chosen is not promised.");
                break;
            case NoNeedToCall:
                Holds(after.Promise.State != PromiseState.Pending && after.IsOpen, "No call is wanted, and one is promised.");
                quiet[after.Id] = after.Promise.MadeAt;
                break;
        }
    }

    /// <summary>Letters that a living process carried itself while mail worked: they left at once or were tried by a way that does not work, or they wait for the end of a rest or of quiet hours.</summary>
    public void Told(IReadOnlyList<LetterId> ids, DateTimeOffset processNow)
    {
        Read(processNow);
        foreach (var (entry, place) in ids.Select(id => (letters[id], Place(letters[id].Letter))))
        {
            var isQuiet = place.Find(entry.Letter.To.Address) is { } reader && Reader.QuietEnd(reader, place.Zone, processNow) <= entry.Letter.MayWaitUntil;
            var wasTried = entry.Letter.Brief is not null && outside.Attempts.Exists(attempt => attempt.Entry.Letter.Id == entry.Letter.Id);
            Holds(entry.State == LetterState.Sent || isQuiet || wasTried || LetterUse.WaitsUntil(entry.Letter.Kind, place, processNow) is not null, $"A letter ({entry.Letter.Kind}) that should leave at once is {entry.State}.");
        }
    }

    /// <summary>A customer was told that everything is being erased.</summary>
    public void Erases(CustomerId customer) => forgotten.Asked(customer, truth.GetUtcNow());

    /// <summary>At the end of a history, when nothing disturbs any more: nothing was forgotten.</summary>
    public void AtRest(DateTimeOffset now)
    {
        foreach (var entry in letters.Values.Where(entry => !entry.IsFinished)) Holds(entry.DueAt > now - TimeSpan.FromHours(7), $"A letter ({entry.Letter.Kind}) was forgotten in the outbox.");
        foreach (var watched in tasks.Values.Where(watched => watched.Task.Ladder.NextAt is not null)) Holds(watched.Task.Ladder.NextAt > now - TimeSpan.FromMinutes(10), "A step was forgotten.");
        forgotten.AtRest(now);
        told.AtRest(now, business!);
        shown.AtRest();
    }

    private static IEnumerable<Promise> Promises(CallBackTask task) => task.IsDrill ? [] : task.EarlierPromises.Append(task.Promise);

    private int Count(LedgerMark mark) => ledger.Values.Count(line => line.Mark == mark);

    private Business Place(Letter letter) => business!.At(letter.Task is { } id && tasks.TryGetValue(id, out var watched) ? watched.Task.Branch : null);

    private void Written(Letter letter)
    {
        if (letter.Kind == LetterKind.Digest) digests.Look(letter, business!);
        else if (letter.Task is { } id && tasks.TryGetValue(id, out var about)) WhoHears.Look(letter, about.Task, Place(letter), written.Where(other => other.Kind == LetterKind.Summary || other.Task == id));
    }

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
            if (kind != "task") return;
            if (row is not null) Changed(RowFormat.Read<CallBackTask>(row), processNow);
            else Holds(tasks.Remove(new TaskId(key["task-".Length..]), out var removed) && removed!.Task.IsDrill, "A task was removed.");
            return;
        }

        switch (kind)
        {
            case "settings":
                (business, settingsChanged) = (RowFormat.Read<Business>(row!), true);
                break;
            case "feedback":
                if (row is null) Holds(drilled.Contains(new FeedbackId(key.Split('-')[^1])), "A feedback was removed.");
                else Said(RowFormat.Read<ReadFeedback>(row));
                break;
            case "letter":
                if (row is null)
                {
                    Holds(letters.Remove(new LetterId(key.Split('-')[^1]), out var gone) && gone!.Letter.IsDrill, "A letter was removed.");
                    reached.Removed(gone!.Letter.Id);
                    break;
                }

                var entry = RowFormat.Read<OutboxEntry>(row);
                if (!letters.ContainsKey(entry.Letter.Id)) written.Add(entry.Letter);
                letters[entry.Letter.Id] = entry;
                if (entry.Letter.Kind == LetterKind.Event) told.Wrote(entry);
                if (entry.Letter.Kind == LetterKind.Reply) shown.Changed(entry);
                reached.Changed(entry);
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
            case "customer":
                forgotten.Changed(RowFormat.Read<CustomerLine>(row!));
                break;
            case "drill":
                forgotten.Changed(RowFormat.Read<Drill>(row!));
                break;
            case "tally":
                tally = RowFormat.Read<PromiseTally>(row!);
                break;
        }
    }

    private void Said(ReadFeedback read)
    {
        if (feedbacks.Add(read.Feedback.Id) && read.Feedback.Origin != Origin.Drill) told.Said(read.Feedback, business!);
        if (read.Feedback.ErasedAt is not null) return;
        if (read.Feedback.Origin == Origin.Drill) drilled.Add(read.Feedback.Id);
        if (read.Feedback.Customer is { } customer) forgotten.Keeps(customer, read.Feedback);
        // A changed review may find its matter closed.
        if (read.Feedback.Text?.Split(' ').FirstOrDefault(word => word.StartsWith(ReviewWord, StringComparison.Ordinal)) is { } review && !reviews.Add(review)) return;
        var threatens = read.Reading.Signals.Any(signal => signal.Kind is SignalKind.Leave or SignalKind.Legal);
        if (threatens || read.Feedback.WantsCall || read.Feedback.Rating is { IsLow: true }) risks.Add(read.Feedback.Id);
    }

    private void Changed(CallBackTask after, DateTimeOffset processNow)
    {
        var before = tasks.GetValueOrDefault(after.Id)?.Task;
        var place = business!.At(after.Branch);
        if (!after.IsDrill) told.Changed(before, after, business!);
        Belongs(after);
        // It may have been stored by a process that did not live to answer.
        if (after.WantsNoCall && before is not { WantsNoCall: true }) quiet[after.Id] = after.Promise.MadeAt;
        if (quiet.TryGetValue(after.Id, out var let) && let != after.Promise.MadeAt) quiet.Remove(after.Id);
        if (quiet.ContainsKey(after.Id)) Holds(before is null || after.Ladder.Done.Count == before.Ladder.Done.Count, "A step was taken for a call that nobody wants.");
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

    /// <summary>An id of a letter begins with the moment at which it was made, and stays when the letter is written again.</summary>
    private static DateTimeOffset DecidedAt(Letter letter) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(letter.Id.Value[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

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
        var attempts = task.Attempts.Where(attempt => attempt.At >= promise.MadeAt - (2 * History.LargestSkew) && attempt.At < promise.BreaksAt).Select(attempt => attempt.At).ToList();
        Holds(
            promise.State switch
            {
                PromiseState.Kept => promise.SettledAt <= promise.By && attempts.Contains(promise.SettledAt!.Value),
                PromiseState.Late => promise.SettledAt > promise.By && promise.SettledAt < promise.BreaksAt && attempts.Contains(promise.SettledAt!.Value),
                PromiseState.Broken when promise.SettledAt < promise.BreaksAt => promise.SettledAt > promise.By && !attempts.Any(at => at >= promise.MadeAt + (2 * History.LargestSkew) && at < promise.SettledAt),
                PromiseState.Broken => promise.SettledAt == promise.BreaksAt && truth.GetUtcNow() + History.LargestSkew >= promise.BreaksAt && !attempts.Any(at => at >= promise.MadeAt + (2 * History.LargestSkew)),
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
        var grace = slow.Contains(task.Id) ? Recovers : Grace;
        if (now < CalmFrom || now < watched.Since + grace || promise.State is PromiseState.Kept or PromiseState.Late) return;
        var pending = promise.State == PromiseState.Pending;
        Holds(!pending || now <= promise.BreaksAt + grace, "A promise is pending after the end of the next working day.");
        if (!task.IsOpen || task.ErasedAt is not null || quiet.ContainsKey(task.Id) || promise.State == PromiseState.Released) return;
        Holds(now <= promise.By + grace || task.Ladder.Done.Contains(LadderStep.Overdue), $"A deadline ({promise.By:O}) passed without an escalation: {task.Id}, {task.State}, {string.Join(", ", task.Ladder.Done)}, next {task.Ladder.NextAt:O}, now {now:O}.");
        if (!pending || now > promise.By) return;
        Holds(now <= watched.HalfAt + grace || task.State == TaskState.Claimed || task.Ladder.Done.Count > 0, $"Half of the time passed without a reminder: {task.Id}, {task.State}, {promise.MadeAt:O} to {promise.By:O}, half at {watched.HalfAt:O}, next {task.Ladder.NextAt:O}, now {now:O}.");
        Holds(now <= watched.LateAt + grace || task.Ladder.Done.Contains(LadderStep.Late), "Four fifths of the time passed without a reminder.");
        Holds(DutyRoster.MayOwn(business!.At(task.Branch), business.At(task.Branch).Find(task.Owner)!, promise.By, now), "A task's owner is away at its deadline.");
    }

    private static bool IsToCustomer(LetterKind kind) => kind is LetterKind.Apology or LetterKind.Acknowledgement or LetterKind.Tried or LetterKind.GaveUp or LetterKind.CheckBack;

    private static void Holds(bool holds, string what)
    {
        if (!holds) throw new BrokenInvariantException(what);
    }
}
