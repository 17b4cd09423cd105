using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Storage;

/// <summary>What the store promises on every engine. A subclass opens its engine; each test works for a business of its own.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private readonly string slug = "s-" + Guid.NewGuid().ToString("N")[..20];
    private readonly string other = "s-" + Guid.NewGuid().ToString("N")[..20];
    private IRowEngine engine = null!;
    private StubbornRows rows = null!;
    private Store store = null!;
    private StoreLists lists = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<IRowEngine> OpenAsync();

    public abstract ValueTask DisposeAsync();

    public async ValueTask InitializeAsync()
    {
        engine = await OpenAsync();
        rows = new(engine);
        (store, lists) = (new(rows), new(rows));
    }

    [Fact]
    public async Task Everything_of_a_commit_comes_back_unchanged_with_Hebrew_niqqud_and_emoji()
    {
        var customer = Some.Customer();
        var (read, task, letter, link, answer) = (Some.Read(customer: customer.Id), Some.Task(), Some.Letter(), Some.Link(), Some.Answer());
        var job = new Job(NewId.At<JobId>(Some.Moment), Some.Moment, read.Feedback.Contact, "תיקון מזגן ❄️") { Link = "link-hash" };
        var settings = Shop.Make(slug) with { People = [Shop.Manager with { Away = [new(Some.Moment, Some.Moment.AddDays(1))] }], Keys = [new("hash", "קופה", Some.Moment)] };
        var latency = new AlertLatency(letter.Letter.Id, Some.Moment, TimeSpan.FromMilliseconds(812));
        TaskEvent[] events =
        [
            new(Some.Moment, TaskEventKind.Opened, Feedback: read.Feedback.Id),
            new(Some.Moment, TaskEventKind.Closed, "דָּנָה", Outcome: Outcome.Saved, Detail: Some.Words),
        ];

        await CommitAsync(new(slug)
        {
            Feedback = read, Customer = Change.New(customer), NewContacts = [new("contact-hash", customer.Id)], Task = Change.New(task), Events = events, Letters = [Change.New(letter)],
            Links = [Change.New(link)], Job = Change.New(job), Answer = Change.New(answer), Settings = Change.New(settings), Tally = Change.New(new PromiseTally(3, 2, 1)), Latency = latency,
        });

        Same(read, await store.FeedbackAsync(slug, read.Feedback.Id, Ct));
        Assert.Equal(Some.Words, (await store.FeedbackAsync(slug, read.Feedback.Id, Ct))!.Feedback.Text);
        Same(customer, (await store.CustomerAsync(slug, customer.Id, Ct))!.Value);
        Assert.Equal(customer.Id, (await store.ContactAsync(slug, "contact-hash", Ct)).Customer);
        Same(task, (await store.TaskAsync(slug, task.Id, Ct))!.Value);
        Same(letter, (await store.LetterAsync(slug, letter.Letter.Id, Ct))!.Value);
        Same(link, (await store.LinkAsync(slug, link.Hash, Ct))!.Value);
        Same(job, (await store.JobAsync(slug, job.Id, Ct))!.Value);
        Same(answer, (await store.AnswerAsync(slug, answer.Hash, Ct))!.Value);
        Same(settings, (await store.BusinessAsync(slug, Ct))!.Value);
        Same(new PromiseTally(3, 2, 1), (await store.TallyAsync(slug, Ct))!.Value);
        Same(new[] { events[1], events[0] }, (await lists.TimelineAsync(slug, task.Id, 100, null, Ct)).Items);
        Same(new[] { latency }, (await lists.LatenciesAsync(slug, 100, null, Ct)).Items);
        Same(new[] { read }, (await lists.FeedbacksAsync(slug, 100, null, Ct)).Items);
        Same(new[] { read }, (await lists.FeedbacksOfAsync(slug, customer.Id, 100, null, Ct)).Items);
    }

    [Fact]
    public async Task What_came_from_elsewhere_comes_back_newest_first_and_goes_after_seven_days()
    {
        var read = Some.Read() with { Feedback = Some.Feedback() with { From = new("google", Some.Moment, "https://reviews.example/1", "C-17", [new("סניף", "חיפה")]) } };
        var receipts = Enumerable.Range(0, 3).Select(n => new Receipt(
            NewId.At<ReceiptId>(Some.Moment.AddMinutes(n)), "google", Some.Moment.AddMinutes(n), ReceiptResult.Refused, "mismatch", "review.created", read.Feedback.Id, "{\"א\":1}")).ToList();
        var review = new ReviewLine(Some.Hash(), "google", read.Feedback.Id, NewId.At<TaskId>(Some.Moment), new(RatingScale.Stars, 1), Some.Hash(), Some.Moment, 2, Some.Moment.AddHours(1));
        var pending = new PendingReview(Some.Hash(), "google", "accounts/1/locations/2/reviews/3", Some.Moment, 1, Some.Moment.AddMinutes(1), "HTTP 429");
        var source = new Source("google", "google", [new("s1", "a secret", Some.Moment, Some.Moment.AddDays(1))], Some.Moment)
        {
            Mapping = Mapping.Own, Scale = "nps", VerifyToken = "verify", Push = new("aud", "a@b.example", "projects/p/subscriptions/s", "id", "secret", "refresh"),
        };
        await CommitAsync(new(slug)
        {
            Feedback = read, Receipts = receipts, Review = Change.New(review), Pending = Change.New(pending), Settings = Change.New(Shop.Make(slug) with { Sources = [source] }),
        });
        await CommitAsync(new(slug) { Receipts = [receipts[0] with { Id = NewId.At<ReceiptId>(Some.Moment), Source = "google-2" }] });

        Same(read, await store.FeedbackAsync(slug, read.Feedback.Id, Ct));
        Same(source, Assert.Single((await store.BusinessAsync(slug, Ct))!.Value.Sources));
        Same(review, (await store.ReviewAsync(slug, review.Hash, Ct))!.Value);
        Same(pending, (await store.PendingReviewAsync(slug, pending.Hash, Ct))!.Value);
        Same(receipts.AsEnumerable().Reverse(), (await lists.ReceiptsAsync(slug, "google", 10, null, Ct)).Items);
        Same(new[] { pending }, (await lists.DueReviewsAsync(slug, Some.Moment.AddMinutes(2), 10, null, Ct)).Items);
        Assert.Empty((await lists.DueReviewsAsync(slug, Some.Moment, 10, null, Ct)).Items);

        // Whoever is erased is erased here, too: the event as it came goes with the words that were made of it.
        var told = Some.Read() with { Feedback = Some.Feedback() with { From = new("typeform", null, null, "C-17", [new("סניף", "חיפה")]) { Receipt = NewId.At<ReceiptId>(Some.Moment) } } };
        await CommitAsync(new(slug) { Feedback = told, Receipts = [receipts[0] with { Id = told.Feedback.From!.Receipt!.Value, Source = "typeform" }] });
        await CommitAsync(new(slug) { ErasedFeedback = told with { Feedback = Erased.Of(told.Feedback, Some.Moment) } });
        Assert.Empty((await lists.ReceiptsAsync(slug, "typeform", 10, null, Ct)).Items);
        Assert.Equal((null, 0), ((await store.FeedbackAsync(slug, told.Feedback.Id, Ct))!.Feedback.From!.Reference, (await store.FeedbackAsync(slug, told.Feedback.Id, Ct))!.Feedback.From!.Details.Count));

        await CommitAsync(new(slug) { Pending = (await store.PendingReviewAsync(slug, pending.Hash, Ct))!.To(pending with { NextAt = null }) });
        Assert.Empty((await lists.DueReviewsAsync(slug, DateTimeOffset.MaxValue, 10, null, Ct)).Items);
        Assert.Equal(5, await lists.RemoveExpiredAsync(slug, Some.Moment.AddDays(8), 100, Ct));
        Assert.Empty((await lists.ReceiptsAsync(slug, "google", 10, null, Ct)).Items);
        Assert.NotNull(await store.ReviewAsync(slug, review.Hash, Ct));
    }

    [Fact]
    public async Task A_letter_that_comes_back_equals_the_one_that_was_stored()
    {
        var letter = Some.Letter();
        await CommitAsync(new(slug) { Letters = [Change.New(letter)] });

        Same(letter, (await store.LetterAsync(slug, letter.Letter.Id, Ct))!.Value);
    }

    [Fact]
    public async Task What_was_never_stored_is_null()
    {
        Assert.Null(await store.BusinessAsync(slug, Ct));
        Assert.Equal(KnownContact.Nobody, await store.ContactAsync(slug, "nobody", Ct));
        Assert.Null(await store.CustomerAsync(slug, NewId.At<CustomerId>(Some.Moment), Ct));
        Assert.Null(await store.TaskAsync(slug, NewId.At<TaskId>(Some.Moment), Ct));
        Assert.Null(await store.FeedbackAsync(slug, NewId.At<FeedbackId>(Some.Moment), Ct));
        Assert.Null(await store.LetterAsync(slug, NewId.At<LetterId>(Some.Moment), Ct));
        Assert.Null(await store.AnswerAsync(slug, Some.Hash(), Ct));
        Assert.Null(await store.TallyAsync(slug, Ct));
    }

    [Fact]
    public async Task A_commit_that_loses_its_race_leaves_nothing_at_all()
    {
        var link = Some.Link();
        await CommitAsync(new(slug) { Links = [Change.New(link)] });
        var before = await AllRowsAsync(slug);

        var (read, customer, task, letter) = (Some.Read(), Some.Customer(), Some.Task(), Some.Letter());
        var lost = await store.CommitAsync(
            new(slug)
            {
                Feedback = read, Customer = Change.New(customer), NewContacts = [new(Some.Hash(), customer.Id)], Task = Change.New(task), Events = [new(Some.Moment, TaskEventKind.Opened)],
                Letters = [Change.New(letter)], Links = [Change.New(link)], Answer = Change.New(Some.Answer()),
            },
            Ct);

        Assert.Equal(CommitResult.LostRace, lost);
        Assert.Equal(before, await AllRowsAsync(slug));
    }

    [Fact]
    public async Task A_stale_task_is_refused()
    {
        var task = Some.Task();
        var stale = await StoredAsync(task);
        await CommitAsync(new(slug) { Task = stale.To(task with { State = TaskState.Claimed }) });

        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Task = stale.To(task with { Owner = Shop.Owner.Id }) }, Ct));
        Assert.Equal((TaskState.Claimed, Shop.Manager.Id), ((await store.TaskAsync(slug, task.Id, Ct))!.Value.State, (await store.TaskAsync(slug, task.Id, Ct))!.Value.Owner));
    }

    [Fact]
    public async Task A_stale_customer_is_refused()
    {
        var customer = Some.Customer();
        await CommitAsync(new(slug) { Customer = Change.New(customer) });
        var stale = (await store.CustomerAsync(slug, customer.Id, Ct))!;
        await CommitAsync(new(slug) { Customer = stale.To(customer with { Feedbacks = 8 }) });

        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Customer = stale.To(customer with { Feedbacks = 9 }) }, Ct));
        Assert.Equal(8, (await store.CustomerAsync(slug, customer.Id, Ct))!.Value.Feedbacks);
    }

    [Fact]
    public async Task A_stale_letter_is_refused()
    {
        var letter = Some.Letter();
        var stale = await StoredAsync(letter);
        await CommitAsync(new(slug) { Letters = [stale.To(letter with { State = LetterState.Leased })] });

        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Letters = [stale.To(letter with { State = LetterState.Sent })] }, Ct));
        Assert.Equal(LetterState.Leased, (await store.LetterAsync(slug, letter.Letter.Id, Ct))!.Value.State);
    }

    [Fact]
    public async Task A_link_is_spent_by_one_of_a_hundred()
    {
        var link = Some.Link();
        await CommitAsync(new(slug) { Links = [Change.New(link)] });
        var stored = (await store.LinkAsync(slug, link.Hash, Ct))!;

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            store.CommitAsync(new(slug) { Links = [stored.To(link with { SpentAt = Some.Moment.AddSeconds(i) })] }, Ct)));

        Assert.Single(results, CommitResult.Committed);
    }

    [Fact]
    public async Task Inserting_what_exists_is_refused()
    {
        var customer = Some.Customer();
        var commit = new Commit(slug)
        {
            Feedback = Some.Read(), Customer = Change.New(customer), NewContacts = [new(Some.Hash(), customer.Id)], Task = Change.New(Some.Task()), Letters = [Change.New(Some.Letter())],
            Links = [Change.New(Some.Link())], Answer = Change.New(Some.Answer()), Settings = Change.New(Shop.Make(slug)), Tally = Change.New(PromiseTally.Zero),
        };
        await CommitAsync(commit);

        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Feedback = commit.Feedback }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Customer = commit.Customer }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { NewContacts = commit.NewContacts }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Task = commit.Task }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Letters = commit.Letters }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Links = commit.Links }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Answer = commit.Answer }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Settings = commit.Settings }, Ct));
        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Tally = commit.Tally }, Ct));
    }

    [Fact]
    public async Task A_closed_task_moves_from_the_open_to_the_closed_and_back()
    {
        var task = Some.Task();
        var open = await StoredAsync(task);
        await CommitAsync(new(slug) { Task = open.To(Some.Closed(task, Some.Moment.AddHours(1))) });
        Assert.Empty((await lists.OpenTasksAsync(slug, 100, null, Ct)).Items);
        Same(Some.Closed(task, Some.Moment.AddHours(1)), Assert.Single((await lists.ClosedTasksAsync(slug, 100, null, Ct)).Items));
        Assert.Empty((await lists.DueTasksAsync(slug, Some.Moment.AddYears(1), 100, null, Ct)).Items);

        await CommitAsync(new(slug) { Task = (await store.TaskAsync(slug, task.Id, Ct))!.To(task) });
        Same(task, Assert.Single((await lists.OpenTasksAsync(slug, 100, null, Ct)).Items));
        Assert.Empty((await lists.ClosedTasksAsync(slug, 100, null, Ct)).Items);
        Assert.Equal([task.Id], (await lists.DueTasksAsync(slug, Some.Moment.AddYears(1), 100, null, Ct)).Items);
    }

    [Fact]
    public async Task A_changed_deadline_moves_the_task_on_the_board()
    {
        var (first, second) = (Some.Task(by: Some.Moment.AddHours(1)), Some.Task(by: Some.Moment.AddHours(2)));
        var stored = await StoredAsync(first);
        await StoredAsync(second);
        Assert.Equal([first.Id, second.Id], (await lists.OpenTasksAsync(slug, 100, null, Ct)).Items.Select(task => task.Id));

        await CommitAsync(new(slug) { Task = stored.To(first with { Promise = first.Promise with { By = Some.Moment.AddHours(3) } }) });

        Assert.Equal([second.Id, first.Id], (await lists.OpenTasksAsync(slug, 100, null, Ct)).Items.Select(task => task.Id));
    }

    [Fact]
    public async Task The_board_shows_a_task_as_it_is_now()
    {
        var task = Some.Task();
        await CommitAsync(new(slug) { Task = (await StoredAsync(task)).To(task with { State = TaskState.Claimed }) });

        Assert.Equal(TaskState.Claimed, Assert.Single((await lists.OpenTasksAsync(slug, 100, null, Ct)).Items).State);
    }

    [Fact]
    public async Task A_task_is_due_by_its_newest_step_alone()
    {
        var task = Some.Task(next: Some.Moment.AddHours(1));
        var moved = await StoredAsync(task);
        Assert.Equal([task.Id], (await lists.DueTasksAsync(slug, Some.Moment.AddHours(1).AddTicks(1), 100, null, Ct)).Items);
        Assert.Empty((await lists.DueTasksAsync(slug, Some.Moment.AddHours(1), 100, null, Ct)).Items);

        await CommitAsync(new(slug) { Task = moved.To(task with { Ladder = task.Ladder with { NextAt = Some.Moment.AddHours(2) } }) });
        Assert.Empty((await lists.DueTasksAsync(slug, Some.Moment.AddHours(2), 100, null, Ct)).Items);
        Assert.Equal([task.Id], (await lists.DueTasksAsync(slug, Some.Moment.AddHours(3), 100, null, Ct)).Items);
    }

    [Fact]
    public async Task A_letter_is_due_until_it_is_finished()
    {
        var letter = Some.Letter(due: Some.Moment.AddSeconds(30));
        var id = letter.Letter.Id;
        var stored = await StoredAsync(letter);
        Assert.Equal([id], await DueAsync(Some.Moment.AddMinutes(1)));

        await CommitAsync(new(slug) { Letters = [stored.To(letter with { State = LetterState.Leased, DueAt = Some.Moment.AddMinutes(2) })] });
        Assert.Empty(await DueAsync(Some.Moment.AddMinutes(1)));
        Assert.Equal([id], await DueAsync(Some.Moment.AddMinutes(3)));

        var leased = (await store.LetterAsync(slug, id, Ct))!;
        await CommitAsync(new(slug) { Letters = [leased.To(leased.Value with { State = LetterState.Sent, SentAt = Some.Moment.AddMinutes(1) })] });
        Assert.Empty(await DueAsync(Some.Moment.AddYears(1)));
        Assert.Single((await lists.LettersAsync(slug, 100, null, Ct)).Items);
    }

    [Fact]
    public async Task A_letter_is_set_aside_until_it_is_sent_again()
    {
        var letter = Some.Letter();
        await CommitAsync(new(slug) { Letters = [(await StoredAsync(letter)).To(letter with { State = LetterState.SetAside, Problem = "No such mailbox." })] });
        Assert.Equal("No such mailbox.", Assert.Single((await lists.SetAsideAsync(slug, 100, null, Ct)).Items).Problem);
        Assert.Empty(await DueAsync(Some.Moment.AddYears(1)));

        var aside = (await store.LetterAsync(slug, letter.Letter.Id, Ct))!;
        await CommitAsync(new(slug) { Letters = [aside.To(letter)] });
        Assert.Empty((await lists.SetAsideAsync(slug, 100, null, Ct)).Items);
        Assert.Equal([letter.Letter.Id], await DueAsync(Some.Moment.AddYears(1)));
    }

    [Fact]
    public async Task Lists_come_in_their_order_page_by_page()
    {
        var moments = Enumerable.Range(0, 7).Select(i => Some.Moment.AddMinutes(i)).ToList();
        var customer = NewId.At<CustomerId>(Some.Moment);
        var task = Some.Task().Id;
        foreach (var at in moments.OrderBy(_ => Random.Shared.Next()))
        {
            var open = Some.Task(by: at, next: at);
            await CommitAsync(new(slug)
            {
                Feedback = Some.Read(at, customer), Task = Change.New(open), Letters = [Change.New(Some.Letter(at, due: at))], Latency = new(NewId.At<LetterId>(at), at, TimeSpan.FromSeconds(1)),
            });
            await CommitAsync(new(slug) { Task = Change.New(Some.Closed(Some.Task(), at)), Events = [new(at, TaskEventKind.Claimed)], EventsOf = task });
            await CommitAsync(new(slug) { EventsOf = task, Events = [new(at, TaskEventKind.Claimed)] });
            await CommitAsync(new(slug) { Letters = [Change.New(Some.Letter(at) with { State = LetterState.SetAside })] });
        }

        var newestFirst = moments.AsEnumerable().Reverse().ToList();
        Assert.Equal(moments, (await PagesAsync((next, ct) => lists.OpenTasksAsync(slug, 3, next, ct))).Select(item => item.Promise.By));
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.ClosedTasksAsync(slug, 3, next, ct))).Select(item => item.Closing!.At));
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.TimelineAsync(slug, task, 3, next, ct))).Select(item => item.At));
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.FeedbacksAsync(slug, 3, next, ct))).Select(item => item.Feedback.At));
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.FeedbacksOfAsync(slug, customer, 3, next, ct))).Select(item => item.Feedback.At));
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.LettersAsync(slug, 3, next, ct))).Select(item => item.Letter.WrittenAt).Distinct());
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.SetAsideAsync(slug, 3, next, ct))).Select(item => item.Letter.WrittenAt));
        Assert.Equal(moments, (await PagesAsync((next, ct) => lists.DueLettersAsync(slug, Some.Moment.AddDays(1), 3, next, ct))).Select(item => item.DueAt));
        Assert.Equal(7, (await PagesAsync((next, ct) => lists.DueTasksAsync(slug, Some.Moment.AddDays(1), 3, next, ct))).Count);
        Assert.Equal(newestFirst, (await PagesAsync((next, ct) => lists.LatenciesAsync(slug, 3, next, ct))).Select(item => item.At));
    }

    [Fact]
    public async Task One_business_never_sees_another()
    {
        var customer = Some.Customer();
        var (read, task, letter, link, answer) = (Some.Read(customer: customer.Id), Some.Task(), Some.Letter(), Some.Link(), Some.Answer());
        await CommitAsync(new(other)
        {
            Feedback = read, Customer = Change.New(customer), NewContacts = [new("hash", customer.Id)], Task = Change.New(task), Events = [new(Some.Moment, TaskEventKind.Opened)],
            Letters = [Change.New(letter)], Links = [Change.New(link)], Answer = Change.New(answer), Latency = new(letter.Letter.Id, Some.Moment, TimeSpan.Zero),
        });

        Assert.Null(await store.FeedbackAsync(slug, read.Feedback.Id, Ct));
        Assert.Null(await store.CustomerAsync(slug, customer.Id, Ct));
        Assert.Equal(KnownContact.Nobody, await store.ContactAsync(slug, "hash", Ct));
        Assert.Null(await store.TaskAsync(slug, task.Id, Ct));
        Assert.Null(await store.LetterAsync(slug, letter.Letter.Id, Ct));
        Assert.Null(await store.LinkAsync(slug, link.Hash, Ct));
        Assert.Null(await store.AnswerAsync(slug, answer.Hash, Ct));
        Assert.Empty((await lists.OpenTasksAsync(slug, 100, null, Ct)).Items);
        Assert.Empty((await lists.TimelineAsync(slug, task.Id, 100, null, Ct)).Items);
        Assert.Empty((await lists.FeedbacksAsync(slug, 100, null, Ct)).Items);
        Assert.Empty((await lists.FeedbacksOfAsync(slug, customer.Id, 100, null, Ct)).Items);
        Assert.Empty((await lists.LettersAsync(slug, 100, null, Ct)).Items);
        Assert.Empty(await DueAsync(Some.Moment.AddYears(1)));
        Assert.Equal(0, await lists.RemoveExpiredAsync(slug, Some.Moment.AddYears(1), 100, Ct));
        Assert.NotNull(await store.LinkAsync(other, link.Hash, Ct));
    }

    [Fact]
    public async Task A_business_is_listed_and_its_people_find_their_way_to_it()
    {
        var address = $"{Guid.NewGuid():N}@shop.example";
        var worker = Shop.Manager with { Email = address };
        await CommitAsync(new(slug) { Settings = Change.New(Shop.Make(slug) with { People = [worker] }) });
        await CommitAsync(new(other) { Settings = Change.New(Shop.Make(other) with { People = [worker] }) });

        Assert.Subset((await PagesAsync((next, ct) => lists.BusinessesAsync(3, next, ct))).ToHashSet(), new HashSet<string> { slug, other });
        Assert.Equal(new[] { slug, other }.Order(StringComparer.Ordinal), (await lists.WorkplacesAsync(address, Ct)).Order(StringComparer.Ordinal));
        Assert.Empty(await lists.WorkplacesAsync("x" + address, Ct));
    }

    [Fact]
    public async Task What_is_over_is_removed_and_nothing_else()
    {
        var now = Some.Moment;
        var (over, good) = (Some.Link(until: now.AddTicks(-1)), Some.Link(until: now.AddTicks(1)));
        var endless = Some.Link() with { Until = null };
        var (oldAnswer, newAnswer) = (Some.Answer(until: now.AddDays(-1)), Some.Answer(until: now.AddDays(1)));
        var (oldLatency, newLatency) = (Latency(now.AddDays(-31)), Latency(now.AddDays(-29)));
        var (task, letter, read) = (Some.Task(), Some.Letter(), Some.Read());
        await CommitAsync(new(slug) { Links = [Change.New(over), Change.New(good), Change.New(endless)], Answer = Change.New(oldAnswer), Latency = oldLatency });
        await CommitAsync(new(slug) { Answer = Change.New(newAnswer), Latency = newLatency, Task = Change.New(task), Letters = [Change.New(letter)], Feedback = read });

        Assert.Equal(3, await lists.RemoveExpiredAsync(slug, now, 100, Ct));

        Assert.Null(await store.LinkAsync(slug, over.Hash, Ct));
        Assert.Null(await store.AnswerAsync(slug, oldAnswer.Hash, Ct));
        Assert.NotNull(await store.LinkAsync(slug, good.Hash, Ct));
        Assert.NotNull(await store.LinkAsync(slug, endless.Hash, Ct));
        Assert.NotNull(await store.AnswerAsync(slug, newAnswer.Hash, Ct));
        Assert.Equal([newLatency], (await lists.LatenciesAsync(slug, 100, null, Ct)).Items);
        Assert.NotNull(await store.TaskAsync(slug, task.Id, Ct));
        Assert.NotNull(await store.LetterAsync(slug, letter.Letter.Id, Ct));
        Assert.NotNull(await store.FeedbackAsync(slug, read.Feedback.Id, Ct));
        Assert.Equal(0, await lists.RemoveExpiredAsync(slug, now, 100, Ct));

        static AlertLatency Latency(DateTimeOffset at) => new(NewId.At<LetterId>(at), at, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Many_expired_are_removed_in_pieces()
    {
        for (var i = 0; i < 3; i++)
            await CommitAsync(new(slug) { Links = [.. Enumerable.Range(0, 40).Select(_ => Change.New(Some.Link(until: Some.Moment.AddDays(-1))))] });

        Assert.Equal(100, await lists.RemoveExpiredAsync(slug, Some.Moment, 100, Ct));
        Assert.Equal(20, await lists.RemoveExpiredAsync(slug, Some.Moment, 100, Ct));
        Assert.Empty(await AllRowsAsync(slug));
    }

    [Fact]
    public async Task An_answer_that_was_replaced_after_its_time_is_kept()
    {
        var old = Some.Answer(until: Some.Moment.AddDays(-1));
        await CommitAsync(new(slug) { Answer = Change.New(old) });
        var expired = (await store.AnswerAsync(slug, old.Hash, Ct))!;
        await CommitAsync(new(slug) { Answer = expired.To(old with { Until = Some.Moment.AddDays(7) }) });

        Assert.Equal(0, await lists.RemoveExpiredAsync(slug, Some.Moment, 100, Ct));
        Assert.NotNull(await store.AnswerAsync(slug, old.Hash, Ct));
        Assert.Equal(1, await lists.RemoveExpiredAsync(slug, Some.Moment.AddDays(8), 100, Ct));
        Assert.Null(await store.AnswerAsync(slug, old.Hash, Ct));
    }

    [Fact]
    public async Task An_answer_that_is_replaced_while_the_old_one_is_being_removed_is_kept()
    {
        var old = Some.Answer(until: Some.Moment.AddDays(-1));
        await CommitAsync(new(slug) { Answer = Change.New(old) });
        var expired = (await store.AnswerAsync(slug, old.Hash, Ct))!;
        rows.NextCommit = async removal =>
        {
            await CommitAsync(new(slug) { Answer = expired.To(old with { Until = Some.Moment.AddDays(7) }) });
            return await removal();
        };

        await lists.RemoveExpiredAsync(slug, Some.Moment, 100, Ct);

        Assert.NotNull(await store.AnswerAsync(slug, old.Hash, Ct));
        Assert.Equal(1, await lists.RemoveExpiredAsync(slug, Some.Moment.AddDays(8), 100, Ct));
    }

    [Fact]
    public async Task A_conflict_answered_to_our_own_retried_write_is_a_commit()
    {
        var task = Some.Task();
        rows.NextCommit = AnswersConflict;
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(new(slug) { Feedback = Some.Read(), Task = Change.New(task) }, Ct));

        var stored = (await store.TaskAsync(slug, task.Id, Ct))!;
        rows.NextCommit = AnswersConflict;
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(new(slug) { Task = stored.To(task with { State = TaskState.Claimed }) }, Ct));
    }

    [Fact]
    public async Task A_conflict_answered_to_our_own_retried_write_is_a_commit_even_when_somebody_wrote_after_it()
    {
        var task = Some.Task();
        var stored = await StoredAsync(task);
        rows.NextCommit = async commit =>
        {
            await commit();
            var ours = (await store.TaskAsync(slug, task.Id, Ct))!;
            await CommitAsync(new(slug) { Task = ours.To(ours.Value with { Owner = Shop.Owner.Id }) });
            return BatchResult.Conflict;
        };

        var result = await store.CommitAsync(new(slug) { Task = stored.To(task with { State = TaskState.Claimed }), Events = [new(Some.Moment, TaskEventKind.NoAnswer)] }, Ct);

        // Deciding again would record the same act a second time.
        Assert.Equal(CommitResult.Committed, result);
    }

    [Fact]
    public async Task A_conflict_with_somebody_elses_write_is_a_lost_race()
    {
        var task = Some.Task();
        var stored = await StoredAsync(task);
        rows.NextCommit = async commit =>
        {
            await CommitAsync(new(slug) { Task = stored.To(task with { State = TaskState.Claimed }) });
            return await commit();
        };

        Assert.Equal(CommitResult.LostRace, await store.CommitAsync(new(slug) { Task = stored.To(task with { Owner = Shop.Owner.Id }) }, Ct));
    }

    [Fact]
    public async Task A_row_of_a_newer_format_is_refused()
    {
        var task = Some.Task();
        await CommitAsync(new(slug) { Task = Change.New(task) });
        var row = (await engine.GetAsync(slug, Keys.Task(task.Id), Ct))!;
        await engine.CommitAsync(slug, "newer", [new(RowAction.Replace, row.Key, row.Body, RowFormat.Version + 1, row.ETag)], Ct);

        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => store.TaskAsync(slug, task.Id, Ct));
        Assert.Contains("Update the program", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<BatchResult> AnswersConflict(Func<Task<BatchResult>> commit)
    {
        Assert.Equal(BatchResult.Committed, await commit());
        return BatchResult.Conflict;
    }

    private async Task CommitAsync(Commit commit) => Assert.Equal(CommitResult.Committed, await store.CommitAsync(commit, Ct));

    private async Task<Versioned<CallBackTask>> StoredAsync(CallBackTask task)
    {
        await CommitAsync(new(slug) { Task = Change.New(task) });
        return (await store.TaskAsync(slug, task.Id, Ct))!;
    }

    private async Task<Versioned<OutboxEntry>> StoredAsync(OutboxEntry letter)
    {
        await CommitAsync(new(slug) { Letters = [Change.New(letter)] });
        return (await store.LetterAsync(slug, letter.Letter.Id, Ct))!;
    }

    private async Task<IReadOnlyList<LetterId>> DueAsync(DateTimeOffset before) =>
        [.. (await lists.DueLettersAsync(slug, before, 100, null, Ct)).Items.Select(letter => letter.Letter)];

    private async Task<IReadOnlyList<string>> AllRowsAsync(string partition) =>
        [.. (await PagesAsync(async (next, ct) =>
        {
            var page = await engine.RangeAsync(partition, "!", "~", 100, next, ct);
            return new Page<Row>(page.Rows, page.Continuation);
        })).Select(row => $"{row.Key} {row.ETag} {row.Body}")];

    private static async Task<IReadOnlyList<T>> PagesAsync<T>(Func<string?, CancellationToken, Task<Page<T>>> read)
    {
        var (all, next) = (new List<T>(), (string?)null);
        do
        {
            var page = await read(next, Ct);
            all.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        return all;
    }

    [Fact]
    public async Task The_letters_of_a_commit_come_in_one_look_and_only_they()
    {
        var letters = Enumerable.Range(0, 5).Select(_ => Some.Letter()).ToList();
        await CommitAsync(new(slug) { Letters = [.. letters.Select(Change.New)] });
        LetterId[] asked = [letters[3].Letter.Id, NewId.At<LetterId>(Some.Moment), letters[0].Letter.Id];

        Assert.Equal([asked[0], asked[2]], (await store.LettersAsync(slug, asked, Ct)).Select(letter => letter.Value.Letter.Id));
        Assert.Equal([asked[0]], (await store.LettersAsync(slug, asked[..1], Ct)).Select(letter => letter.Value.Letter.Id));
        Assert.Empty(await store.LettersAsync(slug, [], Ct));
    }

    private static void Same<T>(T expected, T? actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
