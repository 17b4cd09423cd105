using System.Net;
using FeedbackFlow.App;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>The owner says when the business works and rests; nobody else does, and nothing senseless is stored.</summary>
public class SettingsTests
{
    private const string Form = "form[action='/manage/settings']";
    private static readonly Words He = Words.For("he");

    [Fact]
    public async Task Hours_with_a_break_closing_days_and_own_minutes_are_stored_as_written()
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var saved = await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), Form,
            ("day-sunday", "9:00-13:00 16:00-19:00"), ("day-friday", ""), ("closed-days", "2032-12-24\n2032-12-25"), ("promise", "own"), ("critical", "30"), ("high", "90"), ("normal", "500"),
            ("rest", "off"), ("city", "eilat"), ("tisha-b-av", "yes"));
        Assert.Equal("/manage/settings?done=saved", saved.Location);
        var business = (await app.Get<ILookups>().BusinessAsync("demo", default))!.Value;
        Assert.Equal("sun 09:00-13:00, 16:00-19:00; mon 08:00-18:00; tue 08:00-18:00; wed 08:00-18:00; thu 08:00-18:00", Pipeline.Recovery.BusinessHours.WeekText.Write(business.Week.Hours));
        Assert.Equal([new(2032, 12, 24), new(2032, 12, 25)], business.Week.ClosedDays);
        Assert.Equal((30, 90, 500, false), (business.Policy.CriticalMinutes, business.Policy.HighMinutes, business.Policy.NormalMinutes, business.Policy.CallBackRule));
        Assert.Equal((RestMode.Off, "eilat", true, true), (business.RestsBy, business.City, business.Week.ClosesOnTishaBAv, business.Week.JewishHolidays));
    }

    [Theory]
    [InlineData("day-monday", "8 to 18")]
    [InlineData("day-monday", "18:00-08:00")]
    [InlineData("day-monday", "08:00-12:00, 11:00-13:00")]
    [InlineData("closed-days", "tomorrow")]
    [InlineData("critical", "0")]
    [InlineData("high", "soon")]
    [InlineData("normal", "99999999999999")]
    public async Task What_makes_no_sense_is_shown_at_its_field_and_nothing_is_stored(string field, string value)
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var before = (await app.Get<ILookups>().BusinessAsync("demo", default))!.ETag;
        var refused = await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), Form, ("promise", "own"), ("city", "haifa"), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.NotNull(refused.Page.QuerySelector($".summary a[href='#{field}']"));
        Assert.Equal(before, (await app.Get<ILookups>().BusinessAsync("demo", default))!.ETag);
    }

    [Fact]
    public async Task A_business_that_is_open_only_while_it_rests_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        var days = Enum.GetValues<DayOfWeek>().Select(day => ("day-" + day.ToString().ToLowerInvariant(), day == DayOfWeek.Saturday ? "10:00-12:00" : ""));
        var refused = await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), Form, [("rest", "hold"), ("promise", "hour"), ("city", "haifa"), .. days]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(He["settings.error.never-open"], refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_sees_everything_and_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        using var manager = await app.SignInAsync("manager@demo.example");
        var page = await manager.GetAsync("/manage/settings");
        Assert.Contains(He["settings.owner-only"], page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.SubmitAsync(page, Form, ("rest", "off"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsync("/manage/settings", ("rest", "off"))).Status);
        using var stranger = app.NewGuest();
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/manage/settings")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/manage/promises")).Status);
    }

    [Fact]
    public async Task Whoever_is_put_on_leave_hands_over_at_once_and_comes_back()
    {
        await using var app = await TestApp.StartAsync();
        await Api.Of(app).RiskAsync(email: "dana@example.com");
        using var owner = await app.SignInAsync("owner@demo.example");
        var page = await owner.GetAsync("/manage/settings");
        var refused = await owner.SubmitAsync(page, "form[action$='/away']", ("from", "2032-11-09"), ("until", "2032-11-07"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await owner.SubmitAsync(page, "form[action$='/away']", ("from", "2032-11-07"), ("until", "2032-11-09"));
        await app.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(await app.LettersToAsync("owner@demo.example"), letter => letter.Text.Contains(He["alert.stands-in"], StringComparison.Ordinal));

        await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), "form[action$='/back']");
        Assert.Empty((await app.Get<ILookups>().BusinessAsync("demo", default))!.Value.People[0].Away);
        await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), "form[action$='/duty']", ("duty", "sun-tue 08:00-12:00"));
        Assert.Equal(3, (await app.Get<ILookups>().BusinessAsync("demo", default))!.Value.People[0].Duty.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.SubmitAsync(await owner.GetAsync("/manage/settings"), "form[action$='/duty']", ("duty", "whenever"))).Status);
    }

    [Fact]
    public async Task The_ledger_is_shown_with_how_each_promise_ended()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        var kept = (await api.RiskAsync("0521112233", email: "one@example.com")).TaskId;
        await api.RiskAsync("0521112244", email: "two@example.com");
        await app.LettersSentAsync();
        await app.AdvanceAsync(TimeSpan.FromMinutes(20));
        await api.PostAsync($"/api/tasks/{kept}/outcome", """{"outcome":"saved","reason":"called"}""");
        await app.AdvanceAsync(TimeSpan.FromMinutes(60));
        using var owner = await app.SignInAsync("owner@demo.example");
        var page = (await owner.GetAsync("/manage/promises")).Words;
        Assert.Contains(He.Say("promises.kept", ("off", He.Count("duration.minutes", 40))), page, StringComparison.Ordinal);
        Assert.Contains(He.Say("promises.overdue", ("off", He.Count("duration.minutes", 20))), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_chooses_how_often_to_get_the_digest_and_the_owner_for_all()
    {
        await using var app = await TestApp.StartAsync();
        using var owner = await app.SignInAsync("owner@demo.example");
        using var manager = await app.SignInAsync("manager@demo.example");
        var people = (await app.Get<ILookups>().BusinessAsync("demo", default))!.Value.People;
        var (boss, other) = (people.Single(person => person.Email == "owner@demo.example"), people.Single(person => person.Email == "manager@demo.example"));
        Assert.Equal((DigestWish.Daily, DigestWish.None), (boss.Reads, other.Reads));

        Assert.Equal("/manage/settings?done=saved", (await ChooseAsync(manager, other, "weekly")).Location);
        Assert.Equal("/manage/settings?done=saved", (await ChooseAsync(owner, boss, "none")).Location);
        people = (await app.Get<ILookups>().BusinessAsync("demo", default))!.Value.People;
        Assert.Equal([DigestWish.None, DigestWish.Weekly], new[] { boss, other }.Select(person => people.Single(now => now.Id == person.Id).Reads));

        Assert.Empty((await manager.GetAsync("/manage/settings")).Page.QuerySelectorAll($"form[action='/manage/settings/digest']:has(input[value='{boss.Id}']) button"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ChooseAsync(manager, other, "daily", boss.Id.Value)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(owner, boss, "hourly")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ChooseAsync(owner, boss, "daily", "nobody")).Status);

        async Task<Answer> ChooseAsync(Guest guest, Person person, string often, string? whose = null) => await guest.SubmitAsync(
            await guest.GetAsync("/manage/settings"), $"form[action='/manage/settings/digest']:has(input[value='{person.Id}'])", [("digest", often), .. whose is null ? [] : new[] { ("person", whose) }]);
    }
}
