using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class LetterUseTests
{
    private static readonly DateTimeOffset Shabbat = A.Time("Sat 2026-11-28 10:00");
    private static readonly CallBackTask Closed = A.Task().After(new Close(Outcome.Saved, "x", null, "דנה"), A.Now).After!;

    [Theory]
    [InlineData(LetterKind.Apology)]
    [InlineData(LetterKind.Acknowledgement)]
    [InlineData(LetterKind.Alert)]
    [InlineData(LetterKind.Reminder)]
    [InlineData(LetterKind.Escalation)]
    [InlineData(LetterKind.Tried)]
    public void A_closed_task_needs_no_letter(LetterKind kind)
    {
        Assert.True(LetterUse.IsOver(A.Letter() with { Kind = kind }, Closed, A.Now));
        Assert.False(LetterUse.IsOver(A.Letter() with { Kind = kind }, A.Task(), A.Now));
    }

    [Fact]
    public void The_closing_letter_needs_a_closed_one()
    {
        Assert.False(LetterUse.IsOver(A.Letter() with { Kind = LetterKind.GaveUp }, Closed, A.Now));
        Assert.True(LetterUse.IsOver(A.Letter() with { Kind = LetterKind.GaveUp }, A.Task(), A.Now));
    }

    [Fact]
    public void A_letter_of_the_next_call_is_over_when_another_one_was_promised()
    {
        var tried = A.Task().After(new NoAnswer("דנה"), A.Now.AddMinutes(10)).After!;
        var letter = A.Letter() with { Kind = LetterKind.Tried, WrittenAt = A.Now.AddMinutes(10) };
        Assert.False(LetterUse.IsOver(letter, tried, A.Now.AddMinutes(11)));
        Assert.True(LetterUse.IsOver(letter, tried.After(new NoAnswer("דנה"), A.Now.AddMinutes(20)).After!, A.Now.AddMinutes(21)));
    }

    [Fact]
    public void What_is_useful_until_a_time_is_over_at_it()
    {
        var letter = A.Letter() with { UsefulUntil = A.Now };
        Assert.False(LetterUse.IsOver(letter, null, A.Now.AddTicks(-1)));
        Assert.True(LetterUse.IsOver(letter, null, A.Now));
    }

    [Theory]
    [InlineData(RestMode.Hold)]
    [InlineData(RestMode.Soften)]
    [InlineData(RestMode.Off)]
    public void In_a_rest_only_what_may_leave_leaves(RestMode mode)
    {
        var business = A.Business() with { Rest = mode };
        var leaving = Enum.GetValues<LetterKind>().Where(kind => LetterUse.WaitsUntil(kind, business, Shabbat) is null);
        Assert.Equal(
            mode switch
            {
                RestMode.Hold => [LetterKind.SignIn, LetterKind.Event],
                RestMode.Soften => [LetterKind.Apology, LetterKind.SignIn, LetterKind.Acknowledgement, LetterKind.Event],
                RestMode.Off => Enum.GetValues<LetterKind>(),
            },
            leaving);
        Assert.Equal(mode == RestMode.Soften, LetterUse.IsSoftened(LetterKind.Apology, business, Shabbat));
        Assert.False(LetterUse.IsSoftened(LetterKind.Alert, business, Shabbat));
        Assert.All(Enum.GetValues<LetterKind>(), kind => Assert.Null(LetterUse.WaitsUntil(kind, business, A.Now)));
        Assert.False(LetterUse.IsSoftened(LetterKind.Apology, business, A.Now));
    }

    [Fact]
    public void Who_keeps_the_holidays_rests_unless_something_else_was_chosen()
    {
        Assert.Equal(RestMode.Hold, A.Business().RestsBy);
        Assert.Equal(RestMode.Off, (A.Business() with { Week = Pipeline.Recovery.BusinessHours.WorkingWeek.International }).RestsBy);
        Assert.Equal(RestMode.Off, (A.Business() with { Rest = RestMode.Off }).RestsBy);
    }
}
