using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Many short lists of numbers, one behind the other in one piece of memory: to read a list costs one way through the memory, not three.</summary>
internal sealed class IntLists
{
    private readonly int[] starts;
    private readonly int[] numbers;

    public IntLists(ReadOnlySpan<List<int>?> lists)
    {
        starts = new int[lists.Length + 1];
        for (var i = 0; i < lists.Length; i++)
        {
            starts[i + 1] = starts[i] + (lists[i]?.Count ?? 0);
        }

        numbers = new int[starts[^1]];
        for (var i = 0; i < lists.Length; i++)
        {
            CollectionsMarshal.AsSpan(lists[i]).CopyTo(numbers.AsSpan(starts[i]));
        }
    }

    public ReadOnlySpan<int> this[int list] => numbers.AsSpan(starts[list]..starts[list + 1]);
}
