using System.Globalization;
using System.Text;
using FeedbackFlow.Adapters.Storage.Engines;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>
/// What fits into every engine. SQLite would take nearly anything and the emulator of Azure Tables does not check all of it, so both engines
/// call these checks first. A violation throws <see cref="ArgumentException"/> that names the limit and the key, never the content.
/// </summary>
public static class Limits
{
    /// <summary>Characters of a partition or row key: 1 to 512.</summary>
    public const int KeyLength = 512;

    /// <summary>
    /// UTF-16 units in one chunk of a body. An Azure property holds 32,768; one less is counted on, so that a chunk may end before a surrogate
    /// pair instead of inside it.
    /// </summary>
    public const int ChunkLength = 32_767;

    /// <summary>Chunks of one body.</summary>
    public const int ChunkCount = 15;

    /// <summary>UTF-16 units of a body. With keys and names it stays below the 1 MiB of a row, because a unit is two bytes.</summary>
    public const int BodyLength = ChunkCount * ChunkLength;

    /// <summary>Changes of one batch: 1 to 100.</summary>
    public const int BatchCount = 100;

    /// <summary>UTF-8 bytes of a batch as the cloud's request would carry it, headers included.</summary>
    public const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>Rows of one page: 1 to 1,000.</summary>
    public const int PageLength = 1_000;

    /// <summary>Characters of a commit id: 1 to 64.</summary>
    public const int CommitIdLength = 64;

    // Multipart boundary, request line, headers and property names of one change.
    private const int ChangeOverhead = 1_024;

    public static void CheckPartition(string partition) => CheckName(partition, "partition");

    public static void CheckKey(string key) => CheckName(key, "row key");

    public static void CheckTake(int take) => CheckRange(take, 1, PageLength, "rows of a page");

    public static void CheckBatch(string partition, string commitId, IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        CheckPartition(partition);
        CheckRange(commitId?.Length ?? 0, 1, CommitIdLength, "characters of a commit id");
        CheckRange(changes.Count, 1, BatchCount, "changes of a batch");

        var keys = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var change in changes)
        {
            CheckKey(change.Key);
            if (!keys.Add(change.Key))
            {
                throw new ArgumentException($"The key '{Shown(change.Key)}' appears twice in a batch.");
            }

            CheckShape(change);
            // Keys travel in the address (percent-encoded) and in the body.
            bytes += ChangeOverhead + 4 * (Encoding.UTF8.GetByteCount(partition) + Encoding.UTF8.GetByteCount(change.Key));
            bytes += change.Body is { } body ? CheckBody(change.Key, body) : 0;
        }

        if (bytes >= BatchBytes)
        {
            throw new ArgumentException($"The batch that starts with '{Shown(changes[0].Key)}' is over the limit of {BatchBytes} bytes.");
        }
    }

    /// <summary>The key as a message may show it: controls replaced, at most 80 characters.</summary>
    internal static string Shown(string key)
    {
        var shown = key.Length > 80 ? string.Concat(key.AsSpan(0, 80), "…") : key;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '�' : c));
    }

    internal static void CheckRange(long value, long from, long to, string what)
    {
        if (value < from || value > to)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{what}: {from} to {to} are allowed, not {value}.");
            throw new ArgumentOutOfRangeException(null, text);
        }
    }

    private static void CheckName(string name, string what)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > KeyLength)
        {
            throw new ArgumentException($"The {what} '{Shown(name)}' has {name.Length} characters; 1 to {KeyLength} are allowed.");
        }

        foreach (var c in name)
        {
            // Without surrogates UTF-8 and UTF-16 sort alike, so every engine gives the same ordinal order.
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c) || char.IsSurrogate(c))
            {
                throw new ArgumentException($"The {what} '{Shown(name)}' contains U+{(int)c:X4}, which a key cannot hold.");
            }
        }
    }

    private static void CheckShape(RowChange change)
    {
        var writes = change.Action is RowAction.Insert or RowAction.Replace or RowAction.Put;
        if (writes != change.Body is not null)
        {
            throw new ArgumentException($"The change of '{Shown(change.Key)}' ({change.Action}) {(writes ? "needs a" : "takes no")} body.");
        }

        var conditional = change.Action is RowAction.Replace or RowAction.Delete;
        if (conditional && string.IsNullOrEmpty(change.ETag))
        {
            throw new ArgumentException($"The change of '{Shown(change.Key)}' ({change.Action}) needs an ETag.");
        }
    }

    private static long CheckBody(string key, string body)
    {
        if (body.Length > BodyLength)
        {
            throw new ArgumentException($"The body of '{Shown(key)}' has {body.Length} characters; at most {BodyLength} are allowed.");
        }

        return JsonText.TryMeasure(body, out var bytes)
            ? bytes
            : throw new ArgumentException($"The body of '{Shown(key)}' is not Unicode text: half of a surrogate pair stands alone.");
    }
}
