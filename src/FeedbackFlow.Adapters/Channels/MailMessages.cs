using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>A letter as a MIME message: plain part first, then HTML (RFC 2046, 5.1.4: the last alternative is the preferred one).</summary>
internal static class MailMessages
{
    /// <param name="sender">The address of our own domain that all letters come from; the business's name stands before it.</param>
    public static MailMessage From(Letter letter, MailAddress sender)
    {
        var message = new MailMessage
        {
            From = new MailAddress(sender.Address, letter.FromName, Encoding.UTF8),
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(letter.To.Address, letter.To.Name, Encoding.UTF8));
        if (letter.ReplyTo is { } replyTo) message.ReplyToList.Add(new MailAddress(replyTo, letter.FromName, Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{letter.Id}@{sender.Host}>");
        message.Headers.Add("Date", letter.WrittenAt.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(letter.WrittenAt));
        message.Headers.Add("Content-Language", letter.To.Language);
        // RFC 3834, 5: automatic mail says so, and no robot answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.AlternateViews.Add(Part(letter.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(letter.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView Part(string content, string mediaType)
    {
        var part = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, mediaType);
        part.TransferEncoding = TransferEncoding.Base64;
        return part;
    }

    private static string Offset(DateTimeOffset at) => (at.Offset < TimeSpan.Zero ? "-" : "+") + at.Offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
