using FeedbackFlow.App;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

public class TimesTests
{
    private static readonly DateTimeOffset Monday = Samples.Now;

    [Theory]
    [InlineData("he", 60, "היום, יום שני, עד 15:40")]
    [InlineData("en", 60, "today, Monday, by 15:40")]
    [InlineData("he", 24 * 60, "מחר, יום שלישי, עד 14:40")]
    [InlineData("he", -24 * 60, "אתמול, יום ראשון, עד 14:40")]
    [InlineData("he", 5 * 24 * 60, "יום שבת, 28 בנובמבר, עד 14:40")]
    [InlineData("en", 40 * 24 * 60, "Saturday, 2 January 2027, by 14:40")]
    public void A_deadline_names_the_day(string language, int minutes, string said) => Assert.Equal(said, At(language, Monday).By(Monday.AddMinutes(minutes)));

    [Theory]
    [InlineData("he", 60, "עד 15:40")]
    [InlineData("he", 24 * 60, "עד מחר ב־14:40")]
    [InlineData("he", 3 * 24 * 60, "עד יום חמישי ב־14:40")]
    [InlineData("en", 3 * 24 * 60, "by Thursday 14:40")]
    [InlineData("en", 8 * 24 * 60, "by 1 December, 14:40")]
    [InlineData("en", -24 * 60, "by 22 November, 14:40")]
    public void A_subject_says_it_shorter(string language, int minutes, string said) => Assert.Equal(said, At(language, Monday).ShortBy(Monday.AddMinutes(minutes)));

    [Fact]
    public void The_day_is_the_one_of_the_business_and_not_of_the_server()
    {
        var lateEvening = new DateTimeOffset(2026, 11, 23, 21, 30, 0, TimeSpan.Zero);
        Assert.Equal("today, Monday, by 23:59", At("en", lateEvening).By(lateEvening.AddMinutes(29)));
        Assert.Equal("tomorrow, Tuesday, by 00:10", At("en", lateEvening).By(lateEvening.AddMinutes(40)));
    }

    [Fact]
    public void A_clock_change_in_between_is_counted_in_days_of_the_calendar()
    {
        var beforeTheChange = new DateTimeOffset(2026, 10, 24, 23, 30, 0, TimeSpan.FromHours(3));
        Assert.Equal("tomorrow, Sunday, by 23:30", At("en", beforeTheChange).By(beforeTheChange.AddHours(25)));
    }

    [Theory]
    [InlineData(0, "דקה")]
    [InlineData(2, "שתי דקות")]
    [InlineData(59, "59 דקות")]
    [InlineData(60, "שעה")]
    [InlineData(47 * 60, "47 שעות")]
    [InlineData(48 * 60, "יומיים")]
    [InlineData(8 * 24 * 60, "8 ימים")]
    public void A_wait_is_told_in_its_largest_unit(int minutes, string said) => Assert.Equal(said, At("he", Monday).Since(Monday.AddMinutes(-minutes)));

    private static Times At(string language, DateTimeOffset now) => Words.For(language).Times(Samples.Zone, now);
}
