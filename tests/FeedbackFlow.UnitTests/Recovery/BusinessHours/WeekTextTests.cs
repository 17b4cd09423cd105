using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using Xunit;

namespace FeedbackFlow.Tests.Recovery.BusinessHours;

public class WeekTextTests
{
    [Theory]
    [InlineData("sun-thu 08:00-18:00; fri 08:00-13:00", "sun 08:00-18:00; mon 08:00-18:00; tue 08:00-18:00; wed 08:00-18:00; thu 08:00-18:00; fri 08:00-13:00")]
    [InlineData("Mon 9:00-13:00 16:00-19:00", "mon 09:00-13:00, 16:00-19:00")]
    [InlineData("sat 20:00-24:00\nsun 00:00-02:00", "sun 00:00-02:00; sat 20:00-00:00")]
    [InlineData("", "")]
    [InlineData("mon\t09:00–13:00,16:00-19:00;", "mon 09:00-13:00, 16:00-19:00")]
    [InlineData("sat-sat 10:00-12:00", "sat 10:00-12:00")]
    [InlineData("fri 10:00-12:00; fri 08:00-09:00", "fri 08:00-09:00, 10:00-12:00")]
    public void Hours_are_read_and_written(string text, string written) => Assert.Equal(written, WeekText.Write(WeekText.Read(text)!));

    [Theory]
    [InlineData("every day 08:00-18:00")]
    [InlineData("sun 8-18")]
    [InlineData("sun")]
    [InlineData("thu-sun 08:00-18:00")]
    [InlineData("sun-mon-tue 08:00-18:00")]
    [InlineData("sun 08:00-25:00")]
    [InlineData("sun 25:00-08:00")]
    [InlineData("sun 08:00")]
    [InlineData("sun 08:00-12:00-13:00")]
    [InlineData("sun 08:00-12:00 later")]
    [InlineData("sun-all 08:00-12:00")]
    [InlineData("all-sun 08:00-12:00")]
    [InlineData("mon 08:00-12:00; all 08:00-12:00")]
    public void Anything_else_is_nothing(string text) => Assert.Null(WeekText.Read(text));

    [Fact]
    public void What_is_written_is_read_again() =>
        Assert.Equal(WorkingWeek.Israeli.Hours, WeekText.Read(WeekText.Write(WorkingWeek.Israeli.Hours)));

    [Theory]
    [InlineData("09:00-13:00, 16:00-19:00", "09:00-13:00, 16:00-19:00")]
    [InlineData("09:00-13:00;16:00-24:00", "09:00-13:00, 16:00-00:00")]
    [InlineData("", "")]
    [InlineData("9-13", null)]
    public void A_day_may_have_breaks_or_no_hours(string text, string? shifts)
    {
        var hours = WeekText.ReadDay(DayOfWeek.Monday, text);
        Assert.Equal(shifts, hours is null ? null : WeekText.WriteDay(hours, DayOfWeek.Monday));
        if (hours is not null) Assert.Equal("", WeekText.WriteDay(hours, DayOfWeek.Tuesday));
    }
}
