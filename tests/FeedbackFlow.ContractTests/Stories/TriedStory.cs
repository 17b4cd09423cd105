using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public sealed class TriedStory : Story
{
    private static readonly NoAnswer Nobody = new(Shop.Manager.Name);

    [Fact]
    public async Task Three_attempts_move_through_the_hours_each_is_told_and_the_last_one_leaves_a_way_back()
    {
        var task = await OpenedAsync("I leave");
        await World.PassAsync(TimeSpan.FromMinutes(40));
        await World.DoAsync(task.Id, Nobody);
        Assert.Equal("Sun 12:40", await NextCallAsync(task));
        await World.PassAsync(TimeSpan.FromHours(2));
        await World.DoAsync(task.Id, Nobody);
        // 9:40 and 11:40 were tried: on the next day the end of the afternoon is furthest from both.
        Assert.Equal("Mon 18:00", await NextCallAsync(task));
        await World.PassAsync(TimeSpan.FromHours(29));
        await World.DoAsync(task.Id, Nobody);
        await World.PassAsync(TimeSpan.FromMinutes(5));

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((TaskState.Closed, Outcome.NotReached), (after.State, after.Closing!.Outcome));
        Assert.Equal(2, Mail.Of(LetterKind.Tried).Count);
        Assert.Equal($"We tried 3 times.\nhttps://shop.example/b/{Slug}", Assert.Single(Mail.Of(LetterKind.GaveUp)).Text);
        Assert.Equal(new(3, 0, 0), (await World.Store.TallyAsync(Slug, Ct))!.Value);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Who_writes_again_is_tried_from_the_beginning()
    {
        var task = await OpenedAsync("I leave");
        await World.DoAsync(task.Id, Nobody);
        await World.PassAsync(TimeSpan.FromMinutes(10));
        await World.DoAsync(task.Id, Nobody);
        await World.PassAsync(TimeSpan.FromMinutes(10));
        await World.SayAsync(Say.Angry(text: "You called while I was at work, I leave"));
        await World.DoAsync(task.Id, Nobody);

        Assert.True((await World.TaskAsync(task.Id)).IsOpen);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Who_gave_no_address_is_called_all_the_same()
    {
        await World.SayAsync(Say.Angry() with { Email = null });
        var task = Assert.Single(await World.OpenTasksAsync());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await World.PassAsync(TimeSpan.FromMinutes(1));
            await World.DoAsync(task.Id, Nobody);
        }

        Assert.DoesNotContain(Mail.Arrived, letter => letter.Kind is LetterKind.Tried or LetterKind.GaveUp);
        Assert.Equal(Outcome.NotReached, (await World.TaskAsync(task.Id)).Closing!.Outcome);
        // Nobody was told a time: these were targets, each met.
        Assert.Equal(PromiseTally.Zero with { Targets = new(3, 0, 0) }, (await World.Store.TallyAsync(Slug, Ct))!.Value);
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_letter_that_names_a_call_which_was_made_meanwhile_is_withdrawn()
    {
        var task = await OpenedAsync("I leave");
        Mail.Answer = Mail.IsDown;
        await World.DoAsync(task.Id, Nobody);
        await World.PassAsync(TimeSpan.FromMinutes(30));
        await World.DoAsync(task.Id, Nobody);
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromHours(6));

        Assert.Equal("Mon", Local((await World.TaskAsync(task.Id)).Promise.By)[..3]);
        Assert.Contains("2026-02-02", Assert.Single(Mail.Of(LetterKind.Tried)).Text, StringComparison.Ordinal);
        await Promises.HoldAsync(Site, World);
    }

    private async Task<string> NextCallAsync(CallBackTask task) => Local((await World.TaskAsync(task.Id)).Promise.By);
}

public sealed class LedgerStory : Story
{
    [Fact]
    public async Task Every_promise_that_was_told_stands_in_the_ledger_with_its_end()
    {
        var kept = await OpenedAsync("I leave");
        await World.SayAsync(Say.Angry(2));
        await World.SayAsync(Say.Angry(3) with { Email = null });
        await World.PassAsync(TimeSpan.FromMinutes(30));
        await World.DoAsync(kept.Id, new Close(Outcome.Saved, "Talked", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromHours(4));
        var others = await World.OpenTasksAsync();
        var late = Assert.Single(others, task => task.Contact.Email == "noa2@customers.example");
        await World.DoAsync(late.Id, new NoAnswer(Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromDays(3));

        var lines = await LinesAsync();
        // The third customer was told nothing: that time is a target and no promise.
        Assert.DoesNotContain(lines, line => line.Task != kept.Id && line.Task != late.Id);
        Assert.Equal(["Broken +25:30", "Kept -00:30", "Late +01:30"], lines.Where(line => line.Off is not null).Select(Told).Order());
        Assert.Equal(3, lines.Count(line => line.Mark == LedgerMark.Told));
        Assert.Equal(new PromiseTally(1, 1, 1) { Targets = new(0, 0, 1) }, (await World.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task No_later_change_of_hours_or_people_moves_a_line_and_closing_without_an_attempt_keeps_nothing()
    {
        var task = await OpenedAsync("I leave");
        var told = Assert.Single(await LinesAsync());
        await World.Change.RunAsync(Slug, business => Pipeline.BusinessChange.To(business with { Policy = Policy.Statutory, People = [Shop.Owner] }));
        await World.DoAsync(task.Id, new Close(Outcome.NoFault, "A misunderstanding", null, Shop.Owner.Name));
        await World.PassAsync(TimeSpan.FromDays(3));

        var lines = await LinesAsync();
        Assert.Equal([LedgerMark.Broken, LedgerMark.Told], lines.Select(line => line.Mark));
        Assert.Equal(told, lines[1]);
        Assert.Equal(told.By, lines[0].By);
    }

    private static string Told(LedgerLine line) => $"{line.Mark} {(line.Off < TimeSpan.Zero ? "-" : "+")}{(int)Math.Abs(line.Off!.Value.TotalHours):00}:{Math.Abs(line.Off.Value.Minutes):00}";

    private Task<IReadOnlyList<LedgerLine>> LinesAsync() => World.AllAsync((next, ct) => World.Lists.LedgerAsync(Slug, 2, next, ct));
}
