using System.Net;
using System.Net.Mail;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels;

/// <param name="Host">Mail server; null means that letters go to the folder.</param>
/// <param name="From">The sender's address at our own domain.</param>
/// <param name="StartTls">Refuses servers without STARTTLS when true; only a server on this machine should go without.</param>
public sealed record SmtpSettings(string Host, int Port, string From, string? User, string? Password, bool StartTls);

/// <summary>
/// Letters by SMTP. At least once: a crash between the server's acceptance and our mark repeats the same Message-ID, which mail stores show
/// once (RFC 5322, 3.6.4), and never makes a second letter.
/// </summary>
public sealed class SmtpChannel(SmtpSettings settings) : ILetterChannel
{
    private readonly MailAddress sender = new(settings.From);

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken ct)
    {
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (settings.User is not null) client.Credentials = new NetworkCredential(settings.User, settings.Password);
        using var message = MailMessages.From(letter, sender);
        try
        {
            await client.SendMailAsync(message, ct);
            return Delivery.Sent;
        }
        catch (SmtpException failure) when (!ct.IsCancellationRequested)
        {
            return new(IsFinal(failure.StatusCode) ? DeliveryKind.Refused : DeliveryKind.TryAgain, $"SMTP {(int)failure.StatusCode} {failure.StatusCode}");
        }
    }

    /// <summary>Only what the server says about this letter is final (RFC 5321, 4.2.1: 5yz); trouble with the connection or a full mailbox passes.</summary>
    private static bool IsFinal(SmtpStatusCode status) =>
        status is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath
            or SmtpStatusCode.TransactionFailed;
}
