using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public sealed class ReadTests : IDisposable
{
    private const string Threat = "אם לא תחזרו אליי היום אני עובר למתחרים ומספר לכולם";
    private readonly WorkFolder folder = new();

    static ReadTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_format_gives_the_same_readings_in_order()
    {
        folder.Write("a.csv", $"id,text\n1,\"{Threat}\"\n2,\"two, \"\"quoted\"\"\nlines\"\n3,שירות מצוין\n");
        folder.Write("a.tsv", $"text\tid\r\n{Threat}\t1\r\n\"two, \"\"quoted\"\" lines\"\t2\r\nשירות מצוין\t3\r\n");
        folder.Write("a.jsonl", $"{{\"id\":\"1\",\"text\":\"{Threat}\"}}\n\n{{\"id\":\"2\",\"text\":\"two, \\\"quoted\\\"\\nlines\"}}\n{{\"id\":\"3\",\"text\":\"שירות מצוין\"}}");
        var (csv, tsv, jsonl) = (await ReadAsync("a.csv"), await ReadAsync("a.tsv"), await ReadAsync("a.jsonl"));
        Assert.Equal(["1", "2", "3"], csv.Select(Id));
        Assert.Equal(csv.Select(line => line.ToString()), jsonl.Select(line => line.ToString()));
        Assert.Equal(csv[0].ToString(), tsv[0].ToString());
        Assert.Equal(csv[2].ToString(), tsv[2].ToString());
    }

    [Fact]
    public async Task A_line_holds_what_the_feedback_api_answers_about_the_same_words()
    {
        folder.Write("a.csv", $"text,scale,value\n{Threat},stars,5\n");
        var read = Assert.Single(await ReadAsync("a.csv"));
        await using var server = await Served.StartAsync(folder, "--environment", "Development");
        using var answer = await server.SubmitAsync("demo", new { text = Threat, rating = new { scale = "stars", value = 5 } });
        using var body = await answer.Content.ReadFromJsonAsync<JsonDocument>();
        Assert.Equal(body!.RootElement.GetProperty("reading").ToString(), read.ToString());
    }

    [Fact]
    public async Task A_bad_row_is_told_by_its_line_keeps_its_place_and_stops_nothing()
    {
        folder.Write("a.jsonl", $"{{\"id\":1,\"text\":\"fine\"}}\nnot json\n[1]\n{{\"id\":4}}\n{{\"id\":5,\"text\":\"{new string('x', 10_001)}\"}}\n{{\"id\":6,\"text\":7}}\n"
            + "{\"id\":7,\"text\":\"a\",\"scale\":\"stars\",\"value\":9}\n{\"id\":8,\"text\":\"\\ud800\"}\n{\"id\":9,\"text\":\"fine\"}\n");
        var ended = (await Ran.ToEndAsync(folder, "read", "a.jsonl")).Expect(0);
        var lines = ended.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(9, lines.Count);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], Enumerable.Range(1, 9).Where(line => lines[line - 1].TryGetProperty("error", out _)));
        Assert.Equal(["line 2:", "line 3:", "line 4:", "line 5:", "line 6:", "line 7:", "line 8:"], ended.Error.Split('\n').Take(7).Select(line => line[..7]));
        Assert.Equal("7 of 9 rows could not be read.", ended.Error.Trim().Split('\n')[^1]);
        Assert.Equal(4, lines[3].GetProperty("id").GetInt32());
        Assert.False(lines[1].TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Old_Hebrew_files_and_marks_at_the_beginning_are_understood()
    {
        var rows = $"id,text\n1,{Threat}\n";
        await File.WriteAllBytesAsync(folder["old.csv"], Encoding.GetEncoding(1255).GetBytes(rows), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["mark.csv"], rows, new UTF8Encoding(true), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["sixteen.csv"], rows, Encoding.Unicode, TestContext.Current.CancellationToken);
        folder.Write("plain.csv", rows);
        var plain = (await ReadAsync("plain.csv"))[0].ToString();
        foreach (var name in new[] { "old.csv", "mark.csv", "sixteen.csv" }) Assert.Equal(plain, (await ReadAsync(name))[0].ToString());
    }

    [Fact]
    public async Task The_output_may_be_a_file_and_the_column_have_another_name()
    {
        folder.Write("a.tsv", "comment\nfine\n");
        var ended = (await Ran.ToEndAsync(folder, "read", "a.tsv", "--text-column", "Comment", "--out", "b.jsonl")).Expect(0);
        Assert.Equal("", ended.Out);
        Assert.StartsWith("{\"language\":", await File.ReadAllTextAsync(folder["b.jsonl"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_names_are_told_with_what_is_there()
    {
        folder.Write("a.csv", "id,comment\n1,x\n");
        folder.Write("empty.csv", "");
        Assert.Contains("id, comment", (await Ran.ToEndAsync(folder, "read", "a.csv")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("empty", (await Ran.ToEndAsync(folder, "read", "empty.csv")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("no file", (await Ran.ToEndAsync(folder, "read", "missing.csv")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains(".csv, .tsv or .jsonl", (await Ran.ToEndAsync(folder, "read", "a.xlsx")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--out", (await Ran.ToEndAsync(folder, "read", "a.csv", "--text-column", "comment", "--out", "./a.csv")).Expect(2).Error, StringComparison.Ordinal);
    }

    private static string? Id(JsonElement line) => line.GetProperty("id").GetString();

    private async Task<List<JsonElement>> ReadAsync(string file) =>
        [.. (await Ran.ToEndAsync(folder, "read", file)).Expect(0).Lines.Select(line => JsonDocument.Parse(line).RootElement)];
}
