using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A word as one number of 64 bits, letter by letter, so that every beginning of a word has its own on the way. Of so many numbers no two words are expected to share one.</summary>
internal static class WordHash
{
    public const ulong OfNothing = 0;

    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static ulong With(ulong hash, char letter) => (hash + letter + 1) * Odd;

    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = OfNothing;
        foreach (var letter in word)
        {
            hash = With(hash, letter);
        }

        return hash;
    }
}

/// <summary>Numbers words from 1 on, in the order in which they were added.</summary>
internal sealed class WordMap
{
    /// <summary>Says that there is no such word.</summary>
    public const int Nowhere = 0;

    /// <summary>A word stands at its hash or behind it; number 0 where free.</summary>
    private (ulong Hash, int Number)[] places;
    private WordHint hint;
    private int last;

    /// <param name="words">About how many words will be added; more are accepted.</param>
    public WordMap(int words)
    {
        places = new (ulong, int)[BitOperations.RoundUpToPowerOf2((uint)words * 2)];
        hint = new WordHint(words);
    }

    public int Find(ulong hash) => hint.MayHave(hash) ? places[PlaceOf(hash)].Number : Nowhere;

    /// <summary>The word's number, a new one where it has none.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        var hash = WordHash.Of(word);
        var place = PlaceOf(hash);
        if (places[place].Number == Nowhere)
        {
            place = WithRoomFor(hash, place);
            places[place] = (hash, ++last);
            hint.Add(hash);
        }

        return places[place].Number;
    }

    private int PlaceOf(ulong hash)
    {
        var all = places.Length - 1;
        var place = (int)(hash >> 32) & all;
        while (places[place] is var taken && taken.Number != Nowhere && taken.Hash != hash)
        {
            place = (place + 1) & all;
        }

        return place;
    }

    private int WithRoomFor(ulong hash, int place)
    {
        if (last * 2 < places.Length)
        {
            return place;
        }

        var old = places;
        places = new (ulong, int)[old.Length * 2];
        foreach (var taken in old)
        {
            if (taken.Number != Nowhere)
            {
                places[PlaceOf(taken.Hash)] = taken;
            }
        }

        return PlaceOf(hash);
    }
}

/// <summary>One bit for many hashes; it refuses most words that are not there, and is small enough to stay near the processor.</summary>
internal readonly struct WordHint(int words)
{
    private readonly ulong[] bits = new ulong[Math.Max(1, BitOperations.RoundUpToPowerOf2((uint)words * 16) / 64)];

    public void Add(ulong hash) => bits[PartOf(hash)] |= BitOf(hash);

    public bool MayHave(ulong hash) => (bits[PartOf(hash)] & BitOf(hash)) != 0;

    private int PartOf(ulong hash) => (int)(hash >> 40) & (bits.Length - 1);

    private static ulong BitOf(ulong hash) => 1UL << (int)(hash >> 58);
}
