using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
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
        if (commit.Customer is { } customer) Write(Keys.Customer(customer.After.Id), customer);
        foreach (var contact in commit.NewContacts) Insert(Keys.Contact(contact.Hash), contact);
        if (commit.Apology is { } apology) Add(apology);
        if (commit.Task is { } task) Add(task);
        Add(commit.Task?.After.Id ?? commit.EventsOf, commit.Events);
        foreach (var letter in commit.Letters) Add(letter);
        foreach (var link in commit.Links) Add(link);
        if (commit.Job is { } job) Write(Keys.Job(job.After.Id), job);
        if (commit.Answer is { } answer) Add(answer);
        if (commit.Settings is { } settings) Write(Keys.Settings, settings);
        if (commit.Tally is { } tally) Write(Keys.Tally, tally);
        if (commit.Latency is { } latency) Add(latency);
    }

    private void Add(ReadFeedback read)
    {
        var (feedback, key) = (read.Feedback, Keys.Feedback(read.Feedback.Id));
        Insert(key, read);
        if (feedback.Customer is { } customer) Insert(Keys.History(customer, feedback.Id), new Pointer(key));
    }

    private void Add(Change<CallBackTask> task)
    {
        Write(Keys.Task(task.After.Id), task);
        Index(task.Before is { IsOpen: true } ? Keys.Open(task.Before) : null, task.After.IsOpen ? Keys.Open(task.After) : null, task.After);
        Index(task.Before is { IsOpen: false } ? Keys.Closed(task.Before) : null, task.After.IsOpen ? null : Keys.Closed(task.After), task.After);
        Index(StepKey(task.Before), StepKey(task.After), new Pointer(task.After.Id.Value));
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
