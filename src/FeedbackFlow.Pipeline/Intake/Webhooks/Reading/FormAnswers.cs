namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>What a question on somebody's form is about, as far as its type and title tell. Long texts are the words; short ones are shown beside them.</summary>
internal sealed class FormAnswers(Source source)
{
    private static readonly string[] NameWords = ["name", "שם"];
    private static readonly string[] CallWords = ["call", "להתקשר", "תתקשרו", "התקשרו", "שיחה", "לחזור אל", "חזרו אל"];
    private readonly List<(string Label, string Text)> shorts = [];

    public Gathered Said { get; } = new();

    public void LongText(string? text) => Said.Say(text);

    public void ShortText(string label, string? text)
    {
        if (text is null) return;
        if (Mentions(label, NameWords)) Said.Name(text);
        else shorts.Add((label, text));
    }

    /// <param name="scale">The scale that the question's type says; null where the source's setting decides.</param>
    public void Score(string label, string? value, string? scale, string? otherwise = null) => Said.Score(value, scale ?? source.Scale ?? otherwise, label);

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

    private static bool Mentions(string label, string[] words) => words.Any(word => label.Contains(word, StringComparison.OrdinalIgnoreCase));
}
