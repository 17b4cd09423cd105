using System.CommandLine;
using System.Globalization;
using FeedbackFlow.App.Cli.Reading;

namespace FeedbackFlow.App.Cli;

/// <summary><c>read FILE</c>: what the words of a whole table say. Needs no store and no settings.</summary>
internal static class ReadCommand
{
    private const string About = "Read a table of texts and write what they say, one JSON object a line in the order of the rows.";

    private const string AboutFile = """
        A .csv or .tsv file whose first row names the columns, or .jsonl. UTF-8; Hebrew files in windows-1255 are recognised.
        Where the columns scale (nps, csat, stars) and value are both there, they are read as the rating. In .tsv a row is one line.
        Each line of the output has the row's id, if it has one, then the reading as the feedback API answers it: language, sentiment,
        confidence, signals, findings, analysedBy. A row that cannot be read is reported on standard error by its line, gives
        {"id":…,"error":…} and stops nothing: the exit code is 0 when the file could be read, however many rows were bad.
        """;

    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = AboutFile };
        var column = new Option<string>("--text-column") { Description = "The column, or property, with the texts.", HelpName = "NAME", DefaultValueFactory = _ => "text" };
        var output = new Option<string>("--out") { Description = "Write to this file instead of standard output; it is replaced.", HelpName = "FILE" };
        var command = new Command("read", About) { file, column, output };
        command.SetAction(parsed => RunAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(column), parsed.GetValue(output)));
        return command;
    }

    private static async Task<int> RunAsync(string path, string column, string? output)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".csv" or ".tsv" or ".jsonl" or ".ndjson"))
            return Say.Wrong($"{path} does not end in .csv, .tsv or .jsonl.");
        if (!File.Exists(path)) return Say.Wrong($"There is no file {path}.");
        if (output is not null && Path.GetFullPath(output) == Path.GetFullPath(path)) return Say.Wrong("--out is the file that is read. Choose another name.");
        try
        {
            await using var file = File.OpenRead(path);
            var (encoding, note) = SourceEncoding.Of(file);
            if (note is not null) Console.Error.WriteLine(note);
            using var reader = new StreamReader(file, encoding);
            var rows = Rows(new(reader), path, column);
            await using var target = new BufferedStream(output is null ? Console.OpenStandardOutput() : File.Create(output), 1 << 16);
            await WriteAsync(rows, target, new(file, MachineClock.Instance));
            return Say.Ok;
        }
        catch (WrongSourceException wrong)
        {
            return Say.Wrong($"{path}: {wrong.Message}");
        }
    }

    private static IEnumerable<SourceRow> Rows(SourceLines lines, string path, string column) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => TableRows.Read(lines, tabs: false, column),
        ".tsv" => TableRows.Read(lines, tabs: true, column),
        _ => JsonRows.Read(lines, column),
    };

    private static async Task WriteAsync(IEnumerable<SourceRow> rows, Stream target, ProgressBar progress)
    {
        var (read, bad) = (0L, 0L);
        await ReadRun.RunAsync(rows, answer =>
        {
            read++;
            target.Write(answer.Bytes);
            if (answer.Problem is { } problem)
            {
                bad++;
                progress.Clear();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {answer.Line}: {problem}"));
            }

            progress.Show(read);
        });
        await target.FlushAsync();
        progress.Clear();
        if (bad > 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bad} of {read} rows could not be read."));
    }
}
