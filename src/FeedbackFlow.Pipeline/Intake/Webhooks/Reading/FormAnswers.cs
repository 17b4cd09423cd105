namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>What a question on somebody's form is about, as far as its type and title tell. Long texts are the words; short ones are shown beside them.</summary>
internal sealed class FormAnswers(Source source)
{
    private static readonly string[] NameWords = ["name", "שם"];
    private static readonly string[] PartsOfNames = ["first name", "last name", "firstname", "lastname", "surname", "family name", "שם פרטי", "שם משפחה", "שם המשפחה"];

    /// <summary>Names of something or somebody else.</summary>
    private static readonly string[] OtherNames =
    [
        "company", "business", "branch", "store", "shop", "product", "employee", "technician", "agent", "driver", "service", "user name", "username", "חברה", "החברה", "עסק", "סניף", "חנות", "מוצר", "עובד", "טכנאי", "נציג", "סוכן", "נהג", "שירות",
    ];

    private static readonly string[] CallWords = ["call", "להתקשר", "תתקשרו", "התקשרו", "שיחה", "לחזור אל", "חזרו אל"];
    private static readonly string[] ScoreWords = ["rating", "score", "stars", "nps", "scale", "satisf", "recommend", "ציון", "דירוג", "דרג", "מרוצ", "ממליצ", "כוכבים"];
    private readonly List<(string Label, string Text)> shorts = [];

    public Gathered Said { get; } = new();

    public void LongText(string? text) => Said.Say(text);

    public void ShortText(string label, string? text)
    {
        if (text is null) return;
        if (Mentions(label, PartsOfNames)) Said.NamePart(text);
        else if (IsHerName(label) && !Said.HasName) Said.Name(text);
        else shorts.Add((label, text));
    }

    /// <summary>Where the sender tells no types: an address is an e-mail, a number that is written as one a phone, a sentence the words.</summary>
    public void Untyped(string label, string? text)
    {
        if (text is null) return;
        if (EmailAddress.Normalise(text) is not null) Said.Email(text, label);
        else if (text.TrimStart() is ['0' or '+', ..] && PhoneNumber.Normalise(text) is not null) Said.Phone(text, label);
        else if (Mentions(label, ScoreWords) && text.Length <= 5 && !Said.HasScore) Score(label, text, null);
        else if (IsHerName(label)) ShortText(label, text);
        else if (text.Trim().Contains(' ', StringComparison.Ordinal)) LongText(text);
        else ShortText(label, text);
    }

    /// <summary>A number is a score only where its question asks for one.</summary>
    public void Number(string label, string? value)
    {
        if (Mentions(label, ScoreWords)) Score(label, value, null);
        else Said.Note(label, value);
    }

    /// <param name="scale">The scale that the question's type says; null where the source's setting decides.</param>
    /// <param name="otherwise">What the question has unless its owner changed it: eight of ten stars are no five.</param>
    public void Score(string label, string? value, string? scale, string? otherwise = null) =>
        Said.Score(value, scale ?? source.Scale ?? (Scores.Read(value, otherwise) is null ? null : otherwise), label);

    public void YesNo(string label, bool value)
    {
        if (value && Mentions(label, CallWords)) Said.WantsCall = true;
        else Said.Note(label, value ? "✓" : "✗");
    }

    public void Choice(string label, string? chosen)
    {
        if (chosen is not null && Mentions(label, CallWords) && chosen.Trim().ToLowerInvariant() is "כן" or "yes") Said.WantsCall = true;
        else Said.Note(label, chosen);
    }

    /// <summary>What the business put into the form's address about the customer, and what a contact list knows: it fills gaps only.</summary>
    public void Known(string name, string? value)
    {
        if (value is null) return;
        switch (name.ToLowerInvariant())
        {
            case "email" or "e-mail" or "mail":
                Said.Email(value, name);
                break;
            case "phone" or "tel" or "mobile" or "phone_number":
                Said.Phone(value, name);
                break;
            case "name" or "full_name" or "fullname" or "first_name" or "firstname" when !Said.HasName:
                Said.Name(value);
                break;
            default:
                Said.Note(name, value);
                break;
        }
    }

    /// <summary>A form without a long question: its short answers are the words.</summary>
    public Gathered Finish()
    {
        foreach (var (label, text) in shorts)
        {
            if (Said.HasText) Said.Note(label, text);
            else Said.Say(text);
        }

        return Said;
    }

    private static bool IsHerName(string label) => Mentions(label, NameWords) && !Mentions(label, OtherNames);

    private static bool Mentions(string label, string[] words) => words.Any(word => label.Contains(word, StringComparison.OrdinalIgnoreCase));
}
