using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>Friday 6 February 2026 in Jerusalem: the sun sets at 17:18, so the shop rests from 16:37 until Shabbat 18:01.</summary>
public sealed class RestStory : Story
{
    [Fact]
    public async Task A_complaint_on_Friday_evening_is_promised_at_once_and_told_to_everybody_after_Shabbat()
    {
        var said = await SaidAtAsync("Fri 17:00");
        Assert.Equal("Sun 11:00", Local(said.Promise.By));
        Assert.Equal([ToldBy.Page], said.Promise.Told);

        await World.PassUntilAsync(At("Sat 17:58"));
        Assert.Empty(Mail.Arrived);
        await World.PassUntilAsync(At("Sat 18:05"));

        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
        Assert.All(Mail.Arrived, letter => Assert.Equal("Sat 18:01", Local(letter.WrittenAt)));
        Assert.Equal([ToldBy.Page, ToldBy.Mail], (await World.TaskAsync(said.Id)).Promise.Told);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task What_is_needed_no_more_after_Shabbat_is_withdrawn()
    {
        var said = await SaidAtAsync("Fri 17:00");
        await World.PassUntilAsync(At("Sat 11:00"));
        // The manager looked at the board and called all the same.
        await World.DoAsync(said.Id, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));
        await World.PassUntilAsync(At("Next 12:00"));

        Assert.Empty(Mail.Arrived);
        Assert.All((await World.LettersAsync()).Where(entry => entry.Letter.Kind != LetterKind.CheckBack), entry => Assert.Equal(LetterState.Withdrawn, entry.State));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_letter_that_failed_before_Shabbat_is_not_tried_again_in_it()
    {
        Mail.Answer = Mail.IsDown;
        var said = await SaidAtAsync("Fri 16:30");
        await World.PassUntilAsync(At("Fri 16:40"));
        Mail.Answer = Mail.Works;
        await World.PassUntilAsync(At("Sat 17:58"));
        Assert.Empty(Mail.Arrived);
        await World.PassUntilAsync(At("Sat 18:05"));

        Assert.Equal(2, Mail.Arrived.Count);
        Assert.Equal(said.Id, Mail.Of(LetterKind.Alert)[0].Task);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Whoever_took_the_task_from_the_board_gets_no_alert_afterwards()
    {
        var said = await SaidAtAsync("Fri 17:00");
        await World.DoAsync(said.Id, new Claim(Shop.Manager.Id, Shop.Manager.Name));
        await World.PassUntilAsync(At("Sat 18:05"));

        Assert.Equal([LetterKind.Apology], Mail.Kinds);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_sign_in_link_that_somebody_asked_for_goes_at_once()
    {
        await World.PassUntilAsync(At("Fri 20:00"));
        await World.CarryAsync(await World.SignIn.AskAsync(Site.Business, Shop.Manager.Email, Ct));
        Assert.Equal([LetterKind.SignIn], Mail.Kinds);
    }

    [Fact]
    public async Task An_attempt_in_Shabbat_is_told_after_it()
    {
        var said = await SaidAtAsync("Fri 15:00");
        await World.PassUntilAsync(At("Fri 20:00"));
        await World.DoAsync(said.Id, new NoAnswer(Shop.Manager.Name));
        await World.PassUntilAsync(At("Sat 17:50"));
        Assert.Empty(Mail.Of(LetterKind.Tried));
        await World.PassUntilAsync(At("Sat 18:05"));

        Assert.Single(Mail.Of(LetterKind.Tried));
        Assert.Equal("Sun 11:00", Local((await World.TaskAsync(said.Id)).Promise.By));
        await Promises.HoldAsync(Site, World);
    }

    private async Task<CallBackTask> SaidAtAsync(string when)
    {
        await World.PassUntilAsync(At(when));
        await World.SayAsync(Say.Angry(), null, null, Pipeline.Intake.Origin.JobLink, shownOnPage: true);
        return Assert.Single(await World.OpenTasksAsync());
    }

    /// <summary>A time of the first week, or of the Sunday after it.</summary>
    private static DateTimeOffset At(string when)
    {
        var day = Array.IndexOf(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Next"], when.Split(' ')[0]);
        return new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddDays(day) + TimeSpan.Parse(when.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

public sealed class SoftenedRestStory : Story
{
    private protected override Business Business => Shop.Make() with { Rest = RestMode.Soften };

    [Fact]
    public async Task A_customer_gets_a_plain_acknowledgement_and_the_alert_waits()
    {
        await World.PassAsync(TimeSpan.FromDays(5) + TimeSpan.FromHours(9));
        await World.SayAsync(Say.Angry());
        await World.PassAsync(TimeSpan.FromHours(20));
        Assert.Equal("Received. דנה מנהלת calls by 2026-02-08T11:00:00.0000000+02:00.", Assert.Single(Mail.Arrived).Text);
        Assert.Equal([ToldBy.Mail], Assert.Single(await World.OpenTasksAsync()).Promise.Told);

        await World.PassAsync(TimeSpan.FromHours(10));
        Assert.Equal([LetterKind.Acknowledgement, LetterKind.Alert], Mail.Kinds);
        await Promises.HoldAsync(Site, World);
    }
}

public sealed class RestlessStory : Story
{
    private protected override Business Business => Shop.Make() with { Rest = RestMode.Off };

    [Fact]
    public async Task Every_day_is_a_day()
    {
        await World.PassAsync(TimeSpan.FromDays(5) + TimeSpan.FromHours(9));
        await World.SayAsync(Say.Angry());
        Assert.Equal([LetterKind.Apology, LetterKind.Alert], Mail.Kinds.Order());
    }
}
