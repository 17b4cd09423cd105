using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using FeedbackFlow.Adapters.AzureRest.Language;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Adapters.Analysers;

/// <summary>AI Language as an analyser. Its sentiment feature retires on 31 March 2029, so nothing but this class knows it.</summary>
internal sealed class LanguageAnalyser(TextAnalyticsClient client, TimeProvider clock) : IAnalyser
{
    /// <summary>Of the 94 it takes, those that the local reader names.</summary>
    private static readonly HashSet<string> Languages = ["he", "en", "ar", "ru", "fr", "es", "de", "am", "yi"];

    public string Name => "language";

    public bool Reads(string language) => Languages.Contains(language);

    public async Task<Tone> ReadAsync(string text, string language, CancellationToken ct)
    {
        try
        {
            return await AskAsync(text, language, ct);
        }
        catch (RequestFailedException failure)
        {
            throw new AnalyserUnavailableException($"AI Language answered {failure.Status} {failure.ErrorCode}".TrimEnd(), NotBefore(failure), failure);
        }
        catch (AuthenticationFailedException failure)
        {
            throw new AnalyserUnavailableException("There is no token for AI Language.", null, failure);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or AggregateException or IOException or HttpRequestException)
        {
            throw new AnalyserUnavailableException($"AI Language gave no answer that can be read: {failure.GetType().Name}", null, failure);
        }
    }

    private async Task<Tone> AskAsync(string text, string language, CancellationToken ct)
    {
        var pieces = TextPieces.Of(text);
        var (found, version) = (new List<(Evidence Piece, DocumentSentiment Sentiment)>(), "");
        foreach (var batch in pieces.Index().Chunk(TextAnalyticsClient.MostDocuments))
        {
            var documents = batch.Select(piece => new TextDocumentInput(piece.Index.ToString(CultureInfo.InvariantCulture), piece.Item.In(text), language)).ToList();
            var results = (await client.AnalyzeSentimentBatchAsync(documents, null, ct)).Value;
            version = results.ModelVersion;
            foreach (var (index, piece) in batch) found.Add((piece, ResultOf(results, index)));
        }

        return new(Main(found), Confidence(found), [.. found.SelectMany(part => Opinions(part.Sentiment, part.Piece.Start, text.Length))], $"{Name}/{version}");
    }

    private static DocumentSentiment ResultOf(AnalyzeSentimentResultCollection results, int index)
    {
        var id = index.ToString(CultureInfo.InvariantCulture);
        var result = results.SingleOrDefault(one => one.Id == id) ?? throw new FormatException("A document has no result.");
        return result.DocumentSentiment ?? throw new AnalyserUnavailableException($"AI Language refused a text: {result.Error!.ErrorCode}");
    }

    /// <summary>The service's own rule for sentences, applied to pieces: both sides make it mixed, neutral beside a side is that side.</summary>
    private static Sentiment Main(List<(Evidence Piece, DocumentSentiment Sentiment)> parts)
    {
        var labels = parts.Select(part => part.Sentiment.Sentiment).ToHashSet();
        if (labels.Contains(TextSentiment.Mixed) || (labels.Contains(TextSentiment.Positive) && labels.Contains(TextSentiment.Negative))) return Sentiment.Mixed;
        return labels.Contains(TextSentiment.Negative) ? Sentiment.Negative : labels.Contains(TextSentiment.Positive) ? Sentiment.Positive : Sentiment.Neutral;
    }

    /// <summary>Each piece counts by its length; rounded scores are made to sum to 1.</summary>
    private static SentimentConfidence Confidence(List<(Evidence Piece, DocumentSentiment Sentiment)> parts)
    {
        double Sum(Func<SentimentConfidenceScores, double> side) => parts.Sum(part => part.Piece.Length * side(part.Sentiment.ConfidenceScores));
        var (positive, neutral, negative) = (Sum(scores => scores.Positive), Sum(scores => scores.Neutral), Sum(scores => scores.Negative));
        var all = positive + neutral + negative;
        return all > 0 && double.IsFinite(all) ? new(positive / all, neutral / all, negative / all) : throw new FormatException("The scores sum to nothing.");
    }

    private static IEnumerable<Opinion> Opinions(DocumentSentiment document, int start, int length)
    {
        foreach (var opinion in document.Sentences.SelectMany(sentence => sentence.Opinions))
        {
            yield return new(
                Range(opinion.Target.Offset, opinion.Target.Length), Of(opinion.Target.Sentiment),
                [.. opinion.Assessments.Select(word => Range(word.Offset, word.Length)).OrderBy(range => range.Start)]);
        }

        Evidence Range(int offset, int taken) => offset >= 0 && taken >= 0 && start + (long)offset + taken <= length
            ? new(start + offset, taken)
            : throw new FormatException("An offset lies outside the text.");
    }

    private static Sentiment Of(TextSentiment sentiment) => sentiment switch
    {
        TextSentiment.Positive => Sentiment.Positive,
        TextSentiment.Neutral => Sentiment.Neutral,
        TextSentiment.Negative => Sentiment.Negative,
        TextSentiment.Mixed => Sentiment.Mixed,
    };

    private DateTimeOffset? NotBefore(RequestFailedException failure) =>
        failure.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var wait) == true && int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? clock.GetUtcNow().AddSeconds(seconds)
            : null;
}
