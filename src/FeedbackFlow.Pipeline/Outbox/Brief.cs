namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>
/// What a letter to somebody who works here says, for ways that show a few lines: chats, push messages, SMS. Plain text in the reader's language; what a customer typed
/// stands between isolates (U+2068, U+2069), and whoever sends it encodes it for its format and cuts it to its length.
/// </summary>
/// <param name="Title">Who, what and by when, in one line.</param>
/// <param name="Lines">One thought each, the most telling first.</param>
/// <param name="Links">What can be tapped, the one that matters first; at least one. No other letter begins with the same address: one that acts has a token of its own, one to the board the letter's id.</param>
public sealed record Brief(string Title, IReadOnlyList<string> Lines, IReadOnlyList<BriefLink> Links);

public sealed record BriefLink(string Text, Uri Address);
