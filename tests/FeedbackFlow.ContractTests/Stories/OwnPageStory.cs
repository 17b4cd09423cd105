using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>What a customer does on the own page, and what becomes of the promise.</summary>
public sealed class OwnPageStory : Story
{
    [Fact]
    public async Task The_page_goes_to_who_is_surely_known_and_to_nobody_else()
    {
        var task = await OpenedAsync();
        var link = await World.Store.LinkAsync(Slug, Token.Hash(PageOf(Assert.Single(Mail.Of(LetterKind.Apology)))), Ct);
        Assert.Equal((LinkPurpose.CustomerPage, task.Id, task.Feedbacks[0]), (link!.Value.Purpose, link.Value.Task, link.Value.Feedback));

        await World.SayAsync(Say.Angry(2), null, null, Origin.OpenLink, shownOnPage: true);
        Assert.DoesNotContain(nameof(LinkPurpose.CustomerPage), Mail.Of(LetterKind.Apology)[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jobs_link_gives_the_page_only_for_the_details_of_the_job()
    {
        var (_, address) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, Say.Phone(7)), "Repair");
        var link = await World.Store.LinkAsync(Slug, Token.Hash(address.Segments[^1]), Ct);
        var other = await World.SayAsync(Say.Angry(8), "a", link, Origin.JobLink, shownOnPage: true);
        Assert.Null(other.Page);

        var (_, second) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, Say.Phone(7)), "Repair");
        var own = await World.SayAsync(Say.Nameless(), "b", await World.Store.LinkAsync(Slug, Token.Hash(second.Segments[^1]), Ct), Origin.JobLink, shownOnPage: true);
        Assert.Equal(own.Feedback!.Feedback.Id, (await World.Store.LinkAsync(Slug, Token.Hash(own.Page!.Segments[^1]), Ct))!.Value.Feedback);
    }

    [Fact]
    public async Task Nobody_called_waits_for_the_time_told_and_then_goes_straight_to_the_owner()
    {
        var task = await OpenedAsync();
        Assert.Equal(CustomerActResult.TooEarly, (await World.HearAsync(task.Id, new NobodyCalled())).Result);
        await World.PassUntilAsync(task.Promise.By.AddMinutes(1));
        var before = Mail.Arrived.Count(letter => letter.To.Address == Shop.Owner.Email);

        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NobodyCalled())).Result);
        Assert.Equal(CustomerActResult.AlreadySo, (await World.HearAsync(task.Id, new NobodyCalled())).Result);

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((Shop.Owner.Id, TaskState.Open, Priority.Critical), (after.Owner, after.State, after.Priority));
        Assert.Equal(PromiseState.Broken, Assert.Single(after.EarlierPromises).State);
        Assert.Equal((PromiseState.Pending, true), (after.Promise.State, after.Promise.WasTold));
        Assert.Equal(before + 1, Mail.Arrived.Count(letter => letter.To.Address == Shop.Owner.Email));
        Assert.Equal(new(0, 0, 1), (await World.Store.TallyAsync(Slug, Ct))!.Value);

        await World.PassAsync(TimeSpan.FromMinutes(1));
        await Promises.HoldAsync(Site, World);

        // The new time is a promise like the first: the ladder follows it, and it can be complained of when it has passed.
        await World.PassUntilAsync(after.Promise.By.AddMinutes(1));
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NobodyCalled())).Result);
        Assert.Equal(new(0, 0, 2), (await World.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task Nobody_called_against_an_attempt_that_stands_is_disputed_and_breaks_nothing()
    {
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Called.", null, Shop.Manager.Name));
        Assert.Equal(CustomerActResult.TooEarly, (await World.HearAsync(task.Id, new NobodyCalled())).Result);
        await World.PassUntilAsync(task.Promise.By.AddMinutes(1));

        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NobodyCalled())).Result);

        var after = await World.TaskAsync(task.Id);
        var disputed = Assert.Single(after.EarlierPromises);
        Assert.True(disputed is { State: PromiseState.Kept, IsDisputed: true });
        Assert.Equal((true, Shop.Owner.Id), (after.IsOpen, after.Owner));
        Assert.Equal(task.Id, (await World.Store.CustomerAsync(Slug, task.Customer!.Value, Ct))!.Value.OpenTask);
        Assert.Equal(new(1, 0, 0), (await World.Store.TallyAsync(Slug, Ct))!.Value);
        var ledger = await World.AllAsync((next, ct) => World.Lists.LedgerAsync(Slug, 100, next, ct));
        Assert.Equal([LedgerMark.Told, LedgerMark.Disputed, LedgerMark.Kept, LedgerMark.Told], ledger.Select(line => line.Mark));
        Assert.Contains(TaskEventKind.NobodyCalled, await World.TimelineAsync(task.Id));
    }

    [Fact]
    public async Task Another_time_lets_go_of_the_first_promise_and_makes_one_of_its_own()
    {
        var task = await OpenedAsync();
        var window = CallWindow.Offered(Site.Business.Hours(), Site.Clock.GetUtcNow())[1];
        Assert.Equal(("Sun 13:00", "Sun 18:00"), (Local(window.From), Local(window.By)));

        Assert.Equal(CustomerActResult.NotOffered, (await World.HearAsync(task.Id, new CallAt(window.By.AddMinutes(1)))).Result);
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new CallAt(window.By))).Result);
        Assert.Equal(CustomerActResult.AlreadySo, (await World.HearAsync(task.Id, new CallAt(window.By))).Result);

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((window.From, window.By, PromiseState.Pending), (after.Promise.From, after.Promise.By, after.Promise.State));
        Assert.Equal(PromiseState.Released, Assert.Single(after.EarlierPromises).State);
        Assert.Equal(Shop.Manager.Email, Assert.Single(Mail.Of(LetterKind.Wish)).To.Address);
        Assert.Null(await World.Store.TallyAsync(Slug, Ct));
        var ledger = await World.AllAsync((next, ct) => World.Lists.LedgerAsync(Slug, 100, next, ct));
        Assert.Contains(ledger, line => line.Mark == LedgerMark.Released && line.By == task.Promise.By);

        await World.PassUntilAsync(window.By.AddMinutes(1));
        Assert.NotEmpty(Mail.Of(LetterKind.Escalation));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task A_time_that_had_passed_is_broken_and_not_let_go()
    {
        var task = await OpenedAsync();
        await World.PassUntilAsync(task.Promise.By.AddMinutes(1));
        await World.HearAsync(task.Id, new CallAt(CallWindow.Offered(Site.Business.Hours(), Site.Clock.GetUtcNow())[0].By));
        Assert.Equal(PromiseState.Broken, Assert.Single((await World.TaskAsync(task.Id)).EarlierPromises).State);
        Assert.Equal(new(0, 0, 1), (await World.Store.TallyAsync(Slug, Ct))!.Value);
    }

    [Fact]
    public async Task Writing_is_asked_for_by_a_way_that_is_there_and_after_some_changes_no_more()
    {
        var task = await OpenedAsync();
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new WriteInstead(WrittenBy.WhatsApp))).Result);
        Assert.Equal(CustomerActResult.AlreadySo, (await World.HearAsync(task.Id, new WriteInstead(WrittenBy.WhatsApp))).Result);
        var after = await World.TaskAsync(task.Id);
        Assert.Equal((WrittenBy.WhatsApp, task.Promise.By), (CustomerActs.AsksForWriting(after), after.Promise.By));

        for (var change = 1; change < CustomerActs.MostWishes; change++)
            Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new WriteInstead(change % 2 == 1 ? WrittenBy.Mail : WrittenBy.WhatsApp))).Result);
        Assert.Equal(CustomerActResult.TooOften, (await World.HearAsync(task.Id, new WriteInstead(WrittenBy.Mail))).Result);
        Assert.Equal(CustomerActs.MostWishes, Mail.Of(LetterKind.Wish).Count);

        // To be left alone can always be said.
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NoNeedToCall())).Result);
        Assert.Equal(CustomerActResult.AlreadySo, (await World.HearAsync(task.Id, new NoNeedToCall())).Result);
    }

    [Fact]
    public async Task No_need_to_call_silences_the_ladder_and_leaves_the_task_to_a_person()
    {
        var task = await OpenedAsync();
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NoNeedToCall())).Result);
        await World.PassAsync(TimeSpan.FromDays(9));
        Assert.Equal([LetterKind.Apology, LetterKind.Alert, LetterKind.Wish], Mail.Kinds.Order());
        Assert.Single(await World.OpenTasksAsync());
        await World.DoAsync(task.Id, new Close(Outcome.NoFault, "No call wanted.", null, Shop.Manager.Name));
        Assert.Null(await World.Store.TallyAsync(Slug, Ct));
    }

    [Fact]
    public async Task No_need_to_call_after_the_time_has_passed_silences_what_would_come_and_what_is_on_its_way()
    {
        var task = await OpenedAsync();
        await World.PassUntilAsync(task.Promise.By.AddMinutes(-1));
        Mail.Answer = Mail.IsDown;
        await World.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new NoNeedToCall())).Result);
        Assert.Equal(PromiseState.Broken, (await World.TaskAsync(task.Id)).Promise.State);
        var before = Mail.Arrived.Count;
        Mail.Answer = Mail.Works;

        await World.PassAsync(TimeSpan.FromDays(9));

        Assert.Equal([LetterKind.Wish], Mail.Kinds.Skip(before));
        Assert.Single(await World.OpenTasksAsync());
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Who_is_called_all_the_same_and_does_not_answer_is_not_told_of_another_call()
    {
        var task = await OpenedAsync();
        await World.HearAsync(task.Id, new NoNeedToCall());
        await World.DoAsync(task.Id, new NoAnswer(Shop.Manager.Name));

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((PromiseState.Released, 1, 0), (after.Promise.State, after.Attempts.Count, after.EarlierPromises.Count));
        Assert.Empty(Mail.Of(LetterKind.Tried));
        await World.DoAsync(task.Id, new NoAnswer(Shop.Manager.Name));
        await World.DoAsync(task.Id, new NoAnswer(Shop.Manager.Name));
        Assert.Equal(Outcome.NotReached, (await World.TaskAsync(task.Id)).Closing!.Outcome);
        Assert.Single(Mail.Of(LetterKind.GaveUp));
    }

    [Fact]
    public async Task Opened_again_after_no_need_to_call_it_is_followed_again()
    {
        var task = await OpenedAsync();
        await World.HearAsync(task.Id, new NoNeedToCall());
        await World.DoAsync(task.Id, new Close(Outcome.NoFault, "No call wanted.", null, Shop.Manager.Name));
        await World.DoAsync(task.Id, new Reopen("She wrote after all.", Shop.Manager.Name));

        var after = await World.TaskAsync(task.Id);
        Assert.DoesNotContain(after.Reasons, reason => reason.Kind == ReasonKind.AsksForNoCall);
        await World.PassUntilAsync(after.Promise.By.AddMinutes(1));
        Assert.NotEmpty(Mail.Of(LetterKind.Escalation));
    }

    [Fact]
    public async Task An_apology_that_could_not_leave_tells_the_time_that_counts_then()
    {
        Mail.Answer = Mail.IsDown;
        var task = await OpenedAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        var window = CallWindow.Offered(Site.Business.Hours(), Site.Clock.GetUtcNow())[0];
        await World.HearAsync(task.Id, new CallAt(window.By));
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(30));

        var moved = (await World.TaskAsync(task.Id)).Promise;
        Assert.Contains($"{moved.By:O}", Assert.Single(Mail.Of(LetterKind.Apology)).Text, StringComparison.Ordinal);
        Assert.Equal([ToldBy.Page, ToldBy.Mail], moved.Told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_lets_go_and_writes_again_gets_one_apology_for_the_new_time(bool managerIsFaster)
    {
        Mail.Answer = Mail.IsDown;
        var task = await OpenedAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await World.HearAsync(task.Id, new NoNeedToCall());
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        await OpenedAsync("I leave after all");
        Site.Clock.Advance(TimeSpan.FromSeconds(1));
        if (managerIsFaster) Assert.Equal(ActResult.Done, (await World.DoAsync(task.Id, new SendApology(Shop.Manager.Name))).Result);
        Mail.Answer = Mail.Works;
        await World.PassAsync(TimeSpan.FromMinutes(20));
        if (!managerIsFaster) Assert.Equal(ActResult.NoApologyNow, (await World.DoAsync(task.Id, new SendApology(Shop.Manager.Name))).Result);

        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Contains($"{(await World.TaskAsync(task.Id)).Promise.By:O}", Assert.Single(Mail.Of(LetterKind.Apology)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_days_after_closing_the_question_comes_once_and_no_opens_it_again_higher()
    {
        var task = await OpenedAsync("please");
        var priority = task.Priority;
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Called.", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromDays(3) - TimeSpan.FromMinutes(1));
        Assert.Empty(Mail.Of(LetterKind.CheckBack));
        await World.PassAsync(TimeSpan.FromMinutes(2));
        var question = Assert.Single(Mail.Of(LetterKind.CheckBack));
        Assert.Equal(task.Id, (await World.Store.LinkAsync(Slug, Token.Hash(PageOf(question)), Ct))!.Value.Task);

        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new SaySolved(false))).Result);
        Assert.Equal(CustomerActResult.AlreadySo, (await World.HearAsync(task.Id, new SaySolved(false))).Result);

        var after = await World.TaskAsync(task.Id);
        Assert.Equal((true, CustomerActs.Raised(priority), false), (after.IsOpen, after.Priority, Assert.Single(after.CheckBacks).Solved));
        Assert.Equal((ReasonKind.NotSolved, true), (after.Reasons[0].Kind, after.Promise is { State: PromiseState.Pending, WasTold: true }));
        Assert.Equal(2, Mail.Of(LetterKind.Alert).Count);

        // Settled again, it is asked again; yes ends it.
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Went there.", null, Shop.Manager.Name));
        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new SaySolved(true))).Result);
        await World.PassAsync(TimeSpan.FromDays(10));
        Assert.Single(Mail.Of(LetterKind.CheckBack));
        Assert.Equal([false, true], (await World.TaskAsync(task.Id)).CheckBacks.Select(asked => asked.Solved));
        await Promises.HoldAsync(Site, World);
    }

    [Fact]
    public async Task Who_has_a_new_matter_is_not_asked_about_the_old_one()
    {
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new Close(Outcome.Saved, "Called.", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromDays(2));
        await OpenedAsync("Again");
        await World.PassAsync(TimeSpan.FromDays(2));
        Assert.Empty(Mail.Of(LetterKind.CheckBack));

        Assert.Equal(CustomerActResult.Done, (await World.HearAsync(task.Id, new SaySolved(false))).Result);
        Assert.False((await World.TaskAsync(task.Id)).IsOpen);
        Assert.Single(await World.OpenTasksAsync());
    }

    [Fact]
    public async Task Nobody_is_asked_after_leaving_or_after_no_answer()
    {
        var lost = await OpenedAsync(customer: 1);
        await World.DoAsync(lost.Id, new Close(Outcome.Lost, "Gone.", null, Shop.Manager.Name));
        var missed = await OpenedAsync(customer: 2);
        await World.DoAsync(missed.Id, new Close(Outcome.NotReached, "No answer.", null, Shop.Manager.Name));
        await World.PassAsync(TimeSpan.FromDays(5));
        Assert.Empty(Mail.Of(LetterKind.CheckBack));
    }

    private static string PageOf(Letter letter) => new Uri(letter.Text.Split('\n').First(line => line.StartsWith(nameof(LinkPurpose.CustomerPage), StringComparison.Ordinal)).Split(": ")[1]).Segments[^1];
}
