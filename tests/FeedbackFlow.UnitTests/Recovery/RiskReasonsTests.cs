using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class RiskReasonsTests
{
    private const double Alert = 0.35;

    [Theory]
    [InlineData(SignalKind.Leave, Priority.Critical)]
    [InlineData(SignalKind.Publish, Priority.Critical)]
    [InlineData(SignalKind.Legal, Priority.Critical)]
    [InlineData(SignalKind.Safety, Priority.Critical)]
    [InlineData(SignalKind.Unreachable, Priority.High)]
    [InlineData(SignalKind.PromiseBroken, Priority.High)]
    [InlineData(SignalKind.CallMe, Priority.High)]
    public void A_risk_counts_exactly_from_the_alert_threshold(SignalKind kind, Priority priority)
    {
        var said = A.Feedback().WithText("…");
        var reason = Assert.Single(Of(said, A.Reading().With(kind, Alert, SignalStrength.Threat)));
        Assert.Equal(new(ReasonKind.Signal, kind, SignalStrength.Threat), reason);
        Assert.Equal(priority, RiskReasons.PriorityOf(reason));
        Assert.Empty(Of(said, A.Reading().With(kind, Math.BitDecrement(Alert))));
    }

    [Theory]
    [InlineData(SignalKind.Rude)]
    [InlineData(SignalKind.Money)]
    [InlineData(SignalKind.Praise)]
    public void Rudeness_money_and_praise_alone_call_nobody(SignalKind kind) => Assert.Empty(Of(A.Feedback().WithText("…"), A.Reading().With(kind, 1)));

    [Fact]
    public void The_threshold_is_the_business_own()
    {
        var careful = Policy.Default with { AlertThreshold = 0.6 };
        var (said, reading) = (A.Feedback().WithText("…"), A.Reading().With(SignalKind.Leave, 0.59));
        Assert.Empty(RiskReasons.For(said, reading, History.None, careful));
        Assert.Single(RiskReasons.For(said, reading, History.None, careful with { AlertThreshold = 0.59 }));
    }

    [Fact]
    public void A_low_score_is_a_reason_that_tells_the_score_and_its_scale()
    {
        Assert.Equal([new(ReasonKind.LowScore, Count: 2, Detail: "Stars")], Of(A.Feedback().WithStars(2)));
        Assert.Equal([new(ReasonKind.LowScore, Count: 6, Detail: "Nps")], Of(A.Feedback().WithNps(6)));
        Assert.Empty(Of(A.Feedback().WithStars(3)));
        Assert.Empty(Of(A.Feedback().WithNps(7)));
    }

    [Fact]
    public void Asking_for_a_call_is_a_reason_whatever_the_score() =>
        Assert.Equal([new(ReasonKind.AsksForCall)], Of(A.Feedback().WithStars(5).AsksForCall()));

    [Fact]
    public void The_first_contact_without_an_answer_is_no_reason_and_the_second_is()
    {
        var asks = A.Feedback().WithText("מתי מגיעים?");
        Assert.Empty(Of(asks));
        Assert.Equal([new(ReasonKind.Unanswered, Count: 2)], Of(asks, history: History.None.WaitingSinceDays(2)));
    }

    [Fact]
    public void The_third_contact_is_counted() =>
        Assert.Equal([new(ReasonKind.Unanswered, Count: 3)], Of(A.Feedback().WithText("מתי מגיעים?"), history: History.None.WaitingSinceDays(4, 2)));

    [Fact]
    public void An_unanswered_contact_is_remembered_for_30_days_and_not_longer()
    {
        var asks = A.Feedback().WithText("מתי מגיעים?");
        Assert.Equal([new(ReasonKind.Unanswered, Count: 2)], Of(asks, history: History.None.WaitingSinceDays(30)));
        Assert.Empty(Of(asks, history: History.None with { Waiting = [A.Now.AddDays(-30).AddTicks(-1)] }));
        Assert.Equal([new(ReasonKind.Unanswered, Count: 2)], Of(asks, history: History.None.WaitingSinceDays(90, 60, 31, 29)));
    }

    [Fact]
    public void Somebody_who_says_thank_you_does_not_wait_for_an_answer() =>
        Assert.Empty(Of(A.Feedback().WithText("תודה רבה"), A.Reading().Positive(), History.None.WaitingSinceDays(2, 1)));

    [Theory]
    [InlineData(Channel.Phone, null, Sentiment.Neutral, true)]
    [InlineData(Channel.Mail, null, Sentiment.Positive, true)]
    [InlineData(Channel.Form, null, Sentiment.Neutral, true)]
    [InlineData(Channel.Form, 3, Sentiment.Neutral, false)]
    [InlineData(Channel.Form, 3, Sentiment.Negative, true)]
    [InlineData(Channel.Form, 3, Sentiment.Mixed, true)]
    [InlineData(Channel.Form, 5, Sentiment.Mixed, false)]
    [InlineData(Channel.Form, null, Sentiment.Positive, false)]
    public void Who_writes_or_phones_waits_and_who_fills_in_a_survey_waits_when_complaining(Channel channel, int? stars, Sentiment sentiment, bool waits)
    {
        var said = A.Feedback().WithText("…") with { Channel = channel, Rating = stars is { } value ? new(RatingScale.Stars, value) : null };
        Assert.Equal(waits, RiskReasons.ExpectsAnswer(said, A.Reading() with { Sentiment = sentiment }));
    }

    [Fact]
    public void Surely_negative_words_are_a_reason_from_eight_tenths_on()
    {
        var said = A.Feedback().WithText("…");
        Assert.Equal([new(ReasonKind.NegativeWords)], Of(said, A.Reading().Negative(0.8)));
        Assert.Empty(Of(said, A.Reading().Negative(Math.BitDecrement(0.8))));
        Assert.Empty(Of(said, A.Reading() with { Sentiment = Sentiment.Mixed, Confidence = new(0.1, 0.1, 0.8) }));
    }

    /// <summary>The words decide, the score helps: no score may silence angry words. With a low one the score says it already.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void Angry_words_count_beside_every_score_that_is_not_low(int stars, bool counts) =>
        Assert.Equal(counts, Of(A.Feedback().WithText("…").WithStars(stars), A.Reading().Negative()).Contains(new(ReasonKind.NegativeWords)));

    [Fact]
    public void A_worse_score_never_takes_a_task_away()
    {
        foreach (var reading in new[] { A.Reading(), A.Reading().Negative(), A.Reading().Positive(), A.Reading().In("ru"), Reading.OfNothing(Reading.NotAnalysed) })
        {
            var opens = Enumerable.Range(1, 5).Select(stars => Of(A.Feedback().WithText("…").WithStars(stars), reading).Count > 0).ToList();
            Assert.Equal(opens.OrderDescending(), opens);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Words_that_could_not_be_analysed_need_a_person_whatever_the_score(int? stars)
    {
        var said = A.Feedback().WithText("…") with { Rating = stars is { } value ? new(RatingScale.Stars, value) : null };
        Assert.Contains(new(ReasonKind.NotAnalysed), Of(said, Reading.OfNothing(Reading.NotAnalysed)));
    }

    [Fact]
    public void Without_words_there_is_nothing_to_analyse()
    {
        Assert.Empty(Of(A.Feedback().WithStars(5), Reading.OfNothing(Reading.NotAnalysed)));
        Assert.Empty(Of(A.Feedback().WithStars(5), Reading.OfNothing("local/1")));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("ar")]
    public void Words_in_a_language_that_is_not_read_go_by_the_score(string language)
    {
        var (said, reading) = (A.Feedback().WithText("…"), A.Reading().In(language));
        var unread = new Reason(ReasonKind.OtherLanguage, Detail: language);
        Assert.Equal([unread], Of(said, reading));
        Assert.Equal([unread], Of(said.WithStars(3), reading));
        Assert.Equal([new(ReasonKind.LowScore, Count: 1, Detail: "Stars"), unread], Of(said.WithStars(1), reading));
        Assert.Empty(Of(said.WithStars(4), reading));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    [InlineData("mixed")]
    [InlineData("und")]
    public void Words_that_were_read_need_no_other_reader(string language) => Assert.Empty(Of(A.Feedback().WithText("…"), A.Reading().In(language)));

    [Fact]
    public void Words_in_a_language_that_is_not_read_are_not_called_angry() =>
        Assert.DoesNotContain(new(ReasonKind.NegativeWords), Of(A.Feedback().WithText("…"), A.Reading().In("ru").Negative()));

    [Fact]
    public void A_conflict_of_score_and_words_is_told_beside_a_reason_and_is_none_by_itself()
    {
        var praise = A.Reading().Positive().With(FindingKind.ScoreConflict);
        Assert.Equal([ReasonKind.LowScore, ReasonKind.ScoreConflict], Of(A.Feedback().WithText("…").WithStars(1), praise).Select(reason => reason.Kind));
        Assert.Empty(Of(A.Feedback().WithText("…").WithStars(5), praise));
    }

    [Fact]
    public void The_strongest_reasons_stand_first()
    {
        var reasons = Of(
            A.Feedback().WithText("…").WithStars(1).AsksForCall(),
            A.Reading().With(SignalKind.Unreachable).With(SignalKind.Leave, strength: SignalStrength.Decided).With(FindingKind.ScoreConflict),
            History.None.WaitingSinceDays(1));
        Assert.Equal(
            [ReasonKind.Signal, ReasonKind.Unanswered, ReasonKind.Signal, ReasonKind.AsksForCall, ReasonKind.LowScore, ReasonKind.ScoreConflict],
            reasons.Select(reason => reason.Kind));
        Assert.Equal(SignalKind.Leave, reasons[0].Signal);
    }

    [Theory]
    [InlineData(ReasonKind.Unanswered, Priority.Critical)]
    [InlineData(ReasonKind.AsksForCall, Priority.High)]
    [InlineData(ReasonKind.NegativeWords, Priority.High)]
    [InlineData(ReasonKind.LowScore, Priority.Normal)]
    [InlineData(ReasonKind.ScoreConflict, Priority.Normal)]
    [InlineData(ReasonKind.NotAnalysed, Priority.Normal)]
    [InlineData(ReasonKind.OtherLanguage, Priority.Normal)]
    [InlineData(ReasonKind.NobodyCalled, Priority.Critical)]
    [InlineData(ReasonKind.NotSolved, Priority.Critical)]
    [InlineData(ReasonKind.AsksForOtherTime, Priority.Normal)]
    [InlineData(ReasonKind.AsksForWriting, Priority.Normal)]
    [InlineData(ReasonKind.AsksForNoCall, Priority.Normal)]
    public void Each_reason_has_its_priority(ReasonKind kind, Priority priority) => Assert.Equal(priority, RiskReasons.PriorityOf(new(kind)));

    [Fact]
    public void Words_wait_for_an_answer_unless_they_are_plainly_content()
    {
        Assert.True(Expects(A.Feedback().WithText("…"), A.Reading()));
        Assert.True(Expects(A.Feedback().WithText("…").WithStars(3), A.Reading() with { Sentiment = Sentiment.Mixed }));
        Assert.True(Expects(A.Feedback().AsksForCall().WithStars(5), A.Reading().Positive()));
        Assert.True(Expects(A.Feedback().WithText("…").WithStars(5), A.Reading().Positive().With(SignalKind.Unreachable)));
        Assert.True(Expects(A.Feedback().WithText("…"), Reading.OfNothing(Reading.NotAnalysed)));

        var mail = A.Feedback().WithText("…") with { Channel = Channel.Mail };
        Assert.True(Expects(mail, A.Reading().With(SignalKind.Praise) with { Sentiment = Sentiment.Mixed }));
        Assert.True(Expects(mail, A.Reading().Positive()));
        Assert.False(Expects(mail, A.Reading().Positive().With(SignalKind.Praise)));

        Assert.False(Expects(A.Feedback().WithStars(1), A.Reading()));
        Assert.False(Expects(A.Feedback().WithText("…"), A.Reading().Positive()));
        Assert.False(Expects(A.Feedback().WithText("…").WithStars(4), A.Reading()));
        Assert.False(Expects(A.Feedback().WithText("…").WithStars(5), A.Reading().Positive().With(SignalKind.Praise).With(SignalKind.Money)));
    }

    private static bool Expects(Feedback feedback, Reading reading) => RiskReasons.ExpectsAnswer(feedback, reading);

    private static IReadOnlyList<Reason> Of(Feedback feedback, Reading? reading = null, History? history = null) =>
        RiskReasons.For(feedback, reading ?? A.Reading(), history ?? History.None, Policy.Default);
}
