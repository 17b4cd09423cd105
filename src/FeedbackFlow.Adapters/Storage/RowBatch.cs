using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>Points at another row.</summary>
internal sealed record Pointer(string Key);

/// <summary>One commit as row changes: each thing with the index rows that list it.</summary>
internal sealed class RowBatch(string commitId)
{
    private static readonly TimeSpan LatenciesKeptFor = TimeSpan.FromDays(30);
    private readonly List<RowChange> changes = [];

    public static IReadOnlyList<RowChange> Of(Commit commit, string commitId)
    {
        var batch = new RowBatch(commitId);
        batch.Add(commit);
        return batch.changes;
    }

    private void Add(Commit commit)
    {
        if (commit.Feedback is { } read) Add(read);
        if (commit.Customer is { } customer) Add(customer);
        if (commit.ErasedFeedback is { } erased) changes.Add(new(RowAction.Put, Keys.Feedback(erased.Feedback.Id), RowFormat.Write(erased), RowFormat.Version));
        if (commit.ErasedFeedback?.Feedback.From is { Receipt: { } receiptId } from) changes.Add(new(RowAction.Remove, Keys.Receipt(from.Source, receiptId)));
        foreach (var contact in commit.RenewedContacts) changes.Add(new(RowAction.Put, Keys.Contact(contact.Hash), RowFormat.Write(contact), RowFormat.Version));
        foreach (var contact in commit.ForgottenContacts) Forget(contact);
        foreach (var hash in commit.JobContacts) Insert(Keys.JobOf(hash, commit.Job!.After.Id), new Pointer(commit.Job.After.Id.Value));
        foreach (var gone in commit.ForgottenJobs) changes.Add(new(RowAction.Remove, Keys.JobOf(gone.Hash, gone.Job)));
        foreach (var contact in commit.NewContacts) Insert(Keys.Contact(contact.Hash), contact);
        if (commit.Apology is { } apology) Add(apology);
        if (commit.Task is { } task) Add(task);
        Add(commit.Task?.After.Id ?? commit.EventsOf, commit.Events);
        foreach (var letter in commit.Letters) Add(letter);
        foreach (var link in commit.Links) Add(link);
        if (commit.Job is { } job) Write(Keys.Job(job.After.Id), job);
        if (commit.Answer is { } answer) Add(answer);
        if (commit.Settings is { } settings) Write(Keys.Settings, settings);
        if (commit.Rota is { } rota) Write(Keys.Rota, rota);
        if (commit.Drill is { } drill) Write(Keys.Drill, drill);
        if (commit.Tally is { } tally) Write(Keys.Tally, tally);
        foreach (var sheet in commit.Summaries) Add(sheet, commit.Task?.After.Id);
        if (commit.Digest is { } digest) Write(Keys.Digest(digest.After.Person), digest);
        foreach (var mentioned in commit.Mentioned)
            foreach (var letter in commit.Letters.Where(letter => letter.Before is null)) About(mentioned, letter.After.Letter.Id);
        if (commit.AsksLate is { } asks) changes.Add(new(RowAction.Put, Keys.Late(asks.Feedback), RowFormat.Write(asks), RowFormat.Version));
        if (commit.AskedLate is { } asked) changes.Add(new(RowAction.Remove, Keys.Late(asked)));
        if (commit.Latency is { } latency) Add(latency);
        foreach (var receipt in commit.Receipts) Add(receipt);
        foreach (var line in commit.Histories) Insert(Keys.History(line.Customer, line.Feedback), new Pointer(Keys.Feedback(line.Feedback)));
        if (commit.Review is { } review) Write(Keys.Review(review.After.Hash), review);
        if (commit.Pending is { } pending) Add(pending);
    }

    private void Add(ReadFeedback read)
    {
        var (feedback, key) = (read.Feedback, Keys.Feedback(read.Feedback.Id));
        Insert(key, read);
        if (feedback.Customer is { } customer) Insert(Keys.History(customer, feedback.Id), new Pointer(key));
    }

    private void Add(Change<CustomerLine> customer)
    {
        var (before, after) = (customer.Before, customer.After);
        Write(Keys.Customer(after.Id), customer);
        var isErasing = after.Erasure is { DoneAt: null };
        Index(before?.Erasure is { DoneAt: null } ? Keys.Erasing(after.Id) : null, isErasing ? Keys.Erasing(after.Id) : null, new Pointer(after.Id.Value));
    }

    private void Forget(ForgottenContact contact)
    {
        changes.Add(new(RowAction.Remove, Keys.Contact(contact.Hash)));
        if (contact.Apology is not { } apology) return;
        changes.Add(new(RowAction.Remove, Keys.Apology(contact.Hash)));
        Expire(apology.At + RecoveryPlanner.ApologyRest, null, Keys.Apology(contact.Hash));
    }

    /// <summary>The letter of a sheet is about every task on it: each is noted when it joins.</summary>
    private void Add(Change<SummarySheet> sheet, TaskId? joining)
    {
        Write(Keys.Summary(sheet.After.Person), sheet);
        if (joining is { } task && sheet.After.Steps.Any(step => step.Task == task)) About(task, sheet.After.Letter);
    }

    private void About(TaskId task, LetterId letter) => changes.Add(new(RowAction.Put, Keys.About(task, letter), RowFormat.Write(new Pointer(letter.Value)), RowFormat.Version));

    private void Add(Change<CallBackTask> task)
    {
        Write(Keys.Task(task.After.Id), task);
        Index(task.Before is { IsOpen: true } ? Keys.Open(task.Before) : null, task.After.IsOpen ? Keys.Open(task.After) : null, task.After);
        Index(task.Before is { IsOpen: false } ? Keys.Closed(task.Before) : null, task.After.IsOpen ? null : Keys.Closed(task.After), task.After);
        Index(StepKey(task.Before), StepKey(task.After), new Pointer(task.After.Id.Value));
        // No verb can forget the ledger, and a line that is there refuses the batch: nothing writes it twice or over.
        foreach (var line in PromiseLedger.Lines(task.Before, task.After)) Insert(Keys.Ledger(line), line);
    }

    private void Add(TaskId? task, IReadOnlyList<TaskEvent> events)
    {
        if (task is not { } id) return;
        for (var i = 0; i < events.Count; i++) Insert(Keys.Event(id, events[i].At, commitId, i), events[i]);
    }

    private void Add(Change<OutboxEntry> letter)
    {
        var (before, after) = (letter.Before, letter.After);
        var id = after.Letter.Id;
        Write(Keys.Letter(id), letter);
        if (before is null && after.Letter.Task is { } task) About(task, id);
        if (before is null && after.Letter.Kind == LetterKind.Event) Insert(Keys.Posted(after.Letter.To.Name, id), new Pointer(Keys.Letter(id)));
        Index(
            before is { IsFinished: false } ? Keys.Due(before.DueAt, id) : null,
            after.IsFinished ? null : Keys.Due(after.DueAt, id),
            new DueLetter(id, after.DueAt, after.Letter.WrittenAt));
        Index(
            before?.State == LetterState.SetAside ? Keys.Aside(id) : null,
            after.State == LetterState.SetAside ? Keys.Aside(id) : null,
            new Pointer(Keys.Letter(id)));
    }

    private void Add(Change<Link> link)
    {
        var key = Keys.Link(link.After.Hash);
        Write(key, link);
        Expire(link.Before?.Until, link.After.Until, key);
    }

    private void Add(Change<StoredAnswer> answer)
    {
        var key = Keys.Answer(answer.After.Hash);
        Write(key, answer);
        Expire(answer.Before?.Until, answer.After.Until, key);
    }

    private void Add(Change<ApologyMark> apology)
    {
        var key = Keys.Apology(apology.After.Hash);
        Write(key, apology);
        Expire(apology.Before?.At + RecoveryPlanner.ApologyRest, apology.After.At + RecoveryPlanner.ApologyRest, key);
    }

    private void Add(AlertLatency latency)
    {
        var key = Keys.Latency(latency.At, latency.Letter);
        Insert(key, latency);
        Expire(null, latency.At + LatenciesKeptFor, key);
    }

    private void Add(Receipt receipt)
    {
        var key = Keys.Receipt(receipt.Source, receipt.Id);
        Insert(key, receipt);
        Expire(null, receipt.At + Receipt.KeptFor, key);
    }

    private void Add(Change<PendingReview> pending)
    {
        var (before, after) = (pending.Before, pending.After);
        Write(Keys.Pending(after.Hash), pending);
        Index(before?.NextAt is { } old ? Keys.Fetch(old, after.Hash) : null, after.NextAt is { } next ? Keys.Fetch(next, after.Hash) : null, after);
        Index(before is { IsDone: false } ? Keys.Unread(before) : null, after.IsDone ? null : Keys.Unread(after), after);
        Expire(before is { IsDone: true } ? before.NoticedAt + Receipt.KeptFor : null, after.IsDone ? after.NoticedAt + Receipt.KeptFor : null, Keys.Pending(after.Hash));
    }

    /// <summary>The index rows under which a task is listed as it is.</summary>
    public static IEnumerable<string> Lists(CallBackTask task)
    {
        yield return task.IsOpen ? Keys.Open(task) : Keys.Closed(task);
        if (StepKey(task) is { } step) yield return step;
    }

    private static string? StepKey(CallBackTask? task) => task?.Ladder.NextAt is { } next ? Keys.Step(next, task.Id) : null;

    private void Insert<T>(string key, T value) => changes.Add(new(RowAction.Insert, key, RowFormat.Write(value), RowFormat.Version));

    private void Write<T>(string key, Change<T> change) where T : class =>
        changes.Add(change.ETag is null
            ? new(RowAction.Insert, key, RowFormat.Write(change.After), RowFormat.Version)
            : new(RowAction.Replace, key, RowFormat.Write(change.After), RowFormat.Version, change.ETag));

    /// <summary>The row a thing is listed under moves with it.</summary>
    private void Index<T>(string? before, string? after, T value)
    {
        if (before is not null && before != after) changes.Add(new(RowAction.Remove, before));
        if (after is not null) changes.Add(new(RowAction.Put, after, RowFormat.Write(value), RowFormat.Version));
    }

    private void Expire(DateTimeOffset? before, DateTimeOffset? after, string key) =>
        Index(before is { } old ? Keys.Expiry(old, key) : null, after is { } until ? Keys.Expiry(until, key) : null, new Pointer(key));
}
