using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>What a letter will say, before it is put into words of the recipient's language.</summary>
public abstract record LetterDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At);

/// <summary>To the customer: what we understood, whose responsibility it is, who calls and by when.</summary>
/// <param name="Quote">Her words to repeat, at most 1,000 characters; null when nobody is known (an open link) or there are none.</param>
/// <param name="TakesBlame">False for legal and safety: the letter acknowledges and promises a call, without taking blame.</param>
/// <param name="ByPhone">True: the owner calls. False: no phone is known, the promise is a written answer.</param>
public sealed record ApologyDraft(
    LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, string? Quote, bool TakesBlame, bool ByPhone)
    : LetterDraft(Id, Business, To, At)
{
    /// <summary>The customer's own page; null where who wrote is not surely known.</summary>
    public Uri? Page { get; init; }
}

/// <summary>To the manager: who, why, what she said, until when, and the taps that act.</summary>
/// <param name="Feedback">The feedback that caused the alert.</param>
/// <param name="Reading">Its reading, whose evidence is marked in the words.</param>
/// <param name="Earlier">Earlier contacts of this customer that had no answer, oldest first.</param>
/// <param name="Joined">True: the customer's open task got worse; false: a new task.</param>
/// <param name="StandsIn">Nobody else is on duty at the deadline: the business owner gets it, and the alert says so.</param>
/// <param name="Links">One-tap addresses by what they do.</param>
/// <param name="TaskPage">The task's page behind the sign-in.</param>
public sealed record AlertDraft(
    LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, Feedback Feedback, Reading Reading,
    IReadOnlyList<DateTimeOffset> Earlier, bool Joined, bool StandsIn, IReadOnlyDictionary<LinkPurpose, Uri> Links, Uri TaskPage)
    : LetterDraft(Id, Business, To, At);

/// <summary>To the owner of a task: 50 % or 80 % of the time is gone.</summary>
public sealed record ReminderDraft(
    LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, Feedback Feedback, Reading Reading,
    LadderStep Step, IReadOnlyDictionary<LinkPurpose, Uri> Links, Uri TaskPage)
    : LetterDraft(Id, Business, To, At);

/// <summary>To backup and business owner: the time told to the customer has passed and nobody called.</summary>
public sealed record EscalationDraft(
    LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, Feedback Feedback, Reading Reading,
    LadderStep Step, IReadOnlyDictionary<LinkPurpose, Uri> Links, Uri TaskPage)
    : LetterDraft(Id, Business, To, At);

/// <summary>To the customer in a time of rest: it arrived, and by when somebody calls. No more than that (the words can wait, the time cannot).</summary>
/// <param name="ByPhone">True: the owner calls. False: no phone is known, the promise is a written answer.</param>
public sealed record AcknowledgementDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, bool ByPhone)
    : LetterDraft(Id, Business, To, At)
{
    /// <summary>The customer's own page; null where who wrote is not surely known.</summary>
    public Uri? Page { get; init; }
}

/// <summary>To the customer: somebody called and nobody answered; the task's promise is the next call.</summary>
/// <param name="Attempts">How often somebody called in this round.</param>
public sealed record TriedDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, int Attempts)
    : LetterDraft(Id, Business, To, At)
{
    /// <summary>The customer's own page; null where who wrote is not surely known.</summary>
    public Uri? Page { get; init; }
}

/// <summary>To the customer after the last attempt: nobody calls again by himself, and this is the way back.</summary>
/// <param name="WayBack">The business's open form.</param>
public sealed record GaveUpDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, int Attempts, Uri WayBack)
    : LetterDraft(Id, Business, To, At);

/// <summary>One line of a <see cref="SummaryDraft"/>.</summary>
public sealed record SummaryLine(CallBackTask Task, LadderStep Step, string Owner, Uri Page);

/// <summary>To a person on duty: the steps that came for many tasks at once, most pressing first.</summary>
/// <param name="Board">The list of open tasks, by <see cref="SiteAddresses.BoardFrom"/>.</param>
public sealed record SummaryDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, IReadOnlyList<SummaryLine> Lines, Uri Board)
    : LetterDraft(Id, Business, To, At);

/// <summary>A sign-in link that the person asked for; it works once, for 15 minutes.</summary>
public sealed record SignInDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, Uri Link)
    : LetterDraft(Id, Business, To, At);

/// <summary>To the owner of a task: what the customer chose. The first reason of the task says it.</summary>
public sealed record WishDraft(
    LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, IReadOnlyDictionary<LinkPurpose, Uri> Links, Uri TaskPage)
    : LetterDraft(Id, Business, To, At);

/// <summary>To the customer some days after closing: did we solve it? Repeats nothing that was written.</summary>
/// <param name="Page">The customer's page, on which the answer is given.</param>
public sealed record CheckBackDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, CallBackTask Task, Person Owner, Uri Page)
    : LetterDraft(Id, Business, To, At);

/// <summary>To a person who works here, when a way is tried out.</summary>
/// <param name="Board">Something to open, by <see cref="SiteAddresses.BoardFrom"/>.</param>
public sealed record TrialDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, WayKind By, Uri Board)
    : LetterDraft(Id, Business, To, At);
