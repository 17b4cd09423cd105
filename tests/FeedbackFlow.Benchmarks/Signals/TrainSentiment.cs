using System.Buffers.Binary;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// Makes the sentiment models by stochastic gradient descent (softmax regression, fixed seed, so the same data gives the same file). Only sets whose
/// licence allows it are read: X-CI complaints (MIT), Amazon sentences of the UCI repository (CC BY 4.0), HeBERT talkbacks (MIT). In Hebrew only
/// the numbers are learned and not the words: talkbacks are about news, and their words would mislead on service feedback.
/// </summary>
internal static class TrainSentiment
{
    private const int Rounds = 20;
    private const double NumberRate = 0.02;
    private const double WordRate = 0.1;
    private const double Forget = 1e-3;

    private static readonly string[] Classes = ["positive", "neutral", "negative"];

    private sealed record Example(SentimentFeatures Features, int Class, double Weight);

    public static int Run(string[] arguments)
    {
        var (data, target) = (arguments[0], arguments[1]);
        Train(data, ["en_complaints", "en_amazon_sentences"], learnWords: true, Path.Combine(target, "sentiment.en.model"));
        Train(data, ["he_talkbacks_hebert"], learnWords: false, Path.Combine(target, "sentiment.he.model"));
        return 0;
    }

    private static void Train(string data, string[] sets, bool learnWords, string file)
    {
        var texts = sets.SelectMany(set => LabelledText.ReadAll(Path.Combine(data, set, "train.jsonl"))).Where(text => text.Text.Length > 0).ToArray();
        var counts = Classes.Select(name => texts.Count(text => SentimentOf(text) == name)).ToArray();
        var examples = texts
            .Select(text => (Text: text, Class: Array.IndexOf(Classes, SentimentOf(text))))
            .Where(pair => pair.Class >= 0)
            .Select(pair => new Example(
                SignalDetector.FeaturesOf(pair.Text.Text), pair.Class, Math.Sqrt((double)texts.Length / (3 * counts[pair.Class]))))
            .ToArray();
        var numbers = new double[SentimentModel.Classes * SentimentFeatures.Numbers];
        var words = new double[SentimentModel.Classes * SentimentFeatures.Buckets];
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(examples);
            var pace = 1.0 / (1 + (0.15 * round));
            foreach (var example in examples)
            {
                Learn(example, numbers, words, pace, learnWords);
            }
        }

        Write(file, numbers, words);
        Console.WriteLine($"{file}: {examples.Length} texts, right on {examples.Count(example => Guess(example.Features, numbers, words) == example.Class)} of them");
    }

    /// <summary>X-CI calls a calmly worded complaint neutral; for a business it is a complaint. The mildest ones teach nothing either way.</summary>
    private static string? SentimentOf(LabelledText text) => (text.Label("sentiment"), text.Label("complaint"), text.Label("severity")) switch
    {
        ("neutral", "1", "2" or "3" or "4") => "negative",
        ("neutral", "1", _) => null,
        var (sentiment, _, _) => sentiment,
    };

    private static double[] Scores(SentimentFeatures features, double[] numbers, double[] words)
    {
        var scores = new double[SentimentModel.Classes];
        var share = 1 / Math.Sqrt(Math.Max(1, features.Places.Count));
        for (var k = 0; k < scores.Length; k++)
        {
            for (var i = 0; i < SentimentFeatures.Numbers; i++)
            {
                scores[k] += numbers[(k * SentimentFeatures.Numbers) + i] * features.Values[i];
            }

            foreach (var place in features.Places)
            {
                scores[k] += share * words[(place * SentimentModel.Classes) + k];
            }
        }

        return scores;
    }

    private static int Guess(SentimentFeatures features, double[] numbers, double[] words)
    {
        var scores = Scores(features, numbers, words);
        return Array.IndexOf(scores, scores.Max());
    }

    private static void Learn(Example example, double[] numbers, double[] words, double pace, bool learnWords)
    {
        var (features, right, weight) = example;
        var chances = SentimentModel.Softmax(Scores(features, numbers, words));
        var share = 1 / Math.Sqrt(Math.Max(1, features.Places.Count));
        for (var k = 0; k < chances.Length; k++)
        {
            var miss = weight * ((k == right ? 1 : 0) - chances[k]);
            for (var i = 0; i < SentimentFeatures.Numbers; i++)
            {
                var at = (k * SentimentFeatures.Numbers) + i;
                numbers[at] += pace * NumberRate * ((miss * features.Values[i]) - (1e-4 * numbers[at]));
            }

            if (!learnWords)
            {
                continue;
            }

            foreach (var place in features.Places)
            {
                var at = (place * SentimentModel.Classes) + k;
                words[at] += pace * WordRate * ((miss * share) - (Forget * 100 * words[at]));
            }
        }
    }

    private static void Write(string file, double[] numbers, double[] words)
    {
        var scale = Math.Max(1e-9, words.Max(Math.Abs) / 127);
        using var stream = File.Create(file);
        var four = new byte[4];
        foreach (var number in numbers.Append(scale))
        {
            BinaryPrimitives.WriteSingleLittleEndian(four, (float)number);
            stream.Write(four);
        }

        stream.Write(words.Select(word => unchecked((byte)(sbyte)Math.Round(word / scale))).ToArray());
    }
}
