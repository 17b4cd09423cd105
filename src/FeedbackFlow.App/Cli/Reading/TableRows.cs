using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>
/// Rows of a table whose first row names the columns. <c>.csv</c>: RFC 4180, forgiving quotes inside a field, which Hebrew abbreviations are full of; a quote that is
/// opened and never closed spoils its own row only. <c>.tsv</c>: one row a line, quotes are ordinary characters unless they enclose a whole field.
/// </summary>
internal sealed class TableRows
{
    /// <summary>A field that stays open longer than this was never meant to be one.</summary>
    private const int LongestRow = 100_000;

    private readonly SourceLines lines;
    private readonly char delimiter;
    private readonly int columns;
    private readonly int text;
    private readonly int id;
    private readonly int scale;
    private readonly int value;

    private TableRows(SourceLines lines, char delimiter, List<string> header, int text)
    {
        (this.lines, this.delimiter, this.text, columns) = (lines, delimiter, text, header.Count);
        id = Find(header, "id");
        (scale, value) = (Find(header, "scale"), Find(header, "value"));
        if (scale < 0 || value < 0) scale = value = -1;
    }

    public static IEnumerable<SourceRow> Read(SourceLines lines, bool tabs, string textColumn)
    {
        var delimiter = tabs ? '\t' : ',';
        if (NextLine(lines) is not { } first) throw new WrongSourceException("The file is empty: its first row must name the columns.");
        // Spreadsheets of some countries write semicolons where others write commas.
        if (!tabs && !first.Text.Contains(',', StringComparison.Ordinal) && first.Text.Contains(';', StringComparison.Ordinal)) delimiter = ';';
        lines.PutBack([first]);
        var (header, problem) = Fields(lines, delimiter);
        if (problem is not null) throw new WrongSourceException($"The first row, which must name the columns, cannot be read: {problem}");
        header = [.. header.Select(name => name.Trim())];
        var text = Find(header, textColumn);
        if (text < 0) throw new WrongSourceException($"There is no column '{textColumn}'. The file has: {string.Join(", ", header)}. Name the one with the texts with --text-column.");
        return new TableRows(lines, delimiter, header, text).Rows();
    }

    private IEnumerable<SourceRow> Rows()
    {
        while (NextLine(lines) is { } line)
        {
            lines.PutBack([line]);
            var (fields, problem) = Fields(lines, delimiter);
            yield return problem is null ? Row(line.Number, fields) : SourceRow.Bad(line.Number, null, problem);
        }
    }

    private SourceRow Row(long line, List<string> fields)
    {
        var name = Field(fields, id) is { Length: > 0 } given ? JsonValue.Create(given) : null;
        if (fields.Skip(columns).Any(field => field.Length > 0))
            return SourceRow.Bad(line, name, $"{fields.Count} fields, but the first row names {columns} columns; a text with {Named(delimiter)} inside must stand in quotes");
        if (Field(fields, text) is not { } words) return SourceRow.Bad(line, name, $"only {fields.Count} of {columns} fields, and the text is not among them");
        var (scaleGiven, scoreGiven) = (Blank(Field(fields, scale)), Blank(Field(fields, value)));
        if (scoreGiven is null) return new(line, name, words, scaleGiven, null, null);
        return int.TryParse(scoreGiven, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score)
            ? new(line, name, words, scaleGiven, score, null)
            : SourceRow.Bad(line, name, "value is no whole number");
    }

    private static SourceLine? NextLine(SourceLines lines)
    {
        while (lines.Read() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text)) return line;
        }

        return null;
    }

    private static (List<string> Fields, string? Problem) Fields(SourceLines lines, char delimiter)
    {
        var line = lines.Read()!;
        if (line.IsCut) return ([], "the row is too long");
        if (delimiter == '\t') return ([.. line.Text.Split('\t').Select(Unquoted)], null);

        var split = new QuotedFields(delimiter);
        var (taken, length) = (new List<SourceLine>(), 0);
        while (!split.Take(line.Text))
        {
            // Still inside quotes at the end of the line: the field goes on in the next one.
            split.Append(line.End);
            if ((length += line.Text.Length + 1) > LongestRow || lines.Read() is not { } following)
            {
                lines.PutBack(taken);
                return ([], "a quote is opened and never closed");
            }

            taken.Add(following);
            line = following;
        }

        return (split.Fields, null);
    }

    private static string Unquoted(string field)
    {
        if (field.Length < 2 || field[0] != '"' || field[^1] != '"') return field;
        var inner = field[1..^1];
        var single = inner.Replace("\"\"", "", StringComparison.Ordinal);
        return single.Contains('"', StringComparison.Ordinal) ? field : inner.Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static int Find(List<string> header, string name)
    {
        var exact = header.IndexOf(name);
        return exact >= 0 ? exact : header.FindIndex(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Field(List<string> fields, int index) => index >= 0 && index < fields.Count ? fields[index] : null;

    private static string? Blank(string? field) => string.IsNullOrWhiteSpace(field) ? null : field.Trim();

    private static string Named(char delimiter) => delimiter switch { '\t' => "tabs", ';' => "semicolons", _ => "commas" };

    /// <summary>Fields of one row, which may span several lines.</summary>
    private sealed class QuotedFields(char delimiter)
    {
        private readonly StringBuilder field = new();
        private bool inQuotes;

        public List<string> Fields { get; } = [];

        public void Append(string text) => field.Append(text);

        /// <summary>False when the line ends inside quotes.</summary>
        public bool Take(string line)
        {
            var isFieldStart = !inQuotes;
            for (var i = 0; i < line.Length; i++)
            {
                var c = line[i];
                if (inQuotes)
                {
                    if (c != '"') field.Append(c);
                    else if (i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
                    else inQuotes = false;
                }
                else if (c == delimiter)
                {
                    End();
                    isFieldStart = true;
                    continue;
                }
                else if (c == '"' && isFieldStart)
                {
                    inQuotes = true;
                }
                else
                {
                    field.Append(c);
                }

                isFieldStart = false;
            }

            if (!inQuotes) End();
            return !inQuotes;
        }

        private void End()
        {
            Fields.Add(field.ToString());
            field.Clear();
        }
    }
}
