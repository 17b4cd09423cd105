using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Customers;

/// <summary>What a decision needs to know of a customer, in one row that changes with every feedback and every act.</summary>
/// <param name="Contact">The newest name, phone and e-mail.</param>
/// <param name="Waiting">Contacts since somebody last tried to speak with this customer, oldest first, at most 50.</param>
/// <param name="LastScores">Newest first, at most 5.</param>
/// <param name="PerhapsSame">Another customer who gave the same e-mail with another phone. Never merged by itself.</param>
public sealed record CustomerLine(
    CustomerId Id,
    Contact Contact,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    int Feedbacks,
    TaskId? OpenTask,
    IReadOnlyList<DateTimeOffset> Waiting,
    IReadOnlyList<Rating> LastScores,
    CustomerId? PerhapsSame)
{
    /// <summary>The customer asked to be erased; null while that was not asked.</summary>
    public Erasure? Erasure { get; init; }

    private const int MostWaiting = 50;
    private const int MostScores = 5;

    public static CustomerLine New(CustomerId id, Contact contact, DateTimeOffset at) => new(id, contact, at, at, 0, null, [], [], null);

    public CustomerLine AfterFeedback(Feedback feedback, bool expectsAnswer, TaskId? openTask) => this with
    {
        Contact = Contact.After(feedback.Contact, feedback.Origin),
        LastAt = feedback.At,
        Feedbacks = Feedbacks + 1,
        OpenTask = openTask ?? OpenTask,
        Waiting = expectsAnswer ? [.. Waiting.TakeLast(MostWaiting - 1), feedback.At] : Waiting,
        LastScores = feedback.Rating is { } rating ? [rating, .. LastScores.Take(MostScores - 1)] : LastScores,
    };

    /// <summary>Somebody tried to speak with the customer: nothing waits any more.</summary>
    public CustomerLine AfterAttempt() => this with { Waiting = [] };

    /// <param name="lastApologyAt">When the address last got an apology, whoever gave it.</param>
    public History ToHistory(CallBackTask? openTask, DateTimeOffset? lastApologyAt) => new(openTask, Waiting, LastScores, lastApologyAt);
}

/// <summary>How far the erasing of a customer is.</summary>
/// <param name="DoneAt">Null while something may still be left.</param>
public sealed record Erasure(DateTimeOffset AskedAt, DateTimeOffset? DoneAt);
