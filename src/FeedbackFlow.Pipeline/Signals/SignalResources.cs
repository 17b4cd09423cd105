using System.Text;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Phrase and word files that travel inside the assembly.</summary>
internal static class SignalResources
{
    /// <summary>The lines of a file, without comments (<c># …</c>) and blank lines; a line that begins with white space continues the one before.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        var lines = new List<string>();
        var logical = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            var content = line.StartsWith("# ", StringComparison.Ordinal) ? "" : line;
            if (content.Trim().Length == 0)
            {
                continue;
            }

            if (!char.IsWhiteSpace(line[0]))
            {
                End();
            }

            logical.Append(logical.Length > 0 ? " " : "").Append(content.AsSpan().Trim());
        }

        End();
        return lines;

        void End()
        {
            if (logical.Length > 0)
            {
                lines.Add(logical.ToString());
                logical.Clear();
            }
        }
    }

    public static Stream Open(string name) =>
        typeof(SignalResources).Assembly.GetManifestResourceStream("Signals/" + name)
        ?? throw new InvalidOperationException($"The file {name} is missing from the assembly.");
}
