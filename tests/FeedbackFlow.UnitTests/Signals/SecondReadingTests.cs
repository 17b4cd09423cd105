using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

public sealed class SecondReadingTests
{
    private const double Decides = 0.35;
    private static readonly Reading Unsure = A.Reading() with { Confidence = new(0.2, 0.5, 0.3) };
    private static readonly Reading Sure = A.Reading() with { Sentiment = Sentiment.Negative, Confidence = new(0.05, 0.05, 0.9) };

    [Fact]
    public void Always_asks_about_every_text_and_about_nothing_else()
    {
        Assert.True(SecondReading.IsWorthAsking(AskPolicy.Always, "שלום", null, Sure, Decides));
        Assert.False(SecondReading.IsWorthAsking(AskPolicy.Always, " ", null, Unsure, Decides));
        Assert.False(SecondReading.IsWorthAsking(AskPolicy.Always, null, null, Unsure, Decides));
        Assert.False(SecondReading.IsWorthAsking(AskPolicy.Always, "שלום", null, Reading.OfNothing(Reading.NotAnalysed), Decides));
    }

    [Fact]
    public void Cascade_asks_where_the_local_reading_is_unsure_and_nothing_has_decided()
    {
        Assert.True(Asks(Unsure));
        Assert.False(Asks(Sure));
        Assert.True(Asks(Sure with { Sentiment = Sentiment.Mixed }));
        Assert.True(Asks(Sure with { Language = "ru" }));
        Assert.False(Asks(Unsure, new(RatingScale.Stars, 1)));
        Assert.True(Asks(Unsure, new(RatingScale.Stars, 3)));
        Assert.False(Asks(Unsure with { Signals = [Signal(SignalKind.Leave, 0.4)] }));
        Assert.True(Asks(Unsure with { Signals = [Signal(SignalKind.Leave, 0.3)] }));
        Assert.True(Asks(Unsure with { Signals = [Signal(SignalKind.Praise, 0.9)] }));
    }

    [Theory]
    [InlineData("he", "he")]
    [InlineData("en", "en")]
    [InlineData("ru", "ru")]
    [InlineData("mixed", "he")]
    [InlineData("und", null)]
    public void A_language_is_named_or_nobody_is_asked(string read, string? named) => Assert.Equal(named, SecondReading.LanguageToName(Unsure with { Language = read }));

    [Fact]
    public void Its_mood_is_taken_but_never_over_words_that_were_surely_negative()
    {
        var taken = SecondReading.With(Unsure, Sentiment.Negative, new(0, 0, 1), [], "language/1");
        Assert.Equal((Sentiment.Negative, 1.0, "local/1+language/1"), (taken.Sentiment, taken.Confidence.Negative, taken.AnalysedBy));

        var kept = SecondReading.With(Sure, Sentiment.Positive, new(1, 0, 0), [], "language/1");
        Assert.Equal((Sentiment.Negative, 0.9, "local/1+language/1"), (kept.Sentiment, kept.Confidence.Negative, kept.AnalysedBy));
    }

    [Fact]
    public void Signals_and_their_evidence_stay_and_a_conflict_with_the_score_falls_when_the_words_turn_out_otherwise()
    {
        var local = Unsure with
        {
            Sentiment = Sentiment.Positive,
            Signals = [Signal(SignalKind.Publish, 0.3)],
            Findings = [new(FindingKind.ScoreConflict, [new(0, 1)]), new(FindingKind.Sarcasm, [new(0, 1)])],
        };
        var opinion = new Opinion(new(0, 2), Sentiment.Negative, []);
        var after = SecondReading.With(local, Sentiment.Negative, new(0, 0, 1), [opinion], "x");

        Assert.Same(local.Signals, after.Signals);
        Assert.Equal([FindingKind.Sarcasm], after.Findings.Select(finding => finding.Kind));
        Assert.Equal([opinion], after.Opinions);
    }

    [Fact]
    public void Who_did_not_answer_is_said_and_can_be_taken_back()
    {
        var marked = SecondReading.Unanswered(Unsure, "language");
        Assert.Equal("local/1 (language: no answer)", marked.AnalysedBy);
        Assert.True(SecondReading.IsUnanswered(marked));
        Assert.True(marked.WordsWereRead);
        Assert.Equal(Unsure, SecondReading.Unmarked(marked));
        Assert.Same(Unsure, SecondReading.Unmarked(Unsure));
    }

    private static bool Asks(Reading local, Rating? rating = null) => SecondReading.IsWorthAsking(AskPolicy.Cascade, "words", rating, local, Decides);

    private static Signal Signal(SignalKind kind, double confidence) => new(kind, null, confidence, [new(0, 1)]);
}
