using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>Complaints as they come by mail, written by many programs.</summary>
public class MailInTests
{
    private const string Hebrew = "שבוע אני מחכה ואף אחד לא חזר אליי";

    private static Encoding Windows1255 => CodePagesEncodingProvider.Instance.GetEncoding(1255)!;

    private static Encoding Iso8859_8 => CodePagesEncodingProvider.Instance.GetEncoding(28598)!;

    [Theory]
    [InlineData("utf-8", "8bit")]
    [InlineData("utf-8", "base64")]
    [InlineData("utf-8", "quoted-printable")]
    [InlineData("windows-1255", "8bit")]
    [InlineData("windows-1255", "base64")]
    [InlineData("windows-1255", "quoted-printable")]
    [InlineData("ISO-8859-8-I", "8bit")]
    [InlineData("iso-8859-8-i", "base64")]
    [InlineData("\"iso-8859-8\"", "quoted-printable")]
    public void Hebrew_is_read_in_every_charset_and_encoding(string charset, string encoding)
    {
        var bytes = (charset.Contains("utf", StringComparison.Ordinal) ? Encoding.UTF8 : charset.Contains("1255", StringComparison.Ordinal) ? Windows1255 : Iso8859_8).GetBytes(Hebrew);
        var body = encoding switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)),
            "quoted-printable" => Encoding.ASCII.GetBytes(string.Concat(bytes.Select(b => "=" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))).Insert(30, "=\r\n")),
            _ => bytes,
        };
        byte[] mail = [.. Encoding.ASCII.GetBytes($"From: dana@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"), .. body];
        Assert.Equal(Hebrew, One(mail).Submission!.Text);
    }

    [Theory]
    [InlineData("=?UTF-8?B?15PXoNeU?= =?UTF-8?B?INec15XXmQ==?= <dana@example.com>", "דנה לוי")]
    [InlineData("=?windows-1255?Q?=E3=F0=E4_=EC=E5=E9?= <dana@example.com>", "דנה לוי")]
    [InlineData("=?iso-8859-8-i?B?4/Dk?= <dana@example.com>", "דנה")]
    [InlineData("\"Levi, Dana\" <Dana@Example.com>", "Levi, Dana")]
    [InlineData("dana@example.com", null)]
    public void The_sender_is_known_by_name_and_address(string from, string? name)
    {
        var said = One($"From: {from}\r\n\r\n{Hebrew}").Submission!;
        Assert.Equal((name, "dana@example.com", "mail"), (said.Name, said.Email, said.Channel));
    }

    [Fact]
    public void The_plain_part_wins_over_HTML_and_files_are_passed_over()
    {
        var heard = One($"""
            From: dana@example.com
            Subject: =?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("תלונה"))}?=
            Message-ID: <1@example.com>
            Content-Type: multipart/mixed; boundary="outer"

            preamble
            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/html; charset=utf-8

            <p>HTML</p>
            --inner
            Content-Type: text/plain; charset=utf-8

            {Hebrew}
            --inner--
            --outer
            Content-Type: text/plain; name="note.txt"
            Content-Disposition: attachment; filename="note.txt"

            attached
            --outer--
            """);
        Assert.Equal("תלונה\n" + Hebrew, heard.Submission!.Text);
        Assert.Equal("<1@example.com>", heard.Key);
    }

    [Fact]
    public void HTML_alone_is_read_without_its_tags_styles_and_quotations()
    {
        var heard = One($"From: dana@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><style>p {{ color: red }}</style></head><body><div dir=\"rtl\">{Hebrew}<br>2 &lt; 3 &amp; &#x5d0;&#1489;</div><blockquote>old words</blockquote></body></html>");
        Assert.Equal(Hebrew + "\n2 < 3 & אב", heard.Submission!.Text);
    }

    [Theory]
    [InlineData("On Mon, 5 Jan 2026 at 10:00, Service <s@example.com> wrote:")]
    [InlineData("בתאריך יום ב׳, 5 בינו׳ 2026 ב-10:00 מאת ‪שירות‬‏ <‪s@example.com‬‏>:‬")]
    [InlineData("-----Original Message-----")]
    [InlineData("-----הודעה מקורית-----")]
    [InlineData("________________________________")]
    [InlineData("From: Service <s@example.com>")]
    [InlineData("מאת: שירות <s@example.com>")]
    [InlineData("-- ")]
    public void What_was_quoted_and_the_signature_are_cut(string begins) => Assert.Equal(Hebrew, One($"From: dana@example.com\r\nSubject: Re: x\r\n\r\n{Hebrew}\r\n\r\n{begins}\r\n> we are sorry\r\nold words").Submission!.Text);

    /// <summary>As Gmail, Outlook, Apple Mail and Samsung write it, in both languages.</summary>
    [Theory]
    [InlineData("On Mon, 5 Jan 2026 at 10:00, North Air Service Department <\r\nservice.department@north.example> wrote:")]
    [InlineData("On Mon, Jan 5, 2026 at 10:00 AM North Air <service@north.example>\r\nwrote:")]
    [InlineData("\u202bבתאריך יום ב׳, 5 בינו׳ 2026 ב-10:00 מאת \u202aשירות הלקוחות של צפון מיזוג\u202c\u200f <\u202a\r\nservice@north.example\u202c\u200f>:\u202c")]
    [InlineData("\u200fב-5 בינו׳ 2026, בשעה 10:00, \u200fשירות <s@n.example> כתב/ה:")]
    [InlineData("*מאת:* שירות <s@n.example>\r\n*נשלח:* יום שני")]
    [InlineData("*From:* Service <s@n.example>\r\n*Sent:* Monday")]
    [InlineData("נשלח מה-iPhone שלי\r\n\r\n\u200fבתאריך 5 בינו׳ 2026, בשעה 10:00, \u200fשירות <s@n.example> כתב/ה:")]
    [InlineData("Sent from my iPhone\r\n\r\n> On 5 Jan 2026, at 10:00, S <s@n.example> wrote:\r\n>")]
    [InlineData("Get Outlook for iOS<https://aka.ms/o0ukef>\r\n________________________________\r\nFrom: S")]
    [InlineData("נשלח מהגלקסי שלי\r\n\r\n-------- הודעה מקורית --------\r\nמאת: s@n.example")]
    public void What_programs_write_around_a_quotation_is_cut(string begins) =>
        Assert.Equal(Hebrew, One($"From: dana@example.com\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{Hebrew}\r\n\r\n{begins}\r\n\r\n> we are sorry\r\n").Submission!.Text);

    [Theory]
    [InlineData("<div dir=\"rtl\">{0}</div><br><div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">\u202bבתאריך 5 בינו׳ מאת S:\u202c<br></div><blockquote>old words</blockquote></div>")]
    [InlineData("<html><body><div dir=\"rtl\">{0}</div><div id=\"appendonsend\"></div><hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\"><font><b>מאת:</b> שירות &lt;s@n.example&gt;<br><b>נשלח:</b> יום שני<br></font></div><div>old words</div></body></html>")]
    [InlineData("<html><body><p class=MsoNormal dir=RTL>{0}<o:p></o:p></p><div><p class=MsoNormal><b>From:</b> Service &lt;s@n.example&gt; <br><b>Sent:</b> Monday</p></div><p>old words</p></body></html>")]
    [InlineData("<html><body dir=\"auto\">{0}<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">נשלח מה-iPhone שלי</div><blockquote type=\"cite\">old words</blockquote></body></html>")]
    [InlineData("<html><body>{0}<div>Sent from my iPhone</div><div><br></div></body></html>")]
    public void In_HTML_it_is_cut_as_well(string html) =>
        Assert.Equal(Hebrew, One($"From: dana@example.com\r\nSubject: Re: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, html, Hebrew)}").Submission!.Text);

    [Theory]
    [InlineData("On Monday I called and nobody answered.\r\nNobody wrote either: I leave.")]
    [InlineData("נשלח מטכנאי אחר ולא ממי שהובטח\r\nמאז אף אחד לא חזר")]
    public void Her_own_words_are_not_taken_for_it(string words) =>
        Assert.Equal(words.ReplaceLineEndings("\n"), One($"From: dana@example.com\r\nSubject: Re: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n").Submission!.Text);

    [Fact]
    public void A_subject_cut_in_the_middle_of_a_letter_is_whole_again()
    {
        var bytes = Encoding.UTF8.GetBytes("תלונה על השירות");
        var (first, second) = (Convert.ToBase64String(bytes[..9]), Convert.ToBase64String(bytes[9..]));
        Assert.Equal("תלונה על השירות\n" + Hebrew, One($"From: dana@example.com\r\nSubject: =?utf-8?B?{first}?=\r\n =?UTF-8?b?{second}?=\r\n\r\n{Hebrew}").Submission!.Text);
    }

    [Fact]
    public void A_header_of_an_old_program_is_read_in_its_charset()
    {
        byte[] mail = [.. "From: "u8, .. Windows1255.GetBytes("דנה"), .. " <dana@example.com>\r\nSubject: "u8, .. Windows1255.GetBytes("תלונה"), .. "\r\nContent-Type: text/plain; charset=windows-1255\r\n\r\n"u8, .. Windows1255.GetBytes(Hebrew)];
        var said = One(mail).Submission!;
        Assert.Equal(("דנה", "תלונה\n" + Hebrew), (said.Name, said.Text));
    }

    [Fact]
    public void A_mail_that_is_all_quotation_keeps_its_words() => Assert.Contains("we waited", One("From: dana@example.com\r\nSubject: Re: x\r\n\r\n> we waited\r\n> a week").Submission!.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("Subject: Automatic reply: your invoice")]
    [InlineData("Subject: תשובה אוטומטית: החשבונית")]
    [InlineData("Precedence: bulk")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("List-Id: <news.example.com>")]
    [InlineData("Return-Path: <>")]
    [InlineData("Content-Type: multipart/report; boundary=x")]
    [InlineData("From: MAILER-DAEMON@mx.example.com")]
    public void Robots_and_loops_are_kept_and_not_read(string field) =>
        Assert.Equal(HeardKind.OtherType, One($"{(field.StartsWith("From", StringComparison.Ordinal) ? "" : "From: dana@example.com\r\n")}{field}\r\n\r\nI am away until Sunday, I leave.").Kind);

    [Fact]
    public void Auto_Submitted_no_is_a_person() => Assert.Equal(HeardKind.Said, One($"From: dana@example.com\r\nAuto-Submitted: no\r\n\r\n{Hebrew}").Kind);

    [Fact]
    public void Parts_within_parts_end_at_a_depth_and_the_words_before_them_are_kept()
    {
        var nested = string.Concat(Enumerable.Range(0, 200).Select(n => $"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n"));
        var heard = One($"From: dana@example.com\r\nSubject: {Hebrew}\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n{nested}");
        Assert.Equal(Hebrew, heard.Submission!.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("\r\n\r\nFrom: late@example.com")]
    public void What_is_no_message_is_refused(string body) => Assert.Equal(RefusalReason.NotAMessage, Read(Encoding.UTF8.GetBytes(body)).Refusal?.Reason);

    [Fact]
    public void Another_content_type_is_refused() =>
        Assert.Equal(RefusalReason.UnsupportedContentType, new MailIn().Read(Deliveries.Arrival("From: a@example.com\r\n\r\nx"), Deliveries.Source("mail")).Refusal?.Reason);

    private static Heard One(string mail) => One(Encoding.UTF8.GetBytes(mail));

    private static Heard One(byte[] mail)
    {
        var (events, refusal) = Read(mail);
        Assert.Null(refusal);
        return Assert.Single(events);
    }

    private static Parsed Read(byte[] mail) => new MailIn().Read(Deliveries.Arrival(mail, ("Content-Type", MailIn.MediaType)), Deliveries.Source("mail"));
}
