using System.Buffers.Binary;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// A linear model over <see cref="SentimentFeatures"/>, one for Hebrew and one for English, made by the <c>train</c> command of the benchmarks.
/// The file holds, in order: the weights of the numbers (float32), the scale of the words (float32), the weights of the words (int8); each for
/// positive, neutral and negative.
/// </summary>
internal sealed class SentimentModel
{
    public const int Classes = 3;

    private static readonly Lazy<SentimentModel> English = new(() => Read("sentiment.en.model"));
    private static readonly Lazy<SentimentModel> Hebrew = new(() => Read("sentiment.he.model"));

    private readonly float[] numbers;
    private readonly float scale;
    private readonly sbyte[] words;

    private SentimentModel(float[] numbers, float scale, sbyte[] words)
    {
        this.numbers = numbers;
        this.scale = scale;
        this.words = words;
    }

    public static SentimentModel For(string language) => language == "he" ? Hebrew.Value : English.Value;

    /// <summary>Probabilities of positive, neutral, negative.</summary>
    public double[] Score(SentimentFeatures features)
    {
        var scores = new double[Classes];
        for (var k = 0; k < Classes; k++)
        {
            for (var i = 0; i < SentimentFeatures.Numbers; i++)
            {
                scores[k] += numbers[(k * SentimentFeatures.Numbers) + i] * features.Values[i];
            }
        }

        // A long text must not become surer only because it has more words.
        var share = scale / Math.Sqrt(Math.Max(1, features.Places.Count));
        foreach (var place in features.Places)
        {
            for (var k = 0; k < Classes; k++)
            {
                scores[k] += share * words[(place * Classes) + k];
            }
        }

        return Softmax(scores);
    }

    public static double[] Softmax(double[] scores)
    {
        var top = scores.Max();
        var powers = scores.Select(score => Math.Exp(score - top)).ToArray();
        var sum = powers.Sum();
        return powers.Select(power => power / sum).ToArray();
    }

    private static SentimentModel Read(string name)
    {
        using var stream = SignalResources.Open(name);
        using var reader = new BinaryReader(stream);
        var numbers = new float[Classes * SentimentFeatures.Numbers];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(reader.ReadBytes(4));
        }

        var scale = BinaryPrimitives.ReadSingleLittleEndian(reader.ReadBytes(4));
        var words = reader.ReadBytes(SentimentFeatures.Buckets * Classes).Select(value => unchecked((sbyte)value)).ToArray();
        return new SentimentModel(numbers, scale, words);
    }
}
