using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>
/// What a net learns beside leaving and publishing: of what kind a text is, and how it feels. Writers say both of every text, and what tells a job that is over from a
/// customer who goes serves the two signals too. The detector never asks these outputs; they are not written into the model.
/// </summary>
/// <param name="kinds">The kinds of text that there are.</param>
internal sealed class SideLessons(string[] kinds, Draws draws)
{
    /// <summary>How much these lessons count beside the two signals.</summary>
    private const float Count = 0.3f;

    private static readonly int Moods = Enum.GetValues<Sentiment>().Length;

    private readonly Weights weights = new((kinds.Length + Moods) * Net.Width, 0.2f, draws);
    private readonly Weights shift = new(kinds.Length + Moods, 0, null);

    /// <summary>Learns of a text that its writer wrote for this; of a part of one, or a public one, the kind is not known. Returns how the hidden numbers should change.</summary>
    public float[] Learn(ReadText text, float[] hidden, float rate)
    {
        var pulls = new float[Net.Width];
        var kind = IsKnown(text) ? Array.IndexOf(kinds, text.Text.Kind) : -1;
        if (kind >= 0)
        {
            Choose(0, kinds.Length, kind, hidden, pulls);
            Choose(kinds.Length, Moods, (int)text.Text.Sentiment, hidden, pulls);
            weights.Step(rate);
            shift.Step(rate);
        }

        return pulls;
    }

    public static string[] KindsOf(IEnumerable<ReadText> texts) => [.. texts.Where(IsKnown).Select(text => text.Text.Kind).Distinct()];

    private static bool IsKnown(ReadText text) => !text.Text.IsPart && text.Text.Writer != PublicTexts.Kind;

    /// <summary>One of some outputs is so, the others are not.</summary>
    private void Choose(int first, int count, int isSo, float[] hidden, float[] pulls)
    {
        var shares = new double[count];
        for (var i = 0; i < count; i++)
        {
            shares[i] = Math.Exp(shift.Values[first + i] + Net.Dot(RowOf(weights.Values, first + i), hidden));
        }

        var sum = shares.Sum();
        for (var i = 0; i < count; i++)
        {
            var pull = Count * (float)((shares[i] / sum) - (i == isSo ? 1 : 0));
            shift.Pulls[first + i] += pull;
            var row = RowOf(weights.Values, first + i);
            var change = RowOf(weights.Pulls, first + i);
            for (var k = 0; k < Net.Width; k++)
            {
                change[k] += pull * hidden[k];
                pulls[k] += pull * row[k];
            }
        }
    }

    private static Span<float> RowOf(float[] numbers, int row) => numbers.AsSpan(row * Net.Width, Net.Width);
}
