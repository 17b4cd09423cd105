namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Adds up the weights of the features that are walked: of every feature for its clause, of each once for the whole text.</summary>
internal readonly ref struct SummingSink(WeightTable table, Span<int> sums, SeenRows seen) : IFeatureSink
{
    private readonly Span<int> sums = sums;

    public void Add(FeatureGroup group, uint feature)
    {
        var row = table.RowOf(feature);
        if (row < 0)
        {
            return;
        }

        table.AddTo(sums, row, 0, Outputs.Whole);
        if (Outputs.IsOfWhole(group) && seen.IsNew(row))
        {
            table.AddTo(sums, row, Outputs.Whole, Outputs.Count);
        }
    }
}
