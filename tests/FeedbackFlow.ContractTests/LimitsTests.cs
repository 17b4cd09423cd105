using System.Text.Encodings.Web;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using Xunit;

namespace FeedbackFlow.ContractTests;

public class LimitsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("task:2026-11-22T10:00:00Z:ab_c-d~e.f")]
    [InlineData("לקוח")]
    [InlineData("it's 100%")]
    public void Ordinary_keys_are_allowed(string key) => Limits.CheckKey(key);

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0000b")]
    [InlineData("a\u001Fb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u009Fb")]
    [InlineData("a😀")]
    public void Keys_that_an_engine_cannot_hold_are_refused(string key)
    {
        Assert.ThrowsAny<ArgumentException>(() => Limits.CheckKey(key));
        Assert.ThrowsAny<ArgumentException>(() => Limits.CheckPartition(key));
    }

    [Fact]
    public void A_key_has_at_most_512_characters()
    {
        Limits.CheckKey(new string('k', 512));

        Assert.ThrowsAny<ArgumentException>(() => Limits.CheckKey(new string('k', 513)));
    }

    [Fact]
    public void A_batch_has_1_to_100_changes()
    {
        Check(Rows(100));

        Assert.ThrowsAny<ArgumentException>(() => Check([]));
        Assert.ThrowsAny<ArgumentException>(() => Check(Rows(101)));
    }

    [Fact]
    public void A_key_is_in_a_batch_once_and_case_matters()
    {
        Check([Put("a"), Put("A")]);

        var error = Assert.ThrowsAny<ArgumentException>(() => Check([Put("a"), new(RowAction.Remove, "a")]));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_fills_at_most_15_chunks_and_the_row_stays_under_a_mebibyte()
    {
        var longest = new string('ש', Limits.BodyLength);
        Check([Put("a", longest)]);

        Assert.ThrowsAny<ArgumentException>(() => Check([Put("a", longest + "x")]));
        Assert.True(2 * (Limits.BodyLength + (2 * Limits.KeyLength) + Limits.CommitIdLength) < (1024 * 1024) - 4096);
    }

    [Fact]
    public void A_body_with_half_a_surrogate_pair_is_refused()
    {
        // Not as inline data: the runner would mend the halves.
        foreach (var body in new[] { "half \uD83D", "\uDE00 half", "\uD83D\uD83D\uDE00", "\uDE00\uD83D" })
        {
            Assert.ThrowsAny<ArgumentException>(() => Check([Put("a", body)]));
        }
    }

    [Fact]
    public void A_batch_stays_under_4_MiB_on_the_wire()
    {
        // 450,000 Hebrew letters are 900,000 bytes in UTF-8; four fit, five do not.
        var body = new string('ש', 450_000);
        Check([.. Rows(4).Select(row => row with { Body = body })]);

        var error = Assert.ThrowsAny<ArgumentException>(() => Check([.. Rows(5).Select(row => row with { Body = body })]));
        Assert.Contains("bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_count_on_the_wire()
    {
        var plain = new string('x', 400_000);
        var quotes = new string('"', 400_000);
        Check([.. Rows(10).Select(row => row with { Body = plain })]);

        Assert.ThrowsAny<ArgumentException>(() => Check([.. Rows(10).Select(row => row with { Body = quotes })]));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("שָׁלוֹם 😡 €")]
    [InlineData("""{"quoted":"C:\\temp"}""")]
    public void The_measure_of_a_text_is_its_length_inside_JSON(string text)
    {
        Assert.True(JsonText.TryMeasure(text, out var bytes));

        Assert.Equal(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length, bytes);
    }

    [Fact]
    public void A_change_has_what_its_action_needs()
    {
        Assert.ThrowsAny<ArgumentException>(() => Check([new(RowAction.Insert, "a")]));
        Assert.ThrowsAny<ArgumentException>(() => Check([new(RowAction.Put, "a")]));
        Assert.ThrowsAny<ArgumentException>(() => Check([new(RowAction.Replace, "a", "{}")]));
        Assert.ThrowsAny<ArgumentException>(() => Check([new(RowAction.Delete, "a")]));
        Assert.ThrowsAny<ArgumentException>(() => Check([new(RowAction.Remove, "a", "{}")]));
    }

    [Fact]
    public void A_refusal_names_the_key_but_never_the_content()
    {
        var secret = "נעמה כהן" + new string('x', Limits.BodyLength);

        var error = Assert.ThrowsAny<ArgumentException>(() => Check([Put("feedback:7", secret)]));

        Assert.Contains("feedback:7", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("נעמה", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_key_is_shown_without_its_controls_and_not_at_full_length()
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Limits.CheckKey("a\r\nforged" + new string('k', 5000)));

        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 250);
    }

    [Theory]
    [InlineData("nudges")]
    [InlineData("a-1")]
    public void Ordinary_queue_names_are_allowed(string queue) => QueueLimits.CheckQueue(queue);

    [Theory]
    [InlineData("ab")]
    [InlineData("Nudges")]
    [InlineData("-nudges")]
    [InlineData("nudges-")]
    [InlineData("nud--ges")]
    [InlineData("תור-א")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Queue_names_the_cloud_refuses_are_refused(string queue) =>
        Assert.ThrowsAny<ArgumentException>(() => QueueLimits.CheckQueue(queue));

    private static void Check(RowChange[] changes) => Limits.CheckBatch("demo", "commit", changes);

    private static RowChange[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => Put($"k{i}"))];

    private static RowChange Put(string key, string body = "{}") => new(RowAction.Put, key, body);
}
