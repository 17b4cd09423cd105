using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Many short lists of small numbers, one behind the other in one piece of memory: to read a list costs one way through the memory, not three, and the less the smaller the
/// numbers are written.
/// </summary>
internal sealed class ShortLists
{
    private readonly int[] starts;
    private readonly ushort[] numbers;

    public ShortLists(ReadOnlySpan<List<int>?> lists)
    {
        starts = new int[lists.Length + 1];
        for (var i = 0; i < lists.Length; i++)
        {
            starts[i + 1] = starts[i] + (lists[i]?.Count ?? 0);
        }

        numbers = new ushort[starts[^1]];
        for (var i = 0; i < lists.Length; i++)
        {
            var at = starts[i];
            foreach (var number in CollectionsMarshal.AsSpan(lists[i]))
            {
                numbers[at++] = checked((ushort)number);
            }
        }
    }

    public ReadOnlySpan<ushort> this[int list] => numbers.AsSpan(starts[list], starts[list + 1] - starts[list]);
}
