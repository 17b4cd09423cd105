using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Pages.Development;

/// <param name="Kind">Null where a letter's kind is not known.</param>
public sealed record MailboxItem(string Url, string To, string Subject, LetterKind? Kind, DateTimeOffset At);

/// <param name="Items">Newest first.</param>
public sealed record MailboxModel(PageFrame Frame, IReadOnlyList<MailboxItem> Items, string? NextUrl, string Zone, DateTimeOffset Now);

/// <summary>One letter as it was handed to the folder.</summary>
/// <param name="Headers">Name and value, in the letter's order.</param>
/// <param name="Html">The HTML part; it is shown in a frame in which no script runs; its links open beside it.</param>
public sealed record LetterModel(PageFrame Frame, string Subject, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Html, string Text, string BackUrl);
