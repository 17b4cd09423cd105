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
    [InlineData(LetterKind.Wish)]
    public void A_closed_task_needs_no_letter(LetterKind kind)
    {
        Assert.True(LetterUse.IsOver(A.Letter() with { Kind = kind }, Closed, A.Now));
        Assert.False(LetterUse.IsOver(A.Letter() with { Kind = kind }, A.Task(), A.Now));
    }

    [Theory]
    [InlineData(LetterKind.SignIn)]
    [InlineData(LetterKind.Summary)]
    [InlineData(LetterKind.Event)]
    public void What_is_not_about_a_task_outlives_it(LetterKind kind)
    {
        Assert.False(LetterUse.IsOver(A.Letter() with { Kind = kind }, Closed, A.Now));
        Assert.False(LetterUse.IsOver(A.Letter() with { Kind = kind }, A.Task(), A.Now));
    }

    [Fact]
    public void Nothing_is_said_any_more_about_somebody_who_was_erased() =>
        Assert.All(Enum.GetValues<LetterKind>(), kind => Assert.True(LetterUse.IsOver(A.Letter() with { Kind = kind }, A.Task() with { ErasedAt = A.Now }, A.Now)));

    [Fact]
    public void The_question_stands_while_the_task_is_closed_as_it_was_and_nobody_has_answered()
    {
        var letter = A.Letter() with { Kind = LetterKind.CheckBack };
        var asked = Closed with { CheckBacks = [new(letter.Id, null, null)] };
        Assert.False(LetterUse.IsOver(letter, asked, A.Now));
        Assert.True(LetterUse.IsOver(letter, Closed, A.Now));
        Assert.True(LetterUse.IsOver(letter, A.Task() with { CheckBacks = asked.CheckBacks }, A.Now));
        Assert.True(LetterUse.IsOver(letter, asked with { CheckBacks = [new(letter.Id, true, A.Now)] }, A.Now));
        Assert.True(LetterUse.IsOver(letter, asked with { CheckBacks = [.. asked.CheckBacks, new(A.Id<Pipeline.Intake.LetterId>(71), null, null)] }, A.Now));
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
                RestMode.Hold => [LetterKind.SignIn, LetterKind.Trial, LetterKind.Event],
                RestMode.Soften => [LetterKind.Apology, LetterKind.SignIn, LetterKind.Acknowledgement, LetterKind.Trial, LetterKind.Event],
                RestMode.Off => Enum.GetValues<LetterKind>(),
            },
            leaving);
        Assert.Equal(mode == RestMode.Soften, LetterUse.IsSoftened(LetterKind.Apology, business, Shabbat));
        Assert.False(LetterUse.IsSoftened(LetterKind.Alert, business, Shabbat));
        Assert.All(Enum.GetValues<LetterKind>(), kind => Assert.Null(LetterUse.WaitsUntil(kind, business, A.Now)));
        Assert.False(LetterUse.IsSoftened(LetterKind.Apology, business, A.Now));
    }

    /// <summary>To the tick: a letter that was written with the promise, or with the apology that a person sent, is the one that tells it.</summary>
    [Fact]
    public void What_a_newer_letter_tells_is_over_and_what_this_one_tells_is_not()
    {
        var apology = A.Letter() with { Kind = LetterKind.Apology, WrittenAt = A.Now };
        Assert.False(LetterUse.IsOver(apology, A.Task() with { ApologySentAt = A.Now }, A.Now));
        Assert.True(LetterUse.IsOver(apology, A.Task() with { ApologySentAt = A.Now.AddTicks(1) }, A.Now.AddTicks(1)));
        Assert.False(LetterUse.IsOver(apology, A.Task() with { ApologySentAt = A.Now.AddTicks(-1) }, A.Now));
        foreach (var kind in new[] { LetterKind.Reminder, LetterKind.Escalation })
        {
            var step = A.Letter() with { Kind = kind, WrittenAt = A.Now };
            Assert.False(LetterUse.IsOver(step, Promised(A.Now), A.Now));
            Assert.False(LetterUse.IsOver(step, Promised(A.Now.AddMinutes(-1)), A.Now));
            Assert.True(LetterUse.IsOver(step, Promised(A.Now.AddTicks(1)), A.Now));
        }
    }

    [Theory]
    [InlineData(LetterKind.Apology, true)]
    [InlineData(LetterKind.Acknowledgement, true)]
    [InlineData(LetterKind.Alert, true)]
    [InlineData(LetterKind.Reminder, false)]
    [InlineData(LetterKind.Wish, false)]
    public void A_letter_that_tells_a_time_is_written_again_when_another_was_promised_since(LetterKind kind, bool again)
    {
        var letter = A.Letter() with { Kind = kind, WrittenAt = A.Now };
        Assert.Equal(again, LetterUse.IsOutdated(letter, Promised(A.Now.AddTicks(1))));
        Assert.False(LetterUse.IsOutdated(letter, Promised(A.Now)));
        Assert.False(LetterUse.IsOutdated(letter, Promised(A.Now.AddMinutes(-1))));
        Assert.False(LetterUse.IsOutdated(letter, null));
    }

    /// <summary>One history in nine thousand found the letter of a next call that came after the customer had let it go, because mail had been down.</summary>
    [Theory]
    [InlineData(LetterKind.Apology)]
    [InlineData(LetterKind.Acknowledgement)]
    [InlineData(LetterKind.Tried)]
    [InlineData(LetterKind.Reminder)]
    [InlineData(LetterKind.Escalation)]
    public void Who_wants_no_call_is_told_of_none(LetterKind kind) =>
        Assert.True(LetterUse.IsOver(A.Letter() with { Kind = kind }, A.Task() with { Reasons = [new(ReasonKind.AsksForNoCall)] }, A.Now));

    [Fact]
    public void A_summary_is_always_written_again() => Assert.True(LetterUse.IsOutdated(A.Letter() with { Kind = LetterKind.Summary }, null));

    [Fact]
    public void A_letter_waits_for_its_quiet_reader_as_long_as_it_may()
    {
        var (night, morning) = (A.Time("Mon 2026-11-23 23:00"), A.Time("Tue 2026-11-24 07:00"));
        var business = A.Business() with { People = [A.Manager with { Quiet = new(new(21, 0), new(7, 0)) }, A.Owner] };
        var letter = A.Letter() with { To = new(A.Manager.Name, A.Manager.Email, "he") };
        Assert.Null(LetterUse.QuietUntil(letter, business, night));
        Assert.Equal(morning, LetterUse.QuietUntil(letter with { MayWaitUntil = morning }, business, night));
        Assert.Equal(morning, LetterUse.QuietUntil(letter with { MayWaitUntil = morning.AddHours(1) }, business, night));
        Assert.Null(LetterUse.QuietUntil(letter with { MayWaitUntil = morning.AddTicks(-1) }, business, night));
        Assert.Null(LetterUse.QuietUntil(letter with { MayWaitUntil = morning }, business, morning));
        Assert.Null(LetterUse.QuietUntil(letter with { MayWaitUntil = morning, To = new("נועה", "noa@example.com", "he") }, business, night));
    }

    private static CallBackTask Promised(DateTimeOffset at) => A.Task() with { Promise = Promise.Make(at, at.AddMinutes(60), A.Time("Tue 2026-11-24 18:00"), [ToldBy.Page]) };
}
