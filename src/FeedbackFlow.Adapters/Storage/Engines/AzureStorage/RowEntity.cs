using System.Globalization;
using Azure;
using FeedbackFlow.Adapters.AzureRest.Tables;

namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>
/// A row as an entity: <c>Version</c>, <c>Commit</c>, and the body in <c>Body0</c>, <c>Body1</c>, … because one property holds 32,768 UTF-16 units. A piece never
/// ends inside a surrogate pair, which could not be written as UTF-8.
/// </summary>
internal static class RowEntity
{
    private const string VersionName = "Version";
    private const string CommitName = "Commit";
    private const string BodyName = "Body";

    public static TableEntity Write(string partition, string commitId, RowChange change)
    {
        var entity = new TableEntity(partition, change.Key) { [VersionName] = change.Version, [CommitName] = commitId };
        var body = change.Body!;
        for (var (start, piece) = (0, 0); piece == 0 || start < body.Length; piece++)
        {
            var length = Math.Min(Limits.ChunkLength, body.Length - start);
            if (start + length < body.Length && char.IsHighSurrogate(body[start + length - 1])) length++;
            entity[Name(piece)] = body.Substring(start, length);
            start += length;
        }

        return entity;
    }

    /// <exception cref="FormatException">Something else was stored under this key.</exception>
    public static Row Read(TableEntity entity)
    {
        var pieces = new List<string>();
        while (entity.GetString(Name(pieces.Count)) is { } piece) pieces.Add(piece);
        if (pieces.Count == 0 || entity.GetString(CommitName) is not { } commit || entity.GetInt32(VersionName) is not { } version || entity.ETag == default(ETag))
            throw new FormatException($"The entity '{Limits.Shown(entity.RowKey)}' is not a row of FeedbackFlow.");
        return new(entity.RowKey, string.Concat(pieces), version, commit, entity.ETag.ToString());
    }

    private static string Name(int piece) => BodyName + piece.ToString(CultureInfo.InvariantCulture);
}
