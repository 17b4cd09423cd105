using System.Globalization;
using System.Runtime.CompilerServices;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>The docs say what the table of formats says; <c>FEEDBACKFLOW_APPROVE=1</c> writes it there.</summary>
public class WebhookDocsTests
{
    [Fact]
    public void The_table_in_the_docs_is_the_table_in_the_program()
    {
        var docs = File.ReadAllText(Docs());
        var rows = FormatTable.All.Select(format => string.Create(
            CultureInfo.InvariantCulture,
            $"| `{format.Name}` | {format.Brand}{(format.IsExperimental ? " (experimental)" : "")} | {format.Proof.Name} | {format.Channel.ToString().ToLowerInvariant()} | {(format.LongestReply is { } bytes ? bytes + " " : "")}|"));
        var lines = docs.ReplaceLineEndings("\n").Split('\n').ToList();
        if (Environment.GetEnvironmentVariable("FEEDBACKFLOW_APPROVE") == "1")
        {
            var at = lines.FindIndex(IsRow);
            lines.RemoveAll(IsRow);
            lines.InsertRange(at, rows);
            File.WriteAllText(Docs(), string.Join('\n', lines));
        }

        Assert.Equal(rows, lines.Where(IsRow));
    }

    private static bool IsRow(string line) => line.StartsWith("| `", StringComparison.Ordinal);

    [Fact]
    public void Every_event_is_named()
    {
        var docs = File.ReadAllText(Docs());
        Assert.All(OutboundEvents.Names, name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    private static string Docs([CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "src", "FeedbackFlow.App", "Webhooks", "README.md");
}
