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

    private const string Hostile = "\uD83D\uDE21\u200B\u200F\u202E\u2066\u0301\u05B7\uFEFF\u00AD\0'\"#@-.,\n";
    private const int MostStepsPerCharacter = 200;

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
    [InlineData("a\u0301")]
    [InlineData("א\u05B7")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("א\"")]
    [InlineData("if you do not call me i will tell everyone on facebook and cancel my subscription ")]
    [InlineData("אם לא תחזרו אליי אספר לכולם בפייסבוק ואבטל את המנוי ")]
    public void A_long_repetition_is_read_to_its_end(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        Assert.True(IsSound(text));
    }

    /// <summary>Four times the text may take at most four times the steps, with a little room for the words at its ends.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("א")]
    [InlineData("not ")]
    [InlineData("לא ")]
    [InlineData("I will never ")]
    [InlineData("אני לא ")]
    [InlineData("i will not use you again, ")]
    [InlineData("never again. ")]
    [InlineData("if you do not call me i will tell everyone on facebook and cancel my subscription ")]
    [InlineData("אם לא תחזרו אליי אספר לכולם בפייסבוק ואבטל את המנוי ")]
    public void Steps_grow_with_the_text_and_no_faster(string piece)
    {
        var (once, fourTimes) = (StepsFor(piece, 10_000), StepsFor(piece, 40_000));
        Assert.InRange(fourTimes, 0, (4.1 * once) + 1000);
        Assert.InRange(fourTimes, 0, 40_000L * MostStepsPerCharacter);
    }

    [Fact]
    public void Every_unit_may_be_hostile()
    {
        var random = new Random(20_261_122);
        for (var round = 0; round < 300; round++)
        {
            var units = new char[random.Next(1, 400)];
            for (var i = 0; i < units.Length; i++)
            {
                units[i] = random.Next(3) switch
                {
                    0 => (char)random.Next(char.MaxValue + 1),
                    1 => Hostile[random.Next(Hostile.Length)],
                    _ => "leavנטוש "[random.Next(9)],
                };
            }

            Assert.True(IsSound(new string(units)));
        }
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u202E")]
    [InlineData("\u05B7")]
    [InlineData("\u0301")]
    [InlineData("\uFE0F")]
    public void What_is_written_between_the_letters_hides_nothing(string between)
    {
        const string plain = "אני עוברת למתחרים";
        var hidden = string.Concat(plain.Select(letter => letter == ' ' ? " " : letter + between));
        var evidence = SignalDetector.Read(hidden, null).Find(SignalKind.Leave)!.Evidence.Single();
        Assert.Equal(plain, evidence.In(hidden).Replace(between, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Emoji_around_a_signal_move_its_evidence_and_nothing_else()
    {
        var crowd = string.Concat(Enumerable.Repeat("👨‍👩‍👧😡", 1_000));
        var text = crowd + " I will never use you again " + crowd;
        var evidence = SignalDetector.Read(text, null).Find(SignalKind.Leave)!.Evidence.Single();
        Assert.Equal("I will never use you again", evidence.In(text));
    }

    private static long StepsFor(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        PhraseBook.Shared.FindAll(PhraseBook.Shared.Number(Tokenizer.Cut(text)), out var steps);
        return steps;
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
