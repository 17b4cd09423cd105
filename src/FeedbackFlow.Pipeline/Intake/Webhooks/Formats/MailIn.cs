using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Intake.Webhooks.Mail;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// A mail as its server has it (<c>message/rfc822</c>): whoever can pipe a message to a program can send complaints here. Robots are not answered and
/// not read: automatic replies, reports of mail servers, mailing lists, and our own letters that came back (RFC 3834).
/// </summary>
public sealed partial class MailIn : WebhookFormat
{
    public const string MediaType = "message/rfc822";
    private const string Automatic = "automatic";

    public override string Name => "mail";

    public override string Brand => "E-mail";

    public override Proof Proof { get; } = new TokenProof();

    public override Channel Channel => Channel.Mail;

    public override Parsed Read(Arrival arrival, Source source)
    {
        if (arrival.ContentType != MediaType) return Parsed.No(RefusalReason.UnsupportedContentType, "Send the message as it is, with Content-Type: message/rfc822.");
        if (MailEntity.Read(arrival.Body) is not { HasFields: true } message || message.Field("From") is null && message.Field("Subject") is null)
            return Parsed.No(RefusalReason.NotAMessage, "The body is no mail message: it must begin with header fields such as From and Subject.");
        var key = message.Field("Message-ID") is { Length: > 2 and <= 500 } id ? id : "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(arrival.Body.Span));
        if (IsAutomatic(message)) return Parsed.Of(new Heard(HeardKind.OtherType, key, Automatic));

        var said = new Gathered();
        var subject = PlainText.OneLine(MailDecoding.Header(message.Field("Subject")));
        if (!IsReply(subject)) said.Say(subject);
        said.Say(MailText.Of(message));
        var (name, address) = Sender(MailDecoding.Header(message.Field("Reply-To") ?? message.Field("From")));
        said.Name(name);
        said.Email(address);
        return Parsed.Of(new Heard(said.SaysSomething ? HeardKind.Said : HeardKind.NothingSaid, key, "mail")
        {
            Submission = said.SaysSomething ? said.ToSubmission(Channel) : null,
            Details = said.Details,
            OccurredAt = JsonReading.TimeOf(message.Field("Date")?.Split('(')[0].Trim()),
        });
    }

    public override Sample Sample(string id, DateTimeOffset now) => new(MediaType, string.Join("\r\n",
        "From: =?UTF-8?B?15PXoNeUINec15XXmQ==?= <dana@example.com>", "To: service@example.com", "Subject: =?UTF-8?B?15zXkCDXl9eW16jXlSDXkNec15nXmQ==?=", $"Message-ID: <{id}@example.com>", "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8", "", "שבוע אני מחכה ואף אחד לא חזר אליי.", ""));

    private static bool IsAutomatic(MailEntity message)
    {
        if (message.Field("Auto-Submitted") is { } submitted && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase)) return true;
        if (message.Field("Precedence")?.Trim().ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply") return true;
        if (message.Field("X-Autoreply") is not null || message.Field("X-Autorespond") is not null || message.Field("List-Id") is not null) return true;
        if (AutomaticSubject().IsMatch(MailDecoding.Header(message.Field("Subject")))) return true;
        if (message.MediaType == "multipart/report" || message.Field("Return-Path")?.Trim() == "<>") return true;
        var from = Sender(message.Field("From") ?? "").Address ?? "";
        return from.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase) || from.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase);
    }

    // Of programs that answer for somebody who is away without the header that says so.
    [GeneratedRegex(@"^\s*(automatic reply|auto(matic)?[ -]?response|out of office|תשובה אוטומטית|מענה אוטומטי|הודעה אוטומטית)( ?:| ?-|$)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex AutomaticSubject();

    private static bool IsReply(string subject) =>
        subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("תגובה:", StringComparison.Ordinal) || subject.StartsWith("השב:", StringComparison.Ordinal);

    /// <summary><c>Dana Levi &lt;dana@example.com&gt;</c> or the bare address; of several the first.</summary>
    private static (string? Name, string? Address) Sender(string field)
    {
        var (open, close) = (field.IndexOf('<', StringComparison.Ordinal), field.IndexOf('>', StringComparison.Ordinal));
        if (open < 0 || close < open) return (null, EmailAddress.Normalise(field.Split(',')[0]));
        var name = field[..open].Trim().Trim('"').Trim();
        return (name.Length == 0 ? null : name, EmailAddress.Normalise(field[(open + 1)..close]));
    }
}
