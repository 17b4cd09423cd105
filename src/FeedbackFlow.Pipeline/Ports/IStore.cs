using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>The one way anything is stored. Failures throw <see cref="StoreUnavailableException"/>; a result means it is on disk.</summary>
public interface ICommits
{
    /// <summary>Stores the whole commit or nothing. Once begun it is not cancelled, so that the caller always learns the result.</summary>
    Task<CommitResult> CommitAsync(Commit commit, CancellationToken ct);
}

/// <summary>What the verbs look up, one thing at a time. Null means that there is none; "could not look" throws <see cref="StoreUnavailableException"/>.</summary>
public interface ILookups
{
    Task<Versioned<Business>?> BusinessAsync(string slug, CancellationToken ct);

    /// <summary>Who is known under a contact's hash, and the last first apology to that address, in one look.</summary>
    Task<KnownContact> ContactAsync(string business, string hash, CancellationToken ct);

    Task<Versioned<CustomerLine>?> CustomerAsync(string business, CustomerId id, CancellationToken ct);

    Task<Versioned<CallBackTask>?> TaskAsync(string business, TaskId id, CancellationToken ct);

    Task<ReadFeedback?> FeedbackAsync(string business, FeedbackId id, CancellationToken ct);

    Task<Versioned<Job>?> JobAsync(string business, JobId id, CancellationToken ct);

    Task<Versioned<Link>?> LinkAsync(string business, string hash, CancellationToken ct);

    Task<Versioned<StoredAnswer>?> AnswerAsync(string business, string hash, CancellationToken ct);

    Task<Versioned<OutboxEntry>?> LetterAsync(string business, LetterId id, CancellationToken ct);

    /// <summary>The letters of one commit, at most 100, in one look; those that are not there are left out.</summary>
    Task<IReadOnlyList<Versioned<OutboxEntry>>> LettersAsync(string business, IReadOnlyList<LetterId> ids, CancellationToken ct);

    Task<Versioned<PromiseTally>?> TallyAsync(string business, CancellationToken ct);

    /// <summary>The newest change that open tasks follow; null where there was none.</summary>
    Task<Versioned<RotaChange>?> RotaAsync(string business, CancellationToken ct);

    /// <summary>A public review by <see cref="ReviewLine.HashOf"/>.</summary>
    Task<Versioned<ReviewLine>?> ReviewAsync(string business, string hash, CancellationToken ct);

    /// <summary>A review whose words are still to be fetched.</summary>
    Task<Versioned<PendingReview>?> PendingReviewAsync(string business, string hash, CancellationToken ct);

    /// <summary>The last fire drill.</summary>
    Task<Versioned<Drill>?> DrillAsync(string business, CancellationToken ct);

    /// <summary>Until when a person was told how the business stands; null where nobody ever looked.</summary>
    Task<Versioned<DigestMark>?> DigestAsync(string business, PersonId person, CancellationToken ct);

    /// <summary>What waits to be told to a person in one letter.</summary>
    Task<Versioned<SummarySheet>?> SummaryAsync(string business, PersonId person, CancellationToken ct);
}

/// <summary>A page of a list. <paramref name="Next"/> is opaque and null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>An unsent letter as the outbox lists it.</summary>
public sealed record DueLetter(LetterId Letter, DateTimeOffset DueAt, DateTimeOffset WrittenAt);

/// <summary>Lists that pages and the sweep read; each is a range read with a page size, never a full scan.</summary>
public interface ILists
{
    /// <summary>Every business of this store, by name of its slug.</summary>
    Task<Page<string>> BusinessesAsync(int take, string? next, CancellationToken ct);

    /// <summary>The businesses, at most 100, in which somebody with this e-mail works or worked.</summary>
    Task<IReadOnlyList<string>> WorkplacesAsync(string email, CancellationToken ct);

    /// <summary>Open and claimed tasks, nearest deadline first.</summary>
    Task<Page<CallBackTask>> OpenTasksAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>Closed tasks, last closed first.</summary>
    Task<Page<CallBackTask>> ClosedTasksAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>A task's timeline, newest first.</summary>
    Task<Page<TaskEvent>> TimelineAsync(string business, TaskId task, int take, string? next, CancellationToken ct);

    /// <summary>What was said by anybody, newest first.</summary>
    Task<Page<ReadFeedback>> FeedbacksAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>What a customer said, newest first.</summary>
    Task<Page<ReadFeedback>> FeedbacksOfAsync(string business, CustomerId customer, int take, string? next, CancellationToken ct);

    /// <summary>Letters newest first, sent or not.</summary>
    Task<Page<OutboxEntry>> LettersAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>Events for a listener, newest first, posted or not.</summary>
    Task<Page<OutboxEntry>> PostedAsync(string business, string listener, int take, string? next, CancellationToken ct);

    /// <summary>Letters that were given up, newest first.</summary>
    Task<Page<OutboxEntry>> SetAsideAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>Unsent letters whose next attempt or lease end lies before <paramref name="before"/>, oldest first.</summary>
    Task<Page<DueLetter>> DueLettersAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct);

    /// <summary>Tasks whose next step lies before <paramref name="before"/>, oldest first.</summary>
    Task<Page<TaskId>> DueTasksAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct);

    /// <summary>Letters about a task, sent or not, newest first; a summary belongs to each task on it.</summary>
    Task<Page<LetterId>> LettersOfAsync(string business, TaskId task, int take, string? next, CancellationToken ct);

    /// <summary>Jobs that were opened with the contact of this hash.</summary>
    Task<Page<JobId>> JobsOfAsync(string business, string hash, int take, string? next, CancellationToken ct);

    /// <summary>Customers whose erasing has begun and is not done.</summary>
    Task<Page<CustomerId>> ErasingAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>Latencies of the newest alerts, newest first.</summary>
    Task<Page<AlertLatency>> LatenciesAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>What came to a source, newest first.</summary>
    Task<Page<Receipt>> ReceiptsAsync(string business, string source, int take, string? next, CancellationToken ct);

    /// <summary>Reviews whose words are to be fetched before <paramref name="before"/>, oldest first.</summary>
    Task<Page<PendingReview>> DueReviewsAsync(string business, DateTimeOffset before, int take, string? next, CancellationToken ct);

    /// <summary>Reviews of a source whose words are not here: waiting, or given up; last noticed first.</summary>
    Task<Page<PendingReview>> UnreadReviewsAsync(string business, string source, int take, string? next, CancellationToken ct);

    /// <summary>Feedbacks whose second reading is still to come, in no order that matters.</summary>
    Task<Page<LateReading>> LateReadingsAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>The promise ledger, latest time told first; the lines of one promise follow each other, its end before its telling.</summary>
    Task<Page<LedgerLine>> LedgerAsync(string business, int take, string? next, CancellationToken ct);

    /// <summary>Removes up to <paramref name="take"/> links, answers and latencies whose time is over, and says how many.</summary>
    Task<int> RemoveExpiredAsync(string business, DateTimeOffset now, int take, CancellationToken ct);
}

/// <summary>Where nudges wait for their time.</summary>
public interface INudges
{
    /// <summary>
    /// Makes sure that somebody looks at what the nudge names, at its due moment or soon after. Called before the rows it names are committed:
    /// a nudge without rows is harmless, rows without a nudge are forgotten.
    /// </summary>
    Task EnqueueAsync(Nudge nudge, CancellationToken ct);
}

/// <summary>Hands one letter to the outside.</summary>
public interface ILetterChannel
{
    /// <summary>
    /// Sends the letter, or says why not. The letter's id is its identity outside: a second call with the same id must not have a second effect
    /// where the channel can tell (folder, Communication Services), and repeats the same Message-ID where it cannot (SMTP).
    /// Cancelled before the sender's lease ends.
    /// </summary>
    Task<Delivery> SendAsync(Letter letter, CancellationToken ct);

    /// <summary>The same, for a channel that can tell what became of an earlier attempt or has others behind it.</summary>
    Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct) => SendAsync(letter, ct);
}

/// <param name="Begun">A send was begun before, and what came of it may not be known.</param>
/// <param name="NotVia">Channels through which the letter did not arrive.</param>
public sealed record EarlierAttempts(bool Begun, IReadOnlyList<string> NotVia)
{
    /// <summary>By which of the reader's ways the letter goes; null for mail.</summary>
    public Way? Way { get; init; }

    public static EarlierAttempts None { get; } = new(false, []);
}
