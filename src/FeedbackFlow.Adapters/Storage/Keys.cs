using System.Globalization;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>
/// Row keys, with their reasons. A business is one partition, so that everything that changes together is one batch (design 4.4). A key is a kind, then what
/// the list it stands in is sorted by. Times are ticks in 19 digits: ascending where the nearest deadline comes first, complemented where the newest does.
/// </summary>
internal static class Keys
{
    /// <summary>Lists the businesses. Slugs have no underscore, so it cannot be one, like the other partitions that belong to none.</summary>
    public const string BusinessList = "_businesses";

    /// <summary>Who may sign in where, by the hash of an address: sign-in asks for nothing but the address.</summary>
    public const string PeopleList = "_people";

    /// <summary>What signs cookies and forms: every server of a deployment reads them at its start.</summary>
    public const string CookieKeys = "_keys";

    public const string Settings = "settings";

    /// <summary>One small row for the counts, changed only when a promise settles.</summary>
    public const string Tally = "tally";

    public static string Summary(PersonId person) => "summary-" + person;

    public static string Digest(PersonId person) => "digest-" + person;

    /// <summary>Second readings that are still to come: a handful while an analyser is away, so the moment stands inside.</summary>
    public static string Late(FeedbackId id) => "late-" + id;

    /// <summary>The ledger, latest time told first; a dispute stands before the end of a promise, the end before its telling.</summary>
    public static string Ledger(LedgerLine line) =>
        $"ledger-{Descending(line.By)}-{line.Task}-{Ascending(line.MadeAt)}-{line.Mark switch { LedgerMark.Disputed => 0, LedgerMark.Told => 2, _ => 1 }}";

    public static string Workplace(string email, string business) => $"{SubmissionKey.Sha256(email)}-{business}";

    public static string Feedback(FeedbackId id) => "feedback-" + NewestFirst(id.Value);

    /// <summary>A customer's feedback, newest first; points at the feedback.</summary>
    public static string History(CustomerId customer, FeedbackId id) => $"history-{customer}-{NewestFirst(id.Value)}";

    public static string Customer(CustomerId id) => "customer-" + id;

    public static string Contact(string hash) => "contact-" + hash;

    /// <summary>Jobs by the hash of a contact, so that erasing a customer finds those nobody gave feedback on.</summary>
    public static string JobOf(string hash, JobId id) => $"jobof-{hash}-{id}";

    /// <summary>Letters by the task they are about, newest first.</summary>
    public static string About(TaskId task, LetterId id) => $"about-{task}-{NewestFirst(id.Value)}";

    /// <summary>Customers whose erasing is not done.</summary>
    public static string Erasing(CustomerId id) => "erasing-" + id;

    public const string Drill = "drill";

    public const string Rota = "rota";

    /// <summary>Directly after the contact of the same hash, so that one look brings both.</summary>
    public static string Apology(string hash) => Contact(hash) + "-apology";

    public static string Job(JobId id) => "job-" + id;

    public static string Task(TaskId id) => "task-" + id;

    /// <summary>Open tasks by deadline: the board. Carries the task itself, so that a page of the board is one range read.</summary>
    public static string Open(CallBackTask task) => $"open-{Ascending(task.Promise.By)}-{task.Id}";

    /// <summary>Closed tasks, last closed first.</summary>
    public static string Closed(CallBackTask task) => $"closed-{Descending(task.Closing!.At)}-{task.Id}";

    /// <summary>Tasks by their next step: what the sweep compares with the clock.</summary>
    public static string Step(DateTimeOffset at, TaskId id) => $"step-{Ascending(at)}-{id}";

    /// <summary>A task's timeline, newest first; the commit's id keeps two acts of one moment apart.</summary>
    public static string Event(TaskId task, DateTimeOffset at, string commitId, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"event-{task}-{Descending(at)}-{99 - index:D2}-{commitId}");

    /// <summary>Newest first: the mailbox shows them so.</summary>
    public static string Letter(LetterId id) => "letter-" + NewestFirst(id.Value);

    /// <summary>Unsent letters by the moment they are due.</summary>
    public static string Due(DateTimeOffset at, LetterId id) => $"due-{Ascending(at)}-{id}";

    /// <summary>Events by the listener they are for, newest first; points at the letter.</summary>
    public static string Posted(string listener, LetterId id) => $"posted-{listener}_{NewestFirst(id.Value)}";

    public static string Aside(LetterId id) => "aside-" + NewestFirst(id.Value);

    public static string Link(string hash) => "link-" + hash;

    public static string Answer(string hash) => "answer-" + hash;

    public static string Latency(DateTimeOffset at, LetterId id) => $"latency-{Descending(at)}-{id}";

    /// <summary>What came to a source, newest first.</summary>
    public static string Receipt(string source, ReceiptId id) => $"receipt-{source}_{NewestFirst(id.Value)}";

    public static string Review(string hash) => "review-" + hash;

    public static string Pending(string hash) => "pending-" + hash;

    /// <summary>A review that is not read, last noticed first.</summary>
    public static string Unread(PendingReview review) => $"unread-{review.Source}_{Descending(review.NoticedAt)}-{review.Hash}";

    /// <summary>Reviews to be fetched by the moment they are due.</summary>
    public static string Fetch(DateTimeOffset at, string hash) => $"fetch-{Ascending(at)}-{hash}";

    /// <summary>What may be removed, by when: points at a row.</summary>
    public static string Expiry(DateTimeOffset until, string key) => $"expiry-{Ascending(until)}-{key}";

    /// <summary>All keys that begin with the prefix: up to the next character after its hyphen.</summary>
    public static (string From, string To) Range(string prefix) => (prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    public static string Ascending(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static string Descending(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The first 48 bits of an id are its milliseconds (RFC 9562): their complement turns the order round.</summary>
    private static string NewestFirst(string id)
    {
        var time = long.Parse(id.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"{0xFFFF_FFFF_FFFF - time:x12}-{id}";
    }
}
