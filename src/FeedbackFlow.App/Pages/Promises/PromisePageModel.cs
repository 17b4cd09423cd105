using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Promises;

/// <summary>What the customer's page posts, below the page's own address.</summary>
public static class PromiseActions
{
    public const string NobodyCalled = "nobody-called";
    public const string CallAt = "another-time";
    public const string Write = "write";
    public const string NoCall = "no-call";
    public const string Solved = "solved";
    public const string NotSolved = "not-solved";
    public const string Erase = "erase";
}

/// <summary>Names of the fields.</summary>
public static class PromiseFields
{
    public const string Window = "window";
    public const string Way = "way";
}

/// <summary>How the matter stands, as the customer is told.</summary>
public enum MatterState
{
    /// <summary>The time told still runs.</summary>
    Waiting,

    /// <summary>Somebody tried and nobody answered; the next time runs.</summary>
    Tried,

    /// <summary>The time told has passed and no attempt is recorded.</summary>
    Overdue,

    /// <summary>The customer wants no call; a person still has it.</summary>
    LetOff,
    Closed,

    /// <summary>Erasing has begun: a few letters that are on their way may hold it up for a moment.</summary>
    Erasing,
    Erased,
}

/// <param name="Text">Null where there were no words.</param>
public sealed record OwnWords(DateTimeOffset At, string? Text);

/// <summary>What can be done now.</summary>
/// <param name="Ways">Written ways for which there is an address and that are not chosen already.</param>
/// <param name="AsksSolved">The matter is closed: was it solved?</param>
/// <param name="Answer">What the customer said to that; null while nothing was said.</param>
public sealed record PromiseOffers(bool NobodyCalled, IReadOnlyList<CallWindow> Windows, IReadOnlyList<WrittenBy> Ways, bool NoCall, bool AsksSolved, bool? Answer, bool Erase)
{
    public static PromiseOffers Nothing { get; } = new(false, [], [], false, false, null, false);
}

/// <param name="Url">The page's address without a query; forms post to it followed by a slash and one of <see cref="PromiseActions"/>.</param>
/// <param name="Query">Keeps the language: empty, or a question mark with it.</param>
/// <param name="Promise">Null when no time runs or has just passed.</param>
/// <param name="NotBefore">The beginning of the window that was chosen; null for as soon as possible.</param>
/// <param name="WrittenBy">How the customer asked to be answered in writing; null for a call.</param>
/// <param name="Said">Own words, newest first; empty where who wrote is not surely known.</param>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="Notice">What the last act did, in words; null on a plain visit.</param>
public sealed record PromisePageModel(
    PageFrame Frame,
    string Url,
    string Query,
    MatterState State,
    PromiseShown? Promise,
    DateTimeOffset? NotBefore,
    WrittenBy? WrittenBy,
    IReadOnlyList<OwnWords> Said,
    DateTimeOffset? ClosedAt,
    PromiseOffers Offers,
    string? Notice,
    IReadOnlyList<FieldError> Errors,
    string? BusinessPhone,
    string? BusinessEmail,
    string Zone,
    DateTimeOffset Now);

/// <summary>Before anything is erased: what goes and what stays.</summary>
/// <param name="Action">Where the button posts.</param>
/// <param name="BackUrl">The page without erasing.</param>
public sealed record ErasePageModel(PageFrame Frame, string Action, string BackUrl);
