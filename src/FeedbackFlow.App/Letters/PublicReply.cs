using System.Text;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Letters;

/// <summary>
/// A draft of a public reply to a review, for a person to copy. Everybody reads it: it repeats nothing that was written, names nobody, blames nobody,
/// offers a call and nothing else, and speaks the review's language.
/// </summary>
public static class PublicReply
{
    /// <summary>For platforms whose limit is not known; the tightest of those that are.</summary>
    private const int UsualLimit = 4_096;

    /// <summary>Null for what is no public review.</summary>
    public static string? Draft(Business business, Feedback feedback, Reading reading)
    {
        if (!feedback.IsPublic) return null;
        var words = Words.For(reading.Language is "he" or "en" ? reading.Language : business.Language);
        var lines = new List<string> { words["reply." + Tone(feedback, reading)] };
        if (Tone(feedback, reading) != "thanks") lines.Add(Way(business, words));
        lines.Add(Plain.Name(business.Name));
        return Fitted(string.Join("\n", lines), LimitOf(business, feedback));
    }

    private static string Tone(Feedback feedback, Reading reading)
    {
        // For these even "we are sorry" may be read as taking blame.
        if ((reading.Find(SignalKind.Legal) ?? reading.Find(SignalKind.Safety)) is not null) return "serious";
        if (feedback.Rating is { IsHigh: true } && reading.Sentiment is not (Sentiment.Negative or Sentiment.Mixed)) return "thanks";
        if (feedback.Rating is null && reading.Sentiment == Sentiment.Positive) return "thanks";
        return feedback.Text is null ? "stars" : "sorry";
    }

    private static string Way(Business business, Words words) => business switch
    {
        { Phone: { } phone } => words.Say("reply.call", ("phone", PhoneNumber.Display(phone))),
        { ReplyTo: { } email } => words.Say("reply.write", ("email", email)),
        _ => words["reply.contact"],
    };

    /// <summary>Bytes of UTF-8 that the platform takes.</summary>
    public static int LimitOf(Business business, Feedback feedback) =>
        feedback.From is { } from && business.FindSource(from.Source) is { } source && FormatTable.Find(source.Format)?.LongestReply is { } limit ? limit : UsualLimit;

    /// <summary>Platforms count bytes, of which a Hebrew letter has two.</summary>
    private static string Fitted(string text, int limit)
    {
        while (Encoding.UTF8.GetByteCount(text) > limit) text = text[..^1];
        return PlainText.WellFormed(text).TrimEnd('\ufffd');
    }
}
