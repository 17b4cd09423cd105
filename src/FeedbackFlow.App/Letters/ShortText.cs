using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Letters;

/// <summary>A short letter to a customer, piece by piece: the same for its HTML (<see cref="ShortLetter"/>) and its plain part.</summary>
/// <param name="Opening">Paragraphs before the time.</param>
/// <param name="Caption">What happens at the time; null where no time is told.</param>
/// <param name="When">The time in full.</param>
/// <param name="Closing">Paragraphs after it.</param>
/// <param name="Link">A way back, and what it is called.</param>
public sealed record ShortText(
    string Subject, IReadOnlyList<string> Opening, string? Caption, string? When, IReadOnlyList<string> Closing, (string Text, Uri Url)? Link, string Foot)
{
    /// <summary>A question that could not be sent for so long is not asked any more.</summary>
    public static readonly TimeSpan QuestionIsGoodFor = TimeSpan.FromDays(7);

    public static ShortText Of(LetterDraft draft, Words words) => draft switch
    {
        AcknowledgementDraft acknowledgement => Acknowledgement(acknowledgement, words),
        TriedDraft tried => Tried(tried, words),
        GaveUpDraft gaveUp => GaveUp(gaveUp, words),
        CheckBackDraft question => CheckBack(question, words),
        _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "This is no short letter."),
    };

    /// <summary>"Sooner" needs a time that it is sooner than.</summary>
    public string ReachKey => When is null ? "gave-up.reach" : "apology.reach";

    public string Write(LetterDraft draft, Correspondents about, Words words)
    {
        var letter = new TextLetter().Paragraph(about.Greeted is { } name ? words.Say("apology.greeting", ("name", name)) : words["apology.greeting.unnamed"]);
        foreach (var paragraph in Opening) letter.Paragraph(paragraph);
        if (Caption is not null) letter.Line(Caption).Line(When!).Paragraph(words.Say("apology.from", ("name", about.Owner), ("role", about.Role)));
        foreach (var paragraph in Closing) letter.Paragraph(paragraph);
        if (Link is { } link) letter.Alone(link.Text, link.Url.ToString()).Blank();
        if (draft.Business.Phone is { } phone) letter.Alone(words[ReachKey + ".caption"], Pipeline.Intake.PhoneNumber.Display(phone));
        if (draft.Business.ReplyTo is not null) letter.Line(words["apology.reply"]);
        return letter.Blank().Line(Plain.Name(draft.Business.Name)).Line(Foot).ToString();
    }

    private static ShortText Acknowledgement(AcknowledgementDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        var way = draft.ByPhone ? "call" : "written";
        return new(
            words.Say("acknowledgement.subject." + way, ("by", times.ShortBy(draft.Task.Promise.By))), [words["acknowledgement.text"]],
            words["apology." + way], Words.Capital(times.By(draft.Task.Promise.By)), [], Own(draft.Page, words), words["acknowledgement.foot"]);
    }

    private static ShortText Tried(TriedDraft draft, Words words)
    {
        var times = words.Times(draft.Business.Zone, draft.At);
        return new(
            words.Say("tried.subject", ("by", times.ShortBy(draft.Task.Promise.By))), [words.Count("tried.text", draft.Attempts)],
            words["tried.again"], Words.Capital(times.By(draft.Task.Promise.By)), [words["tried.open"]], Own(draft.Page, words), words["tried.foot"]);
    }

    private static ShortText CheckBack(CheckBackDraft draft, Words words) => new(
        words["check-back.subject"], [words["check-back.text"]], null, null, [words["check-back.no"]], (words["check-back.link"], draft.Page), words["check-back.foot"]);

    private static (string Text, Uri Url)? Own(Uri? page, Words words) => page is null ? null : (words["apology.page"], page);

    private static ShortText GaveUp(GaveUpDraft draft, Words words) => new(
        words["gave-up.subject"], [words.Count("gave-up.text", draft.Attempts), words["gave-up.stop"]], null, null,
        [words["gave-up.back"]], (words["gave-up.link"], draft.WayBack), words["gave-up.foot"]);
}

/// <summary>Whom a short letter greets and in whose name it is written.</summary>
public sealed record Correspondents(string? Greeted, string Owner, string Role)
{
    public static Correspondents Draft(LetterDraft draft, Words words)
    {
        var (task, owner) = draft switch
        {
            AcknowledgementDraft acknowledgement => (acknowledgement.Task, acknowledgement.Owner),
            TriedDraft tried => (tried.Task, tried.Owner),
            GaveUpDraft gaveUp => (gaveUp.Task, gaveUp.Owner),
            CheckBackDraft question => (question.Task, question.Owner),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "This is no short letter."),
        };
        return new(ApologyText.GreetedName(draft.To, task.Contact), Plain.Name(owner.Name), words.Role(owner.Role));
    }
}
