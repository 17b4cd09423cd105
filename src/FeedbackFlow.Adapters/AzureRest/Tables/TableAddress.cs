namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>Keys stand in addresses and filters between apostrophes; one inside is doubled, then everything is percent-encoded.</summary>
internal static class TableAddress
{
    public static Uri Entity(Uri table, string partitionKey, string rowKey) =>
        new($"{table.AbsoluteUri}(PartitionKey='{Escaped(partitionKey)}',RowKey='{Escaped(rowKey)}')");

    /// <summary>A text as a literal of a filter.</summary>
    public static string Literal(string text) => $"'{Doubled(text)}'";

    private static string Escaped(string key) => Uri.EscapeDataString(Doubled(key));

    private static string Doubled(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
