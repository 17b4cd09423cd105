using System.Text.Json.Nodes;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>One row of a file that is to be read.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Id">As it stands in the file; null where the row has none.</param>
/// <param name="Problem">Why the row cannot be read; null when it can.</param>
internal sealed record SourceRow(long Line, JsonNode? Id, string? Text, string? Scale, int? Score, string? Problem)
{
    public static SourceRow Bad(long line, JsonNode? id, string problem) => new(line, id, null, null, null, problem);
}

/// <summary>The file as a whole cannot be read: its name, its columns.</summary>
internal sealed class WrongSourceException(string message) : Exception(message);
