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
    : LetterDraft(Id, Business, To, At);

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

/// <summary>A sign-in link that the person asked for; it works once, for 15 minutes.</summary>
public sealed record SignInDraft(LetterId Id, Business Business, Recipient To, DateTimeOffset At, Uri Link)
    : LetterDraft(Id, Business, To, At);
