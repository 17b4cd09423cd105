using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>How the business stands, told once at the opening of a working day. The shop opens at 8:00; it is Sunday, 9:00, and the owner alone reads it unless a story says otherwise.</summary>
public class DigestStory : Story
{
    [Fact]
    public async Task The_owner_reads_in_the_morning_what_is_open_what_was_promised_and_what_came_in()
    {
        await BegunAsync();
        var late = await OpenedAsync(customer: 1);
        var kept = await OpenedAsync(customer: 2);
        await World.DoAsync(kept.Id, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));
        await World.SayAsync(Say.Angry(3, "thanks") with { Score = 5 });
        await LookUntilAsync("Sun 17:45");
        await OpenedAsync(customer: 4);
        Assert.Empty(Digests);
        await LookUntilAsync("Mon 07:45");
        Assert.Empty(Digests);

        await LookUntilAsync("Mon 08:00");

        var letter = Assert.Single(Digests);
        Assert.Equal((Shop.Owner.Email, "Mon 08:00"), (letter.To.Address, Local(letter.WrittenAt)));
        Assert.Equal("late 1, today 1, later 0; came 4, needed 3, kept 1, late 0, broken 0; aside 0\nנועה 1\nנועה 4", letter.Text);
        Assert.True(letter.WrittenAt > late.Promise.By);
        await LookUntilAsync("Mon 17:45");
        Assert.Single(Digests);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_day_without_anything_to_tell_has_no_letter_and_a_quiet_week_has_one()
    {
        await BegunAsync();
        await LookUntilAsync("Fri 12:45");
        Assert.Empty(Digests);
        await LookUntilAsync("Next 08:00");
        Assert.Equal("late 0, today 0, later 0; came 0, needed 0, kept 0, late 0, broken 0; aside 0\nweek: came 0, needed 0, kept 0, late 0, broken 0; saved 0, lost 0; no theme 0, praise 0", Assert.Single(Digests).Text);
    }

    [Fact]
    public async Task The_first_of_a_week_tells_the_week_and_who_wants_only_that_gets_only_that()
    {
        await ReadsAsync(Shop.Manager, DigestWish.Weekly);
        await BegunAsync();
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new Close(Outcome.Lost, "Gone", null, Shop.Manager.Name));
        await LookUntilAsync("Wed 09:00");
        await OpenedAsync(customer: 2);
        await LookUntilAsync("Next 08:00");

        var manager = Assert.Single(Digests, letter => letter.To.Address == Shop.Manager.Email);
        Assert.Equal("week: came 2, needed 2, kept 1, late 0, broken 1; saved 0, lost 1; no theme 0, praise 0", manager.Text);
        Assert.Equal("Sun 08:00", Local(manager.WrittenAt));
        var owner = Digests.Where(letter => letter.To.Address == Shop.Owner.Email).ToList();
        Assert.Equal(["Mon 08:00", "Thu 08:00", "Fri 08:00", "Sun 08:00"], owner.Select(letter => Local(letter.WrittenAt)));
        Assert.Contains("\nweek: came 2", owner[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("week:", owner[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_closed_days_and_while_the_business_rests_none_leaves_and_the_next_tells_it_all()
    {
        var business = Site.Business;
        await Site.ChangeBusinessAsync(business with { Week = business.Week with { ClosedDays = [new(2026, 2, 2), new(2026, 2, 3)] } });
        await BegunAsync();
        await World.SayAsync(Say.Angry(1, "thanks") with { Score = 5 });
        await LookUntilAsync("Tue 20:00");
        Assert.Empty(Digests);
        await LookUntilAsync("Wed 08:00");
        Assert.StartsWith("late 0, today 0, later 0; came 1,", Assert.Single(Digests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_stop_of_days_there_is_one_letter_and_not_one_for_each_day()
    {
        await BegunAsync();
        await OpenedAsync();
        await World.PassUntilAsync(At("Thu 11:20"));
        await World.Digests.RunAsync(Ct);
        await World.Digests.RunAsync(Ct);
        await SentAsync();

        var letter = Assert.Single(Digests);
        Assert.Equal("Thu 11:20", Local(letter.WrittenAt));
        Assert.Contains("came 1, needed 1, kept 0, late 0, broken 1", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_turned_it_off_gets_none_and_who_is_away_reads_it_on_the_way_back()
    {
        await ReadsAsync(Shop.Owner, DigestWish.None);
        await ReadsAsync(Shop.Manager, DigestWish.Daily);
        await BegunAsync();
        var manager = Site.Business.People[0];
        await Site.ChangeBusinessAsync(Site.Business with { People = [manager with { Away = [new(At("Sun 12:00"), At("Tue 00:00"))] }, .. Site.Business.People.Skip(1)] });
        await World.SayAsync(Say.Angry(1, "thanks") with { Score = 5 });
        await LookUntilAsync("Mon 17:45");
        Assert.Empty(Digests);
        await LookUntilAsync("Tue 08:00");
        Assert.Equal(Shop.Manager.Email, Assert.Single(Digests).To.Address);
    }

    [Fact]
    public async Task Who_wants_it_again_after_months_begins_anew()
    {
        await ReadsAsync(Shop.Manager, DigestWish.Daily);
        await BegunAsync();
        await ReadsAsync(Shop.Manager, DigestWish.None);
        await OpenedAsync();
        await World.PassUntilAsync(At("Sun 09:01").AddDays(63));
        await ReadsAsync(Shop.Manager, DigestWish.Daily);
        await World.Digests.RunAsync(Ct);
        await SentAsync();
        Assert.DoesNotContain(Digests, letter => letter.To.Address == Shop.Manager.Email);

        await World.SayAsync(Say.Angry(2, "thanks") with { Score = 5 });
        await World.PassUntilAsync(At("Mon 08:00").AddDays(63));
        await World.Digests.RunAsync(Ct);
        await SentAsync();
        var letter = Assert.Single(Digests, letter => letter.To.Address == Shop.Manager.Email);
        Assert.Contains("came 1, needed 0", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("week:", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_business_that_cannot_be_looked_at_keeps_nobody_elses_digest_back()
    {
        await BegunAsync();
        await OpenedAsync();
        var broken = Site.Business with { Slug = "aaa", Zone = "Mars/Olympus" };
        Assert.Equal(CommitResult.Committed, await World.Store.CommitAsync(new Commit("aaa") { Settings = Change.New(broken) }, Ct));
        await World.PassUntilAsync(At("Mon 08:00"));
        await Assert.ThrowsAsync<AggregateException>(() => World.Digests.RunAsync(Ct));
        await SentAsync();
        Assert.Single(Digests);
    }

    [Fact]
    public async Task Mail_that_hangs_holds_up_no_look()
    {
        await BegunAsync();
        await OpenedAsync();
        await World.PassUntilAsync(At("Mon 08:00"));
        Mail.Answer = (_, _) => throw new InvalidOperationException("Nothing is sent while looking.");
        Assert.Equal(1, await World.Digests.RunAsync(Ct));
    }

    [Fact]
    public async Task Two_processes_that_look_at_once_write_one()
    {
        await BegunAsync();
        await OpenedAsync();
        await World.PassUntilAsync(At("Mon 08:00"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Site.Start().Digests.RunAsync(Ct)));
        await SentAsync();
        Assert.Single(Digests);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task One_that_cannot_be_sent_for_a_day_gives_way_to_the_next()
    {
        await BegunAsync();
        await OpenedAsync();
        await World.PassUntilAsync(At("Mon 07:59"));
        Mail.Answer = Mail.IsDown;
        await LookUntilAsync("Tue 07:45");
        Mail.Answer = Mail.Works;
        await LookUntilAsync("Tue 14:00");
        Assert.Equal("Tue 08:00", Local(Assert.Single(Digests).WrittenAt));
        Assert.Single(await World.LettersAsync(), entry => entry is { Letter.Kind: LetterKind.Digest, State: LetterState.Withdrawn });
    }

    [Fact]
    public async Task A_letter_that_was_set_aside_is_told_until_somebody_looks()
    {
        await BegunAsync();
        Mail.Answer = (letter, _) => letter.Kind == LetterKind.Apology ? Mail.Refuses(letter, Ct) : Mail.Works(letter, Ct);
        await OpenedAsync();
        await LookUntilAsync("Tue 08:00");
        Assert.All(Digests, letter => Assert.Contains("aside 1", letter.Text, StringComparison.Ordinal));
        Assert.Equal(2, Digests.Count);
    }

    [Fact]
    public async Task Who_is_erased_goes_from_the_letters_that_named_them()
    {
        await BegunAsync();
        var task = await OpenedAsync();
        await LookUntilAsync("Mon 08:00");
        Assert.Contains("נועה 1", Assert.Single(Digests).Text, StringComparison.Ordinal);
        await World.Erase.BeginAsync(Slug, task.Customer!.Value, Ct);
        await World.PassAsync(TimeSpan.FromMinutes(2));
        var entry = Assert.Single(await World.LettersAsync(), entry => entry.Letter.Kind == LetterKind.Digest);
        Assert.Equal(("", ""), (entry.Letter.Text, entry.Letter.Html));
    }

    private IReadOnlyList<Letter> Digests => Mail.Of(LetterKind.Digest);

    /// <summary>The first look only notes from when on is counted.</summary>
    private async Task BegunAsync()
    {
        Assert.Equal(0, await World.Digests.RunAsync(Ct));
        Assert.Empty(Digests);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task ReadsAsync(Person person, DigestWish wish) =>
        await Site.ChangeBusinessAsync(Site.Business with { People = [.. Site.Business.People.Select(one => one.Id == person.Id ? one with { Digest = wish } : one)] });

    /// <summary>As the timer does: every quarter of an hour.</summary>
    private async Task LookUntilAsync(string moment)
    {
        var end = At(moment);
        while (Site.Clock.GetUtcNow() < end)
        {
            await World.PassAsync(TimeSpan.FromMinutes(Math.Min(15 - (Site.Clock.GetUtcNow().Minute % 15), (end - Site.Clock.GetUtcNow()).TotalMinutes)));
            await World.Digests.RunAsync(Ct);
        }

        await SentAsync();
    }

    /// <summary>A digest is sent by its nudge.</summary>
    private Task SentAsync() => World.PassAsync(Nudge.AfterCommit);

    /// <summary>A day of the week that begins on 1 February 2026, or the Sunday after it.</summary>
    private static DateTimeOffset At(string moment)
    {
        var (day, time) = (moment[..^6], TimeSpan.Parse(moment[^5..], System.Globalization.CultureInfo.InvariantCulture));
        var days = day == "Next" ? 7 : Array.IndexOf(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], day);
        return new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddDays(days) + time;
    }
}
