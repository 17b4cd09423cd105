using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Public sets whose licence allows learning: X-CI complaints (MIT), the Amazon sentences of the UCI repository (CC BY 4.0) and the HeBERT talkbacks (MIT). They are not part of
/// this repository and carry no signals, only the direction of a text; where <see cref="PublicLabels"/> say of a row what it says, it teaches like a text of the corpus.
/// </summary>
internal static class PublicTexts
{
    public const string Kind = "public";

    /// <summary>Customers write unlike the writers of the corpus, and few of their texts may teach: of what leaves and publishes, each teaches as much as so many others.</summary>
    public const int RealCounts = 4;

    private static readonly string[] Sets = ["en_complaints", "en_amazon_sentences", "he_talkbacks_hebert"];

    /// <param name="data">The folder of the sets.</param>
    /// <param name="labels">The folder of the labels.</param>
    public static IEnumerable<CorpusText> Read(string data, string labels) => Sets.SelectMany(set =>
    {
        var known = PublicLabels.ReadAll(Path.Combine(labels, set + ".tsv"));
        return LabelledText.ReadAll(Path.Combine(data, set, "train.jsonl"))
            .Where(text => text.Text.Trim().Length > 0)
            .Select(text => TextOf(set, text, known.GetValueOrDefault(text.Id)))
            .OfType<CorpusText>();
    });

    private static CorpusText? TextOf(string set, LabelledText text, PublicLabels? label)
    {
        var feeling = SentimentOf(text);
        if (feeling is null || label is { IsBorderline: true, IsSignal: true })
        {
            return null;
        }

        // A row that was read is no longer one of which only the direction is known; among look-alikes its kind says no more than that.
        var kind = label switch
        {
            { IsSignal: true } => "explicit",
            { } => "plain-complaint",
            _ => Kind,
        };
        return new CorpusText("public-" + set[..2] + "-" + set[3..], label?.Leave, label?.Publish, Enum.Parse<Sentiment>(feeling, ignoreCase: true), kind, text.Text, [], []) { IsReal = label is not null };
    }

    /// <summary>X-CI calls a calmly worded complaint neutral; for a business it is a complaint. The mildest ones teach nothing either way.</summary>
    private static string? SentimentOf(LabelledText text) => (text.Label("sentiment"), text.Label("complaint"), text.Label("severity")) switch
    {
        ("neutral", "1", "2" or "3" or "4") => "negative",
        ("neutral", "1", _) => null,
        var (sentiment, _, _) => sentiment,
    };
}
