using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

public class MarksTests
{
    [Fact]
    public void Evidence_is_cut_out_and_nothing_is_lost()
    {
        var pieces = Marks.Cut("one two three", [new(4, 3)]);
        Assert.Equal([("one ", false), ("two", true), (" three", false)], pieces.Select(piece => (piece.Text, piece.IsMarked)));
    }

    [Theory]
    [InlineData(-5, 7)]
    [InlineData(10, 100)]
    [InlineData(100, 5)]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(5, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Ranges_outside_the_text_do_no_harm(int start, int length) =>
        Assert.Equal("one two three", string.Concat(Marks.Cut("one two three", [new(start, length)]).Select(piece => piece.Text)));

    [Fact]
    public void Overlapping_unsorted_ranges_keep_every_character_once()
    {
        var pieces = Marks.Cut("0123456789", [new(6, 3), new(1, 4), new(3, 4), new(2, 1)]);
        Assert.Equal("0123456789", string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal("12345678", string.Concat(pieces.Where(piece => piece.IsMarked).Select(piece => piece.Text)));
    }

    [Fact]
    public void An_emoji_is_marked_whole_or_not_at_all()
    {
        Assert.Equal([("a", false), ("😡", true), ("b", false)], Marks.Cut("a😡b", [new(2, 1)]).Select(piece => (piece.Text, piece.IsMarked)));
        Assert.Equal([("a😡", true), ("b", false)], Marks.Cut("a😡b", [new(0, 2)]).Select(piece => (piece.Text, piece.IsMarked)));
    }

    [Fact]
    public void An_excerpt_stands_around_its_evidence()
    {
        var text = string.Concat(Enumerable.Repeat("words before ", 200)) + "HERE" + string.Concat(Enumerable.Repeat(" words after", 200));
        var excerpt = Excerpt.Around(text, [new(text.IndexOf("HERE", StringComparison.Ordinal), 4)], 1_000);
        Assert.True(excerpt is { CutBefore: true, CutAfter: true });
        Assert.InRange(excerpt.Text.Length, 900, 1_000);
        Assert.Equal("HERE", Assert.Single(excerpt.Evidence).In(excerpt.Text));
    }

    [Fact]
    public void An_excerpt_stands_around_the_evidence_that_is_given_first()
    {
        var text = "eight days " + string.Concat(Enumerable.Repeat("and words between ", 50)) + "tell everyone now";
        Evidence[] evidence = [new(text.IndexOf("tell everyone", StringComparison.Ordinal), 13), new(0, 10)];
        var excerpt = Excerpt.Around(text, evidence, 60);
        Assert.Equal("tell everyone", Assert.Single(excerpt.Evidence).In(excerpt.Text));
        Assert.Matches("^(words|and|between)", excerpt.Text);
    }

    [Fact]
    public void A_short_text_stays_whole()
    {
        var excerpt = Excerpt.Around("short", [new(1, 2)], 1_000);
        Assert.Equal(("short", false), (excerpt.Text, excerpt.IsCut));
        Assert.Equal(new Evidence(1, 2), Assert.Single(excerpt.Evidence));
    }

    [Fact]
    public void Any_text_and_any_range_give_an_excerpt_within_its_limit()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 400)).Select(_ => random.Next(6) switch { 0 => "😡", 1 => " ", 2 => "\n", _ => "א" }));
            var evidence = Enumerable.Range(0, random.Next(4)).Select(_ => new Evidence(random.Next(-10, 500), random.Next(-10, 500))).ToList();
            var excerpt = Excerpt.Around(text, evidence, 60);
            Assert.InRange(excerpt.Text.Length, 0, 60);
            Assert.Contains(excerpt.Text, text, StringComparison.Ordinal);
            Assert.False(excerpt.Text.Length > 0 && char.IsLowSurrogate(excerpt.Text[0]));
            Assert.False(excerpt.Text.Length > 0 && char.IsHighSurrogate(excerpt.Text[^1]));
            Assert.Equal(excerpt.Text, string.Concat(Marks.Cut(excerpt.Text, excerpt.Evidence).Select(piece => piece.Text)));
        }
    }
}
