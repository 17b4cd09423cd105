using Xunit;

namespace FeedbackFlow.Tests.Http;

/// <summary>What goes to customers, and what strangers could make of it.</summary>
public class ApologyTests
{
    private const string Form = "form[method=post]";

    [Fact]
    public async Task From_an_open_link_it_quotes_nothing_and_uses_no_typed_name()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form,
            ("score", "1"), ("words", Api.Threat + " https://evil.example/x"), ("name", "אבגדה זוחטי"), ("email", "victim@example.com"), ("phone", "0541234567"));
        var apology = Assert.Single(await app.LettersToAsync("victim@example.com"));
        foreach (var part in new[] { apology.Text, apology.Html, apology.Subject, apology.To })
        {
            Assert.DoesNotContain("אבגדה", part, StringComparison.Ordinal);
            Assert.DoesNotContain("אספר", part, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", part, StringComparison.Ordinal);
        }

        Assert.All(apology.Links, link => Assert.True(link.Address.StartsWith("tel:", StringComparison.Ordinal) || link.Address.StartsWith(app.Address.ToString(), StringComparison.Ordinal), link.Address));
    }

    [Fact]
    public async Task From_the_API_it_quotes_her_words_and_makes_no_offer()
    {
        await using var app = await TestApp.StartAsync();
        await Api.Of(app).RiskAsync(email: "dana@example.com");
        var apology = Assert.Single(await app.LettersToAsync("dana@example.com"));
        Assert.Contains("אספר לכל", apology.Text, StringComparison.Ordinal);
        Assert.Contains("דנה", apology.Text, StringComparison.Ordinal);
        Assert.Contains("11:00", apology.Text, StringComparison.Ordinal);
        foreach (var offer in new[] { "הנחה", "זיכוי", "שובר", "מתנה" }) Assert.DoesNotContain(offer, apology.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_to_the_same_address_within_a_day_is_not_sent()
    {
        await using var app = await TestApp.StartAsync();
        var api = Api.Of(app);
        async Task TellAsync()
        {
            var answer = await api.RiskAsync(email: "dana@example.com");
            await app.LettersSentAsync();
            await api.PostAsync($"/api/tasks/{answer.TaskId}/outcome", """{"outcome":"saved","reason":"called"}""");
        }

        await TellAsync();
        app.Clock.Advance(TimeSpan.FromHours(23));
        await TellAsync();
        Assert.Single(await app.LettersToAsync("dana@example.com"));
        app.Clock.Advance(TimeSpan.FromHours(2));
        await TellAsync();
        Assert.Equal(2, (await app.LettersToAsync("dana@example.com")).Count);
    }

    [Fact]
    public async Task Other_phones_do_not_make_the_same_address_another_one()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        // Known by phone first, so that each is a customer of its own when the address comes.
        for (var i = 0; i < 5; i++) await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("score", "5"), ("phone", $"054123450{i}"));
        for (var i = 0; i < 5; i++)
            await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("score", "1"), ("words", Api.Threat), ("phone", $"054123450{i}"), ("email", "victim@example.com"));
        Assert.Single(await app.LettersToAsync("victim@example.com"));
        Assert.Equal(5, (await app.LettersToAsync("manager@demo.example")).Count);
    }

    [Fact]
    public async Task A_stranger_who_knows_the_phone_does_not_get_her_words()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var task = (await Api.Of(app).RiskAsync()).TaskId;
        await guest.SubmitAsync(await guest.GetAsync("/b/demo"), Form, ("score", "5"), ("phone", "0541234567"), ("email", "stranger@example.com"));
        using var manager = await app.SignInAsync("manager@demo.example");
        var page = await manager.GetAsync($"/manage/tasks/{task}");
        Assert.Contains("stranger@example.com", page.Words, StringComparison.Ordinal);
        await manager.SubmitAsync(page, "form[action$='/apology']");
        Assert.All(await app.LettersToAsync("stranger@example.com"), letter => Assert.DoesNotContain("אספר", letter.Text + letter.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_link_sends_at_most_at_its_rate_and_the_rest_still_opens_tasks()
    {
        await using var app = await TestApp.StartAsync();
        using var guest = app.NewGuest();
        var form = await guest.GetAsync("/b/demo");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => guest.SubmitAsync(form, Form, ("score", "1"), ("words", Api.Threat), ("email", $"victim{i}@example.com"))));
        Assert.All(answers, answer => Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status));
        Assert.InRange((await app.LettersToAsync("@example.com")).Count, 30, 45);
        Assert.Equal(60, await app.CountRowsAsync("demo", "open-"));
    }

    [Fact]
    public async Task An_apology_that_comes_too_late_is_withdrawn()
    {
        var channel = new FlakyChannel();
        await using var app = await TestApp.StartAsync(new() { Change = channel.Use, ExpectsErrors = true });
        channel.IsDown = true;
        var task = (await Api.Of(app).RiskAsync(email: "dana@example.com")).TaskId;
        await app.LettersSentAsync();
        await Api.Of(app).PostAsync($"/api/tasks/{task}/outcome", """{"outcome":"saved","reason":"called"}""");
        channel.IsDown = false;
        await app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await app.LettersToAsync("dana@example.com"));
    }

    [Fact]
    public async Task Letters_wait_for_a_channel_that_is_down_and_go_once_when_it_is_back()
    {
        var channel = new FlakyChannel();
        await using var app = await TestApp.StartAsync(new() { Change = channel.Use, ExpectsErrors = true });
        channel.IsDown = true;
        await Api.Of(app).RiskAsync(email: "dana@example.com");
        await app.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(await app.LettersAsync());
        channel.IsDown = false;
        await app.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await app.LettersToAsync("dana@example.com"));
        Assert.Single(await app.LettersToAsync("manager@demo.example"));
    }
}
