using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Letters;

/// <summary>What alert, reminder and escalation say alike in their plain parts.</summary>
public static class ManagerText
{
    public static void Why(TextLetter letter, CallBackTask task, Reading reading, string? text, Words words)
    {
        letter.Line(Words.Capital(words.Reasons(task.Reasons)));
        if (Customer.KeyWords(task, reading, text) is { } keyWords) letter.Line(words.Say("why.words", ("words", keyWords)));
        letter.Blank();
    }

    public static void Deadline(TextLetter letter, CallBackTask task, Times times, Words words)
    {
        letter.Line(words["deadline." + Customer.Deed(task.Contact)]).Line(Words.Capital(times.Due(task.Promise.From, task.Promise.By)));
        if (task.Promise.WasTold) letter.Line(words["deadline.told"]);
        letter.Blank();
    }

    public static void Reach(TextLetter letter, Contact contact, Words words)
    {
        if (contact.Phone is { } phone)
        {
            letter.Alone(words["contact.call"], PhoneNumber.Display(phone)).Alone(words["contact.whatsapp"], PhoneNumber.WhatsApp(phone));
        }

        if (contact.Email is { } email) letter.Alone(words["contact.write"], email);
        if (!contact.CanBeReached) letter.Line(words["contact.none"]);
        letter.Blank();
    }

    public static void Said(TextLetter letter, string? text, IReadOnlyList<Evidence> evidence, Words words)
    {
        if (string.IsNullOrEmpty(text)) return;
        var excerpt = Excerpt.Around(text, evidence, Customer.LongestQuote);
        letter.Line(words["said.caption"]).Quote($"{(excerpt.CutBefore ? "… " : "")}{excerpt.Text}{(excerpt.CutAfter ? " …" : "")}");
        if (excerpt.IsCut) letter.Paragraph(words["said.rest-below"]);
    }

    public static void TapsAndPage(TextLetter letter, IReadOnlyDictionary<LinkPurpose, Uri> links, Uri taskPage, Words words)
    {
        if (links.Count > 0) letter.Line(words["taps.caption"]);
        foreach (var (purpose, url) in Taps.Of(links)) letter.Alone(Taps.Say(words, purpose), url.ToString());
        letter.Alone(words["taps.task-page"], taskPage.ToString()).Blank();
    }
}
