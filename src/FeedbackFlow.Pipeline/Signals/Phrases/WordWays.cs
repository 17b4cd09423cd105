using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Which ways of a choice begin with a word. A table in which every pair of word and way stands at the place of the word or behind it, in the order of the ways.
/// </summary>
internal sealed class WordWays
{
    public const int None = int.MaxValue;

    private readonly (int Word, int Way)[] places;

    /// <param name="pairs">Words are above zero; ways in their order.</param>
    public WordWays(List<(int Word, int Way)> pairs)
    {
        places = new (int, int)[BitOperations.RoundUpToPowerOf2((uint)pairs.Count * 2)];
        foreach (var pair in pairs)
        {
            var at = PlaceOf(pair.Word);
            while (places[at].Word != 0)
            {
                at = (at + 1) & (places.Length - 1);
            }

            places[at] = pair;
        }
    }

    /// <summary>The first way from <paramref name="from"/> on that begins with the word, or <see cref="None"/>.</summary>
    public int Next(int word, int from)
    {
        for (var at = PlaceOf(word); places[at].Word != 0; at = (at + 1) & (places.Length - 1))
        {
            if (places[at].Word == word && places[at].Way >= from)
            {
                return places[at].Way;
            }
        }

        return None;
    }

    private int PlaceOf(int word) => (int)(((uint)word * 0x9E3779B1) >> 16) & (places.Length - 1);
}
