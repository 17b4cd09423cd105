namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>
/// Collects what one event says, field by field. What does not fit a field is no reason to lose a complaint: an unreadable phone or score becomes a
/// detail that the manager sees.
/// </summary>
internal sealed class Gathered
{
    private const string Ellipsis = "…";
    private readonly List<string> texts = [];
    private readonly List<Detail> details = [];
    private string? name;
    private string? email;
    private string? phone;
    private Rating? rating;

    public bool WantsCall { get; set; }

    public bool SaysSomething => texts.Count > 0 || rating is not null || WantsCall;

    public bool HasScore => rating is not null;

    public bool HasText => texts.Count > 0;

    public IReadOnlyList<Detail> Details => [.. details.Take(Detail.Most)];

    public void Say(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text) && HtmlText.Plain(text).Trim() is { Length: > 0 } words) texts.Add(words);
    }

    public void Score(string? given, string? scale, string label = "score")
    {
        if (given is null) return;
        if (rating is null && Scores.Read(given, scale) is { } read) rating = read;
        else Note(label, given);
    }

    public bool HasName => name is not null;

    public void Name(string? given) => name ??= given;

    /// <summary>First and last name come in questions of their own.</summary>
    public void NamePart(string given) => name = name is null ? given : $"{name} {given}";

    public void Email(string? given, string label = "email") => Contact(given, label, ref email, EmailAddress.Normalise);

    public void Phone(string? given, string label = "phone") => Contact(given, label, ref phone, PhoneNumber.Normalise);

    public void Note(string? label, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return;
        details.Add(new(Cut(PlainText.OneLine(label ?? ""), Detail.LongestLabel), Cut(PlainText.WellFormed(value.Trim()), Detail.LongestValue)));
    }

    /// <param name="job">Taken when it has the form of our job ids; whether there is such a job is asked later.</param>
    public Submission ToSubmission(Channel channel, string? job = null) => new(
        channel.ToString().ToLowerInvariant(), rating is null ? null : rating.Scale.ToString().ToLowerInvariant(), rating?.Value,
        texts.Count == 0 ? null : Cut(PlainText.WellFormed(string.Join("\n", texts)), SubmissionGate.LongestText), WantsCall,
        name is null ? null : Cut(PlainText.OneLine(name), SubmissionGate.LongestName), email, phone, NewId.IsWellFormed(job) ? job : null);

    private void Contact(string? given, string label, ref string? known, Func<string, string?> normalise)
    {
        if (string.IsNullOrWhiteSpace(given)) return;
        if (known is null && normalise(given) is { } fits) known = fits;
        else Note(label, given);
    }

    /// <summary>Never in the middle of a surrogate pair.</summary>
    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = longest - Ellipsis.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Ellipsis;
    }
}
