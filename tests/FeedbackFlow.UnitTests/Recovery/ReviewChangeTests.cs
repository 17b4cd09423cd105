using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Recovery;

public class ReviewChangeTests
{
    private static readonly Reason Leave = new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Threat);

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(2, 4, false)]
    [InlineData(null, 1, false)]
    [InlineData(1, null, false)]
    public void Fewer_stars_open_it_again(int? before, int? now, bool opens) => Assert.Equal(opens, ReviewChange.OpensAgain(Stars(before), Stars(now), With(Leave), With(Leave)));

    [Fact]
    public void Scores_on_two_scales_are_not_compared() => Assert.False(ReviewChange.OpensAgain(new(RatingScale.Nps, 9), new(RatingScale.Stars, 4), With(Leave), With(Leave)));

    public static TheoryData<string, Reason, Reason, bool> Words { get; } = new()
    {
        { "the same threat", Leave, Leave, false },
        { "a firmer one of the same kind", Leave, Leave with { Strength = SignalStrength.Done }, false },
        { "another threat", Leave, Leave with { Signal = SignalKind.Legal }, true },
        { "a threat where there was only a low score", new(ReasonKind.LowScore), Leave, true },
        { "a weaker word", Leave, new(ReasonKind.Signal, SignalKind.Unreachable), false },
        { "another contact without an answer", Leave, new(ReasonKind.Unanswered, Count: 2), true },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Something_urgent_that_was_not_there_opens_it_again(string story, Reason before, Reason now, bool opens) =>
        Assert.Equal((story, opens), (story, ReviewChange.OpensAgain(Stars(1), Stars(1), With(before), With(now))));

    [Fact]
    public void Among_several_reasons_one_that_is_urgent_and_new_is_enough_and_one_that_was_there_is_not()
    {
        Reason score = new(ReasonKind.LowScore), legal = new(ReasonKind.Signal, SignalKind.Legal);
        Assert.True(ReviewChange.OpensAgain(Stars(1), Stars(1), With(score), With(legal, score)));
        Assert.False(ReviewChange.OpensAgain(Stars(1), Stars(1), With(Leave, score), With(Leave)));
        Assert.False(ReviewChange.OpensAgain(Stars(1), Stars(1), With(score, Leave), With(Leave, new(ReasonKind.AsksForCall))));
    }

    private static Rating? Stars(int? value) => value is { } stars ? new(RatingScale.Stars, stars) : null;

    private static CallBackTask With(params Reason[] reasons) => A.Task() with { Reasons = reasons };
}
