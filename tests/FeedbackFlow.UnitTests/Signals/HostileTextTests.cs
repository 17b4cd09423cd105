using FeedbackFlow.Pipeline.Signals;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

public class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "אני עוברת למתחרים", "I will never use you again", "tell everyone", "😡", "\uD83D", "\uDE21", "\u200F", "\u202E", "\u200B", "ֲ", "\"", "'", "\n", ".", ",",
        " ", "@user", "#NeverAgain", "ב-Google", "עו\"ד", "http://a.b", "9", "\0", "ﬁ", "é", "👨‍👩‍👧", "не", "لا", "לא", "not", "aaaaaaa", ":(", "\uFFFF",
    ];

    [Fact]
    public void Any_text_gets_a_reading_whose_evidence_lies_inside_it()
    {
        var anyText = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)));

        Check.QuickThrowOnFailure(Prop.ForAll(anyText.ToArbitrary(), IsSound));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("א")]
    [InlineData("not ")]
    [InlineData("לא ")]
    [InlineData("I will never ")]
    [InlineData("אני לא ")]
    [InlineData("😡")]
    [InlineData("\u202E")]
    [InlineData("a\u200B")]
    [InlineData("\uD83D")]
    [InlineData("if you do not call me i will tell everyone on facebook and cancel my subscription ")]
    [InlineData("אם לא תחזרו אליי אספר לכולם בפייסבוק ואבטל את המנוי ")]
    public void A_long_repetition_is_read_to_its_end(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        Assert.True(IsSound(text));
    }

    private static bool IsSound(string? text)
    {
        var reading = SignalDetector.Read(text, null);
        var ranges = reading.Signals.SelectMany(signal => signal.Evidence).Concat(reading.Findings.SelectMany(finding => finding.Evidence));
        var confidence = reading.Confidence;
        return ranges.All(range => LiesIn(text!, range))
            && reading.Signals.All(signal => signal is { Confidence: >= Reading.SignalFloor and <= 1, Evidence.Count: > 0 } && IsInOrder(signal.Evidence))
            && reading.Signals.DistinctBy(signal => signal.Kind).Count() == reading.Signals.Count
            && Math.Abs(confidence.Positive + confidence.Neutral + confidence.Negative - 1) < 1e-9;
    }

    private static bool LiesIn(string text, Evidence range) =>
        range.Start >= 0
        && range.Length > 0
        && range.End <= text.Length
        && !(range.Start > 0 && char.IsSurrogatePair(text[range.Start - 1], text[range.Start]))
        && !(range.End < text.Length && char.IsSurrogatePair(text[range.End - 1], text[range.End]));

    private static bool IsInOrder(IReadOnlyList<Evidence> ranges) => ranges.Zip(ranges.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
}
