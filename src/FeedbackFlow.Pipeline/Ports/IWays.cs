using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Ports;

/// <summary>Tells a person something by a way other than mail: chats, push messages, SMS, WhatsApp.</summary>
public interface IWays
{
    /// <summary>Whether this way can be used here; SMS and WhatsApp need an account in the settings.</summary>
    bool Has(WayKind kind);

    /// <summary>
    /// Hands the letter's brief over once, or says why not. "Sent" means that the other side took it, not that anybody saw it. Once in effect where the other side can tell (ntfy by
    /// its sequence id, SMS and WhatsApp by a look-up when <paramref name="begun"/>); Teams and Slack cannot, so there a process that dies between hand-over and mark repeats the
    /// message with the same links, and never makes another letter of it.
    /// </summary>
    /// <param name="begun">A send was begun before, and what came of it may not be known.</param>
    Task<Delivery> SendAsync(Way way, Letter letter, bool begun, CancellationToken ct);
}

/// <summary>A provider of SMS and WhatsApp messages.</summary>
public interface ITextMessages
{
    bool Has(WayKind kind);

    /// <param name="message">Of any length; whoever sends it cuts it.</param>
    /// <param name="begun">The provider is asked first whether it has the message already.</param>
    Task<Delivery> SendAsync(TextMessage message, bool begun, CancellationToken ct);
}

/// <param name="By"><see cref="WayKind.Sms"/> or <see cref="WayKind.WhatsApp"/>.</param>
/// <param name="To">E.164.</param>
/// <param name="Title">Who, what and by when.</param>
/// <param name="Detail">More of it, in one line; SMS leaves it out.</param>
/// <param name="Link">The first of its <see cref="Brief.Links"/>, which no other letter has: by it the provider is asked whether it has the message.</param>
/// <param name="Kind">What shares the provider's quota by it.</param>
public sealed record TextMessage(WayKind By, string To, string Title, string Detail, Uri Link, LetterKind Kind);
