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

    private ulong[] steps;
    private int[] targets;
    private int last = Root;

    /// <param name="letters">About how many letters will be added; more are accepted.</param>
    public WordTree(int letters)
    {
        var places = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)letters * 2);
        steps = new ulong[places];
        targets = new int[places];
    }

    /// <summary>Nodes are numbered from 0 up to, not including, this.</summary>
    public int Count => last + 1;

    public int Next(int node, char letter) => targets[PlaceOf(StepFrom(node, letter))];

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
            if (targets[place] == Nowhere)
            {
                place = WithRoomFor(step, place);
                (steps[place], targets[place]) = (step, ++last);
            }

            node = targets[place];
        }

        return node;
    }

    private static ulong StepFrom(int node, char letter) => ((ulong)node << 16) | letter;

    private int PlaceOf(ulong step)
    {
        var all = targets.Length - 1;
        var place = (int)((step * 0x9E3779B97F4A7C15) >> 32) & all;
        while (targets[place] != Nowhere && steps[place] != step)
        {
            place = (place + 1) & all;
        }

        return place;
    }

    private int WithRoomFor(ulong step, int place)
    {
        if (last * 2 < targets.Length)
        {
            return place;
        }

        var (oldSteps, oldTargets) = (steps, targets);
        steps = new ulong[oldSteps.Length * 2];
        targets = new int[oldTargets.Length * 2];
        for (var i = 0; i < oldTargets.Length; i++)
        {
            if (oldTargets[i] != Nowhere)
            {
                var at = PlaceOf(oldSteps[i]);
                (steps[at], targets[at]) = (oldSteps[i], oldTargets[i]);
            }
        }

        return PlaceOf(step);
    }
}
