using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Letters;

/// <summary>The sign-in letter's subject and plain part; <see cref="SignInLetter"/> is its HTML.</summary>
public static class SignInText
{
    /// <summary>How long the link works (design 4.9).</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    public static string Subject(SignInDraft draft, Words words) => words.Say("sign-in.letter.subject", ("business", Plain.Name(draft.Business.Name)));

    public static string Write(SignInDraft draft, Words words) =>
        new TextLetter()
            .Paragraph(words.Say("sign-in.letter.greeting", ("name", Plain.Name(draft.To.Name))))
            .Line(words.Say("sign-in.letter.text", ("business", Plain.Name(draft.Business.Name))))
            .Alone(words["sign-in.letter.button"], draft.Link.ToString())
            .Blank()
            .Paragraph(words["sign-in.letter.once"])
            .Line(words["sign-in.letter.not-you"])
            .ToString();
}
