using System.Globalization;
using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>The apology's subject and plain part; <see cref="ApologyLetter"/> is its HTML.</summary>
public static class ApologyText
{
    private const int LongestGreeting = 50;

    public static string Subject(ApologyDraft draft, Words words) =>
        words.Say(
            $"apology.subject.{(draft.ByPhone ? "call" : "written")}",
            ("by", words.Times(draft.Business.Zone, draft.At).ShortBy(draft.Task.Promise.By)));

    public static string Write(ApologyDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        var owner = Plain.Name(draft.Owner.Name);
        var role = words.Role(draft.Owner.Role);
        var letter = new TextLetter()
            .Paragraph(GreetedName(draft) is { } name ? words.Say("apology.greeting", ("name", name)) : words["apology.greeting.unnamed"]);

        if (draft.Quote is { Length: > 0 } quote)
        {
            var excerpt = Excerpt.Around(quote, [], Customer.LongestQuote);
            letter.Line(words["apology.read"]).Quote(excerpt.CutAfter ? excerpt.Text + " …" : excerpt.Text);
        }
        else
        {
            letter.Line(words["apology.received"]);
        }

        letter.Paragraph(words[draft.TakesBlame ? "apology.ours" : "apology.acknowledged"])
            .Line(words[draft.ByPhone ? "apology.call" : "apology.written"])
            .Line(Words.Capital(times.By(draft.Task.Promise.By)))
            .Line(words.Say("apology.from", ("name", owner), ("role", role)));
        if (draft.ByPhone && CallsFrom(draft) is { } from) letter.Alone(words["apology.number.caption"], PhoneNumber.Display(from));
        letter.Blank().Paragraph(words[OtherwiseKey(draft)]);
        if (draft.Page is { } page) letter.Alone(words["apology.page"], page.ToString()).Blank();
        if (draft.Business.Phone is { } phone) letter.Alone(words["apology.reach.caption"], PhoneNumber.Display(phone));
        if (draft.Business.ReplyTo is not null) letter.Line(words["apology.reply"]);
        return letter.Blank()
            .Line(owner)
            .Paragraph($"{Words.Capital(role)}, {Plain.Name(draft.Business.Name)}")
            .Line(words["apology.automatic"])
            .ToString();
    }

    /// <summary>
    /// The name to greet with; none where the recipient is not known, because anybody can type a name and somebody else's address into an open
    /// form. What is no name, such as an address of a page, is not sent on.
    /// </summary>
    public static string? GreetedName(ApologyDraft draft) => GreetedName(draft.To, draft.Task.Contact);

    public static string? GreetedName(Recipient to, Pipeline.Intake.Contact contact) =>
        to.Name.Length > 0 && contact.Name is { } name && Plain.Name(name) is { Length: > 0 and <= LongestGreeting } line && line.All(IsOfAName) ? line : null;

    private static bool IsOfAName(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is ' ' or '-' or '\u05be' or '\'' or '\u2019' or '"' or '\u05f3' or '\u05f4';

    /// <summary>The number the customer will see: the owner's own, else the business's.</summary>
    public static string? CallsFrom(ApologyDraft draft) => draft.Owner.Phone ?? draft.Business.Phone;

    /// <summary>What happens when the time passes: the owner of the business takes over; where that is who calls, it stays open in view.</summary>
    public static string OtherwiseKey(ApologyDraft draft) =>
        (draft.ByPhone ? "apology.otherwise.call" : "apology.otherwise.written") + (draft.Owner.Role == PersonRole.Owner ? ".owner" : "");
}
