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

    [Fact]
    public void A_mail_that_is_all_quotation_keeps_its_words() => Assert.Contains("we waited", One("From: dana@example.com\r\nSubject: Re: x\r\n\r\n> we waited\r\n> a week").Submission!.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated")]
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
