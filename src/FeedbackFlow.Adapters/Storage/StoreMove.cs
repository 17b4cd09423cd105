using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>One side of a move.</summary>
public sealed record StoreSide(IRowEngine Rows, IRowCopies Copies);

/// <summary>What was copied, and what each side holds afterwards.</summary>
public sealed record Moved(int Partitions, long Rows, long RowsThere);

/// <summary>Copies a whole store into an empty one: every row of every partition, so links, keys and sign-ins too. Messages are not copied; a sweep writes them anew.</summary>
public static class StoreMove
{
    /// <summary>Far below the four megabytes of a batch, whatever the texts are escaped to.</summary>
    private const int CharactersInABatch = 300_000;

    /// <summary>A store without businesses is empty: they are copied last, so a move that was cut off can be begun again.</summary>
    public static async Task<bool> IsEmptyAsync(StoreSide side, CancellationToken ct) => (await new StoreLists(side.Rows).BusinessesAsync(1, null, ct)).Items.Count == 0;

    /// <exception cref="InvalidDataException">The sides differ afterwards: somebody wrote meanwhile, or the target was not empty.</exception>
    public static async Task<Moved> RunAsync(StoreSide from, StoreSide to, CancellationToken ct)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var (batch, last) = (new Batch(to.Rows), new Batch(to.Rows));
        await foreach (var (partition, row) in from.Copies.AllAsync(ct))
        {
            counts[partition] = counts.GetValueOrDefault(partition) + 1;
            await (partition == Keys.BusinessList ? last : batch).AddAsync(partition, row, ct);
        }

        await batch.WriteAsync(ct);
        await last.WriteAsync(ct);
        var there = await CountAsync(to.Copies, ct);
        if (counts.Count != there.Count || counts.Any(count => there.GetValueOrDefault(count.Key) != count.Value))
        {
            var differing = counts.Keys.Union(there.Keys).Count(partition => counts.GetValueOrDefault(partition) != there.GetValueOrDefault(partition));
            throw new InvalidDataException(
                $"{counts.Values.Sum()} rows were copied and {there.Values.Sum()} are there now; {differing} partitions differ. Was a server running, or the target not empty?");
        }

        return new(counts.Count, counts.Values.Sum(), there.Values.Sum());
    }

    private static async Task<Dictionary<string, long>> CountAsync(IRowCopies copies, CancellationToken ct)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var (partition, _) in copies.AllAsync(ct)) counts[partition] = counts.GetValueOrDefault(partition) + 1;
        return counts;
    }

    /// <summary>Rows of one partition that are written together.</summary>
    private sealed class Batch(IRowEngine rows)
    {
        private readonly List<RowChange> changes = [];
        private string partition = "";
        private long characters;

        public async Task AddAsync(string of, Row row, CancellationToken ct)
        {
            if (of != partition || changes.Count == Limits.BatchCount || characters + row.Body.Length > CharactersInABatch) await WriteAsync(ct);
            partition = of;
            changes.Add(new(RowAction.Put, row.Key, row.Body, row.Version));
            characters += row.Body.Length;
        }

        public async Task WriteAsync(CancellationToken ct)
        {
            if (changes.Count > 0) await rows.CommitAsync(partition, Guid.NewGuid().ToString("N"), [.. changes], ct);
            changes.Clear();
            characters = 0;
        }
    }
}
