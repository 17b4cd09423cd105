using System.Runtime.InteropServices;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Rows of a sparse matrix, for training.</summary>
internal sealed class SparseRows
{
    private readonly List<int> places = [];
    private readonly List<float> values = [];
    private readonly List<int> starts = [0];

    public int Count => starts.Count - 1;

    public void Add(int place, float value)
    {
        places.Add(place);
        values.Add(value);
    }

    public void EndRow() => starts.Add(places.Count);

    public double Dot(int row, double[] weights)
    {
        var at = Of(places, row);
        var value = Of(values, row);
        var sum = 0.0;
        for (var i = 0; i < at.Length; i++)
        {
            sum += weights[at[i]] * value[i];
        }

        return sum;
    }

    public void AddTo(int row, double factor, double[] target)
    {
        var at = Of(places, row);
        var value = Of(values, row);
        for (var i = 0; i < at.Length; i++)
        {
            target[at[i]] += factor * value[i];
        }
    }

    private ReadOnlySpan<T> Of<T>(List<T> all, int row) => CollectionsMarshal.AsSpan(all)[starts[row]..starts[row + 1]];
}
