using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Public sets whose licence allows learning: X-CI complaints (MIT) and the Amazon sentences of the UCI repository (CC BY 4.0). They are not part of this
/// repository and carry no signals, only the direction of a text.
/// </summary>
internal static class PublicTexts
{
    public const string Kind = "public";

    private static readonly string[] Sets = ["en_complaints", "en_amazon_sentences", "he_talkbacks_hebert"];

    public static IEnumerable<CorpusText> Read(string data) => Sets.SelectMany(set => LabelledText.ReadAll(Path.Combine(data, set, "train.jsonl"))
        .Where(text => text.Text.Trim().Length > 0)
        .Select(text => (text.Text, Sentiment: SentimentOf(text)))
        .Where(text => text.Sentiment is not null)
        .Select(text => new CorpusText("public-" + set[..2] + "-" + set[3..], null, null, Enum.Parse<Sentiment>(text.Sentiment!, ignoreCase: true), Kind, text.Text, [], [])));

    /// <summary>X-CI calls a calmly worded complaint neutral; for a business it is a complaint. The mildest ones teach nothing either way.</summary>
    private static string? SentimentOf(LabelledText text) => (text.Label("sentiment"), text.Label("complaint"), text.Label("severity")) switch
    {
        ("neutral", "1", "2" or "3" or "4") => "negative",
        ("neutral", "1", _) => null,
        var (sentiment, _, _) => sentiment,
    };
}
