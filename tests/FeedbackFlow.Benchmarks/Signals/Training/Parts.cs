using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Texts made from texts. Short ones are cut from long ones: writers who were asked for signals write few words seldom, the mail of a day is full of them. A clause of a
/// calm text or of a plain complaint says nothing, the marked clause says its signal also alone, and the story before a signal that is buried has none yet. And some
/// are said again with the name of the firm before them, as in a tweet: whom one addresses is no sign of either.
/// </summary>
internal static class Parts
{
    private const double LateInText = 0.4;
    private const int OneInSoManyIsAddressed = 5;
    private const int LongestTweet = 280;

    private static readonly string[] Silent = ["plain-complaint", "plain-praise", "neutral-info", "question", "internal"];
    private static readonly string[] SaidAlone = ["explicit", "conditional", "slang", "short", "buried"];

    /// <summary>The texts, and behind them what is made from them.</summary>
    public static ReadText[] With(IReadOnlyList<CorpusText> texts)
    {
        var read = texts.Select(ReadText.Of).ToArray();
        return [.. read, .. read.SelectMany((text, at) => Of(text, at)).Concat(texts.Where(IsAddressed).Select(Addressed)).Select(ReadText.Of)];
    }

    private static bool IsAddressed(CorpusText text, int at) =>
        at % OneInSoManyIsAddressed == 0 && text.Language == "en" && text.Text.Length < LongestTweet && !text.Text.StartsWith('@');

    private static CorpusText Addressed(CorpusText text)
    {
        const string Firm = "@OurFirm ";
        return text with { Text = Firm + text.Text, Leaving = Later(text.Leaving), Publishing = Later(text.Publishing), IsPart = true };

        static Evidence[] Later(IReadOnlyList<Evidence> marks) => [.. marks.Select(mark => mark with { Start = mark.Start + Firm.Length })];
    }

    private static IEnumerable<CorpusText> Of(ReadText read, int at)
    {
        var (text, places) = (read.Text, read.Places);
        if (places.Length < 2)
        {
            return [];
        }

        if (text.IsLookAlike)
        {
            return Silent.Contains(text.Kind) ? [Without(text, places[at % places.Length])] : [];
        }

        Evidence[] marked = [.. text.Leaving, .. text.Publishing];
        var first = marked.Min(mark => mark.Start);
        var isLate = text.Kind == "buried" && first > LateInText * text.Text.Length;
        return [
            .. isLate ? [Without(text, new Evidence(0, first))] : Array.Empty<CorpusText>(),
            .. SaidAlone.Contains(text.Kind) && marked is [var only] ? [Alone(text, only)] : Array.Empty<CorpusText>(),
        ];
    }

    private static CorpusText Without(CorpusText text, Evidence place) =>
        text with { Leave = null, Publish = null, Leaving = [], Publishing = [], Kind = "plain-complaint", Text = place.In(text.Text), IsPart = true };

    private static CorpusText Alone(CorpusText text, Evidence mark) => text with
    {
        Text = mark.In(text.Text),
        Leaving = text.Leave is null ? [] : [new Evidence(0, mark.Length)],
        Publishing = text.Publish is null ? [] : [new Evidence(0, mark.Length)],
        IsPart = true,
    };
}
