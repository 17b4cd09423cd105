using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Words, and for each the ways of a choice that begin with it: one small piece of memory, because the steps of phrases ask it in every order. Every pair of word and way
/// stands at the place of the word or behind it, in the order of the ways.
/// </summary>
internal readonly struct WordTable
{
    public const int NoWay = int.MaxValue;

    /// <summary>The word in the upper half, the way in the lower; 0 where free, and one place is always free.</summary>
    private readonly uint[] places;

    /// <param name="pairs">Words are above zero; ways in their order. Both fit into sixteen bits.</param>
    public WordTable(ReadOnlySpan<(int Word, int Way)> pairs)
    {
        places = RoomFor(pairs.Length);
        foreach (var (word, way) in pairs)
        {
            Add(word, way);
        }
    }

    /// <summary>Words alone.</summary>
    public WordTable(ReadOnlySpan<int> words)
    {
        places = RoomFor(words.Length);
        foreach (var word in words)
        {
            Add(word, 0);
        }
    }

    /// <summary>Whether it was never made.</summary>
    public bool IsNone => places is null;

    public static uint Mixed(int word) => (uint)word * 0x9E3779B1;

    /// <summary>The first way from <paramref name="from"/> on that begins with the word, or <see cref="NoWay"/>.</summary>
    public int Next(int word, int from)
    {
        for (var at = PlaceOf(word); places[at] is var taken && taken != 0; at = Behind(at))
        {
            if (taken >> 16 == (uint)word && (int)(taken & ushort.MaxValue) >= from)
            {
                return (int)(taken & ushort.MaxValue);
            }
        }

        return NoWay;
    }

    public bool HasOneOf(ReadOnlySpan<int> words)
    {
        foreach (var word in words)
        {
            if (Next(word, 0) != NoWay)
            {
                return true;
            }
        }

        return false;
    }

    private static uint[] RoomFor(int pairs) => new uint[BitOperations.RoundUpToPowerOf2((uint)(pairs * 3 / 2) + 1)];

    private void Add(int word, int way)
    {
        var at = PlaceOf(word);
        while (places[at] != 0)
        {
            at = Behind(at);
        }

        places[at] = checked(((uint)(ushort)word << 16) | (ushort)way);
    }

    private int PlaceOf(int word) => (int)(Mixed(word) >> 16) & (places.Length - 1);

    private int Behind(int at) => (at + 1) & (places.Length - 1);
}
