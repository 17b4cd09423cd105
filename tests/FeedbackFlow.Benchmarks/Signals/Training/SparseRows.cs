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
        var sum = 0.0;
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            sum += weights[places[i]] * values[i];
        }

        return sum;
    }

    public void AddTo(int row, double factor, double[] target)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
        {
            target[places[i]] += factor * values[i];
        }
    }
}
