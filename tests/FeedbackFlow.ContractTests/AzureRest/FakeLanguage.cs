using System.Text.Json;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.AzureRest;

/// <summary>Answers as AI Language does, in the shape of its description: a sentence is negative when it says "bad", positive when it says "good"; results come last first.</summary>
internal static class FakeLanguage
{
    public static FakeAnswer Answer(SentRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        var documents = json.RootElement.GetProperty("analysisInput").GetProperty("documents").EnumerateArray().Reverse().ToList();
        var results = documents.Select((document, place) => Document(document.GetProperty("id").GetString()!, document.GetProperty("text").GetString()!, place));
        return new(200, JsonSerializer.Serialize(new { kind = "SentimentAnalysisResults", results = new { documents = results, errors = Array.Empty<object>(), modelVersion = "2022-11-01" } }));
    }

    private static object Document(string id, string text, int place)
    {
        var (good, bad) = (text.Contains("good", StringComparison.Ordinal), text.Contains("bad", StringComparison.Ordinal));
        var label = good && bad ? "mixed" : good ? "positive" : bad ? "negative" : "neutral";
        return new { id, sentiment = label, confidenceScores = Scores(good, bad), sentences = new[] { Sentence(text, good, bad, place) }, warnings = Array.Empty<object>() };
    }

    private static Dictionary<string, object> Sentence(string text, bool good, bool bad, int place)
    {
        var sentence = new Dictionary<string, object>
        {
            ["text"] = text, ["sentiment"] = bad ? "negative" : good ? "positive" : "neutral", ["confidenceScores"] = Scores(good && !bad, bad), ["offset"] = 0, ["length"] = text.Length,
        };
        var (target, word) = (text.IndexOf("technician", StringComparison.Ordinal), text.IndexOf("bad", StringComparison.Ordinal));
        if (target < 0 || word < 0) return sentence;
        var scores = new { positive = 0.01, negative = 0.99 };
        sentence["targets"] = new[]
        {
            new
            {
                sentiment = "negative", confidenceScores = scores, offset = target, length = "technician".Length, text = "technician",
                relations = new[] { new { relationType = "assessment", @ref = $"#/documents/{place}/sentences/0/assessments/0" } },
            },
        };
        sentence["assessments"] = new[] { new { sentiment = "negative", confidenceScores = scores, offset = word, length = 3, text = "bad", isNegated = false } };
        return sentence;
    }

    private static object Scores(bool good, bool bad) => good && bad ? new { positive = 0.5, neutral = 0.0, negative = 0.5 }
        : good ? new { positive = 0.97, neutral = 0.02, negative = 0.01 }
        : bad ? new { positive = 0.01, neutral = 0.03, negative = 0.96 }
        : new { positive = 0.1, neutral = 0.8, negative = 0.1 };
}
