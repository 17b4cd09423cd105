using System.Globalization;
using System.Runtime.CompilerServices;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>The docs say what the table of formats says.</summary>
public class WebhookDocsTests
{
    [Fact]
    public void The_table_in_the_docs_is_the_table_in_the_program()
    {
        var docs = File.ReadAllText(Docs());
        var rows = FormatTable.All.Select(format => string.Create(
            CultureInfo.InvariantCulture,
            $"| `{format.Name}` | {format.Brand}{(format.IsExperimental ? " (experimental)" : "")} | {format.Proof.Name} | {format.Channel.ToString().ToLowerInvariant()} | {(format.LongestReply is { } bytes ? bytes + " " : "")}|"));
        Assert.Equal(rows, docs.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_event_is_named()
    {
        var docs = File.ReadAllText(Docs());
        Assert.All(OutboundEvents.Names, name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    private static string Docs([CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "src", "FeedbackFlow.App", "Webhooks", "README.md");
}
