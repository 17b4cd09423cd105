using System.Runtime.CompilerServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Words as a tree of letters. A word is found by following its letters from the root, and every beginning of it is met on the way, without
/// cutting a string.
/// </summary>
internal sealed class WordTree
{
    public const int Root = 0;

    /// <summary>No letter leads back to the root, so it also says that there is no such word.</summary>
    public const int Nowhere = Root;

    /// <summary>Bits of the number of a node.</summary>
    private const int NodeBits = 24;

    /// <summary>A step stands at its hash or behind it: the node that it begins at, its letter and, in the lowest bits, the node where it ends; 0 where free.</summary>
    private ulong[] places;
    private int last = Root;

    /// <param name="letters">About how many letters will be added; more are accepted.</param>
    public WordTree(int letters)
    {
        places = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)letters * 2)];
    }

    /// <summary>Nodes are numbered from 0 up to, not including, this.</summary>
    public int Count => last + 1;

    public int Next(int node, char letter) => EndOf(places[PlaceOf(StepFrom(node, letter))]);

    public int Find(ReadOnlySpan<char> word)
    {
        var node = Root;
        foreach (var letter in word)
        {
            node = Next(node, letter);
            if (node == Nowhere)
            {
                break;
            }
        }

        return node;
    }

    /// <remarks>Optimised at once for the same reason as <see cref="WordShape.Of(ReadOnlySpan{char}, Span{char})"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<char> word)
    {
        var node = Root;
        foreach (var letter in word)
        {
            var step = StepFrom(node, letter);
            var place = PlaceOf(step);
            if (places[place] == 0)
            {
                place = WithRoomFor(step, place);
                places[place] = (step << NodeBits) | (uint)NewNode();
            }

            node = EndOf(places[place]);
        }

        return node;
    }

    private int NewNode() => ++last < 1 << NodeBits ? last : throw new InvalidOperationException("The words have too many letters.");

    private static int EndOf(ulong place) => (int)(place & ((1 << NodeBits) - 1));

    private static ulong StepFrom(int node, char letter) => ((ulong)node << 16) | letter;

    private int PlaceOf(ulong step)
    {
        var all = places.Length - 1;
        var place = (int)((step * 0x9E3779B97F4A7C15) >> 32) & all;
        while (places[place] != 0 && places[place] >> NodeBits != step)
        {
            place = (place + 1) & all;
        }

        return place;
    }

    private int WithRoomFor(ulong step, int place)
    {
        if (last * 2 < places.Length)
        {
            return place;
        }

        var old = places;
        places = new ulong[old.Length * 2];
        foreach (var taken in old)
        {
            if (taken != 0)
            {
                places[PlaceOf(taken >> NodeBits)] = taken;
            }
        }

        return PlaceOf(step);
    }
}
