using System.Collections;
using System.Text.Json;

namespace FeedbackFlow.Adapters.AzureRest.Language;

internal enum TextSentiment
{
    Positive,
    Neutral,
    Negative,
    Mixed,
}

internal sealed record SentimentConfidenceScores(double Positive, double Neutral, double Negative);

internal sealed record TargetSentiment(TextSentiment Sentiment, string Text, int Offset, int Length);

internal sealed record AssessmentSentiment(TextSentiment Sentiment, string Text, int Offset, int Length, bool IsNegated);

internal sealed record SentenceOpinion(TargetSentiment Target, IReadOnlyList<AssessmentSentiment> Assessments);

internal sealed record SentenceSentiment(TextSentiment Sentiment, string Text, SentimentConfidenceScores ConfidenceScores, int Offset, int Length, IReadOnlyList<SentenceOpinion> Opinions);

internal sealed record DocumentSentiment(TextSentiment Sentiment, SentimentConfidenceScores ConfidenceScores, IReadOnlyList<SentenceSentiment> Sentences);

internal sealed record TextAnalyticsError(string ErrorCode, string? Message);

/// <param name="DocumentSentiment">Null when <paramref name="Error"/> says why.</param>
internal sealed record AnalyzeSentimentResult(string Id, DocumentSentiment? DocumentSentiment, TextAnalyticsError? Error)
{
    public bool HasError => Error is not null;
}

/// <summary>One result for each document, in any order: they are told apart by id.</summary>
internal sealed class AnalyzeSentimentResultCollection(IReadOnlyList<AnalyzeSentimentResult> results, string modelVersion) : IReadOnlyList<AnalyzeSentimentResult>
{
    public string ModelVersion => modelVersion;

    public int Count => results.Count;

    public AnalyzeSentimentResult this[int index] => results[index];

    public IEnumerator<AnalyzeSentimentResult> GetEnumerator() => results.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static AnalyzeSentimentResultCollection Read(JsonElement root)
    {
        var found = root.GetProperty("results");
        var documents = found.GetProperty("documents").EnumerateArray().ToList();
        var good = documents.Select(document => new AnalyzeSentimentResult(document.GetProperty("id").GetString()!, Document(document, documents), null));
        var bad = found.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(Failed) : [];
        return new([.. good, .. bad], found.TryGetProperty("modelVersion", out var version) ? version.GetString() ?? "" : "");
    }

    private static AnalyzeSentimentResult Failed(JsonElement entry)
    {
        var error = entry.GetProperty("error");
        // The inner code says what it is; the outer one is InvalidArgument for nearly everything.
        var code = error.TryGetProperty("innererror", out var inner) && inner.TryGetProperty("code", out var exact) ? exact : error.GetProperty("code");
        return new(entry.GetProperty("id").GetString()!, null, new(code.GetString() ?? "", error.TryGetProperty("message", out var message) ? message.GetString() : null));
    }

    private static DocumentSentiment Document(JsonElement document, IReadOnlyList<JsonElement> all) => new(
        Label(document), Scores(document), [.. document.GetProperty("sentences").EnumerateArray().Select(sentence => Sentence(sentence, all))]);

    private static SentenceSentiment Sentence(JsonElement sentence, IReadOnlyList<JsonElement> all) => new(
        Label(sentence), Text(sentence), Scores(sentence), Number(sentence, "offset"), Number(sentence, "length"),
        [.. Children(sentence, "targets").Select(target => new SentenceOpinion(new(Label(target), Text(target), Number(target, "offset"), Number(target, "length")), Assessments(target, all)))]);

    /// <summary>A target names its assessments by pointers such as <c>#/documents/0/sentences/1/assessments/2</c>, where 0 is a place in this answer, not an id.</summary>
    private static IReadOnlyList<AssessmentSentiment> Assessments(JsonElement target, IReadOnlyList<JsonElement> all)
    {
        var assessments = new List<AssessmentSentiment>();
        foreach (var relation in Children(target, "relations"))
        {
            if (relation.GetProperty("relationType").GetString() != "assessment") continue;
            if (relation.GetProperty("ref").GetString()!.Split('/') is not ["#", "documents", var document, "sentences", var sentence, "assessments", var place])
                throw new FormatException("A relation points at something that is not an assessment.");
            var found = Pick(Children(Pick(all, document).GetProperty("sentences")), sentence);
            var assessment = Pick(Children(found, "assessments"), place);
            assessments.Add(new(
                Label(assessment), Text(assessment), Number(assessment, "offset"), Number(assessment, "length"), assessment.TryGetProperty("isNegated", out var negated) && negated.GetBoolean()));
        }

        return assessments;
    }

    private static JsonElement Pick(IReadOnlyList<JsonElement> list, string index) =>
        int.TryParse(index, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) && at < list.Count
            ? list[at]
            : throw new FormatException("A relation points at nothing.");

    private static IReadOnlyList<JsonElement> Children(JsonElement parent, string name) => parent.TryGetProperty(name, out var list) ? Children(list) : [];

    private static IReadOnlyList<JsonElement> Children(JsonElement list) => [.. list.EnumerateArray()];

    private static TextSentiment Label(JsonElement element) => element.GetProperty("sentiment").GetString() switch
    {
        "positive" => TextSentiment.Positive,
        "neutral" => TextSentiment.Neutral,
        "negative" => TextSentiment.Negative,
        "mixed" => TextSentiment.Mixed,
        _ => throw new FormatException("A sentiment that is not known."),
    };

    private static SentimentConfidenceScores Scores(JsonElement element)
    {
        var scores = element.GetProperty("confidenceScores");
        return new(scores.GetProperty("positive").GetDouble(), scores.GetProperty("neutral").GetDouble(), scores.GetProperty("negative").GetDouble());
    }

    private static string Text(JsonElement element) => element.GetProperty("text").GetString() ?? "";

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
