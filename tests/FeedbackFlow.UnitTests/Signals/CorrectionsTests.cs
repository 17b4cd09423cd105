using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.UnitTests.Signals;

public sealed class CorrectionsTests
{
    [Theory]
    [InlineData("אני עוזבת אתכם ודי", "אני עוזבת אתכם ודי", SignalKind.Leave)]
    [InlineData("אני עוזבת אתכם ודי", "אני עוזבת אתכם, ודיי!", SignalKind.Leave)]
    [InlineData("I will tell everyone about you", "Terrible. I'll tell everyone about you.", SignalKind.Publish)]
    public void What_is_no_threat_is_read_so_at_once(string phrase, string text, SignalKind kind)
    {
        var reading = SignalDetector.Read(text, null);
        Assert.NotNull(reading.Find(kind));

        var corrected = Corrections.Apply(reading, text, [Learnt(phrase, kind, false)]);

        Assert.Null(corrected.Find(kind));
        Assert.EndsWith(Corrections.Mark, corrected.AnalysedBy, StringComparison.Ordinal);
        Assert.True(corrected.WordsWereRead);
    }

    [Theory]
    [InlineData("המפתחות שלי כבר אצל השכן", "שלום. המפתחות שלי כבר אצל השכן, תודה", SignalKind.Leave)]
    [InlineData("the neighbours will hear the tape", "So be it: the neighbours will hear the TAPE", SignalKind.Publish)]
    public void What_was_missed_is_found_with_its_own_words_as_evidence(string phrase, string text, SignalKind kind)
    {
        var reading = SignalDetector.Read(text, null);

        var corrected = Corrections.Apply(reading, text, [Learnt(phrase, kind, true)]);

        var signal = corrected.Find(kind)!;
        Assert.True(signal.Confidence >= 0.9);
        Assert.Equal(phrase, Assert.Single(signal.Evidence).In(text), ignoreCase: true);
    }

    [Fact]
    public void Other_words_and_other_kinds_stay_as_they_were()
    {
        const string Text = "אני עוזבת אתכם ואספר לכולם";
        var reading = SignalDetector.Read(Text, null);

        Assert.Same(reading, Corrections.Apply(reading, Text, [Learnt("אני עוזבת את הבית", SignalKind.Leave, false), Learnt("עוזבת", SignalKind.Legal, false)]));
        var corrected = Corrections.Apply(reading, Text, [Learnt("אני עוזבת אתכם ואספר לכולם", SignalKind.Leave, false)]);
        Assert.Null(corrected.Find(SignalKind.Leave));
        Assert.NotNull(corrected.Find(SignalKind.Publish));
    }

    [Fact]
    public void A_part_of_the_evidence_takes_back_only_when_it_is_half_of_its_words()
    {
        const string Text = "I will tell everyone I know about your disgraceful service";
        var reading = SignalDetector.Read(Text, null);

        Assert.NotNull(Corrections.Apply(reading, Text, [Learnt("disgraceful service", SignalKind.Publish, false)]).Find(SignalKind.Publish));
        Assert.Null(Corrections.Apply(reading, Text, [Learnt("I will tell everyone I know", SignalKind.Publish, false)]).Find(SignalKind.Publish));
    }

    [Fact]
    public void The_last_word_counts_and_the_same_word_twice_is_one()
    {
        var once = Corrections.With([], Learnt("never again", SignalKind.Leave, true))!;

        Assert.Null(Corrections.With(once, Learnt("Never, again", SignalKind.Leave, true)));
        Assert.False(Assert.Single(Corrections.With(once, Learnt("NEVER again!", SignalKind.Leave, false))!).IsSignal);
        Assert.Equal(2, Corrections.With(once, Learnt("never again", SignalKind.Publish, true))!.Count);
    }

    [Fact]
    public void A_business_holds_three_hundred_and_still_may_change_its_mind()
    {
        var full = Enumerable.Range(0, Corrections.Most).Select(n => Learnt("words number " + n, SignalKind.Leave, true)).ToList();

        Assert.Null(Corrections.With(full, Learnt("one more", SignalKind.Leave, true)));
        Assert.Equal(Corrections.Most, Corrections.With(full, full[7] with { IsSignal = false })!.Count);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("...", false)]
    [InlineData("די", true)]
    public void Only_words_can_be_learnt(string phrase, bool learnable) => Assert.Equal(learnable, Corrections.CanLearn(phrase));

    [Fact]
    public void A_text_nobody_read_stays_with_a_person()
    {
        var unread = Reading.OfNothing(Reading.NotAnalysed);

        Assert.Same(unread, Corrections.Apply(unread, "never again", [Learnt("never again", SignalKind.Leave, true)]));
    }

    [Theory]
    [InlineData("חיכיתי שמונה ימים. אף אחד לא חזר, ואני פונה למועצה", new[] { "חיכיתי שמונה ימים", "אף אחד לא חזר", "ואני פונה למועצה" })]
    [InlineData("Well, I don't think so", new[] { "Well, I don't think so" })]
    [InlineData(" . ", new string[0])]
    [InlineData("a b c d e f g h i j k l m n", new[] { "a b c d e f g h i j k l", "m n" })]
    public void A_text_is_cut_into_pieces_to_point_at(string text, string[] pieces) => Assert.Equal(pieces, Passages.Of(text).Select(passage => passage.In(text)));

    private static Correction Learnt(string phrase, SignalKind kind, bool isSignal) => new(phrase, kind, isSignal, A.Id<FeedbackId>(1), "דנה", A.Now);
}
