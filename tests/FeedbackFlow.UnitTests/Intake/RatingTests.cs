using FeedbackFlow.Pipeline.Intake;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class RatingTests
{
    [Theory]
    [InlineData(RatingScale.Nps, 0, true, false)]
    [InlineData(RatingScale.Nps, 6, true, false)]
    [InlineData(RatingScale.Nps, 7, false, false)]
    [InlineData(RatingScale.Nps, 8, false, false)]
    [InlineData(RatingScale.Nps, 9, false, true)]
    [InlineData(RatingScale.Nps, 10, false, true)]
    [InlineData(RatingScale.Csat, 1, true, false)]
    [InlineData(RatingScale.Csat, 2, true, false)]
    [InlineData(RatingScale.Csat, 3, false, false)]
    [InlineData(RatingScale.Csat, 4, false, true)]
    [InlineData(RatingScale.Csat, 5, false, true)]
    [InlineData(RatingScale.Stars, 2, true, false)]
    [InlineData(RatingScale.Stars, 3, false, false)]
    [InlineData(RatingScale.Stars, 4, false, true)]
    public void A_score_is_low_high_or_neither(RatingScale scale, int value, bool low, bool high)
    {
        var rating = new Rating(scale, value);
        Assert.Equal((low, high), (rating.IsLow, rating.IsHigh));
    }

    [Theory]
    [InlineData(RatingScale.Nps, 0, 10)]
    [InlineData(RatingScale.Csat, 1, 5)]
    [InlineData(RatingScale.Stars, 1, 5)]
    public void Scales_have_their_ends(RatingScale scale, int lowest, int highest) =>
        Assert.Equal((lowest, highest), (Rating.Lowest(scale), Rating.Highest(scale)));
}
