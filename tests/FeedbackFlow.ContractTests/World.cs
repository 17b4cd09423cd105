using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests;

/// <summary>One process: the verbs over a store, as the app wires them, with a courier and a nudge loop that run when they are told to.</summary>
internal sealed class World
{
    /// <summary>More follow each other only when a nudge begets itself without end.</summary>
    private const int MostNudgesAtATime = 2_000;

    private readonly Site site;

    public World(Site site, EnginePair engines, Faults faults)
    {
        this.site = site;
        var (seenRows, seenQueue) = (faults.Rows(engines.Rows), faults.Queue(engines.Queue));
        (Rows, Queue) = (seenRows, seenQueue);
        Store = new(seenRows);
        var channel = faults.Channel(new PostReplies(site.Mail, site.Reviews, Store));
        Lists = new StoreLists(seenRows);
        Nudges = new(seenQueue, site.Clock);
        var addresses = new SiteAddresses(new("https://shop.example/"));
        var letters = new TaskLetters(new PlainLetterWriter(), addresses);
        var races = new Races(Random.Shared);
        var turns = new Turns();
        Accept = new(Store, Store, Nudges, letters, Words.Read, races, turns, site.Clock);
        Correct = new(Store, Store, Nudges, letters, races, site.Clock);
        Act = new(Store, Store, Nudges, letters, races, turns, site.Clock);
        Hear = new(Store, Store, Nudges, letters, races, turns, site.Clock);
        var summaries = new Summaries(Store, Lists, new PlainLetterWriter(), addresses);
        Send = new(Store, Store, Nudges, new ReachPeople(channel, faults.Ways(site.Chats)), new WriteAgain(Store, letters, summaries, site.Clock), new MarkLetters(Store, Store, races, site.Clock), races, site.Clock, Random.Shared);
        Escalate = new(Store, Store, Nudges, letters, summaries, Send, races, turns, site.Clock);
        Rota = new(Store, Lists, Store, Act, Send, site.Clock);
        var erasing = new Erasing(seenRows, engines.Rows as IRowRemains ?? new NoRemains(), Path.Combine(Path.GetTempPath(), "feedbackflow-no-letters"));
        Erase = new(Store, Lists, Store, Nudges, erasing, races, site.Clock);
        Drill = new(Store, Lists, Store, Nudges, Accept, erasing, races, site.Clock);
        Fetch = new(Accept, Store, Store, Nudges, faults.Reviews(site.Reviews), Send, site.Clock, Random.Shared);
        Follow = new(Send, Escalate, Rota, Erase, Fetch, Drill, new ReadLate(Store, Store, Nudges, letters, Send, races, site.Clock), Nudges, site.Clock);
        Receive = new(Accept, Store, Store, Nudges, site.Reviews, races, site.Clock);
        Reply = new(Store, Store, Nudges, site.Reviews, races, site.Clock);
        Match = new(Store, Store, races, site.Clock);
        Change = new(Store, Store, Nudges, races, site.Clock);
        Repair = new(Lists, Store, Nudges, site.Clock);
        Jobs = new(Store, addresses, site.Clock);
        SignIn = new(Store, Store, Nudges, new PlainLetterWriter(), addresses, races, site.Clock);
        Digests = new(Store, Lists, Store, Nudges, new PlainLetterWriter(), addresses, races, site.Clock);
    }

    public IRowEngine Rows { get; }

    public IQueueEngine Queue { get; }

    public EscalateOverdue Escalate { get; }

    public FollowRota Rota { get; }

    public Store Store { get; }

    public ILists Lists { get; }

    public NudgeQueue Nudges { get; }

    public AcceptFeedback Accept { get; }

    public ActOnTask Act { get; }

    public HearCustomer Hear { get; }

    public CorrectReading Correct { get; }

    public EraseCustomer Erase { get; }

    public FireDrill Drill { get; }

    public SendLetters Send { get; }

    public FetchReview Fetch { get; }

    public ReceiveHook Receive { get; }

    public MatchCustomer Match { get; }

    public ReplyInPublic Reply { get; }

    public FollowNudge Follow { get; }

    public ChangeBusiness Change { get; }

    public RepairNudges Repair { get; }

    public OpenJob Jobs { get; }

    public SignIn SignIn { get; }

    public WriteDigests Digests { get; }

    /// <summary>False where a story wants to see what nudges do when nobody sends right away.</summary>
    public bool CourierRuns { get; set; } = true;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Slug => site.Business.Slug;

    public Task<Accepted> SayAsync(Submission said, string? key = null) => SayAsync(said, key, null);

    public async Task<Accepted> SayAsync(Submission said, string? key, Versioned<Link>? link, Origin origin = Origin.Api, bool shownOnPage = false)
    {
        var (submission, problems) = SubmissionGate.Check(said);
        Assert.Empty(problems);
        var named = key is null ? null : SubmissionKey.Of("api", key, said);
        var business = (await Store.BusinessAsync(Slug, Ct))!.Value;
        var accepted = await Accept.RunAsync(new(business, submission!, origin, named, link, shownOnPage) { IsFresh = true }, Ct);
        await CarryAsync(accepted.OwnLetters);
        return accepted;
    }

    public async Task<Acted> DoAsync(TaskId task, Act act)
    {
        var acted = await Act.RunAsync(site.Business, task, act, Ct);
        await CarryAsync(acted.OwnLetters);
        return acted;
    }

    /// <summary>A customer acts on the own page.</summary>
    public async Task<HeardCustomer> HearAsync(TaskId task, CustomerAct act)
    {
        var heard = await Hear.RunAsync(site.Business, task, act, Ct);
        await CarryAsync(heard.OwnLetters);
        return heard;
    }

    public async Task<Corrected> CorrectAsync(Misread misread)
    {
        var corrected = await Correct.RunAsync(Slug, misread, site.Business.People[0].Name);
        await CarryAsync(corrected.OwnLetters);
        return corrected;
    }

    public async Task CarryAsync(IReadOnlyList<LetterId> letters)
    {
        if (!CourierRuns) return;
        foreach (var letter in letters) await Send.SendOwnAsync(Slug, letter, Ct);
    }

    /// <summary>Follows every nudge that is visible now, and those that become visible by it, as the app's loop does. Gives how many.</summary>
    public async Task<int> DeliverNudgesAsync()
    {
        for (var followed = 0; ;)
        {
            var received = await Nudges.ReceiveAsync(16, Ct);
            if (received.Count == 0) return followed;
            await Task.WhenAll(received.Select(FollowAsync));
            followed += received.Count;
            Assert.True(followed < MostNudgesAtATime, "The nudges have no end.");
        }
    }

    /// <summary>Lets time pass, nudge by nudge.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = site.Clock.GetUtcNow() + time;
        await DeliverNudgesAsync();
        while (site.NextNudge() is { } next && next <= end)
        {
            if (next > site.Clock.GetUtcNow()) site.Clock.MoveTo(next);
            await DeliverNudgesAsync();
        }

        site.Clock.MoveTo(end);
    }

    public Task PassUntilAsync(DateTimeOffset moment) => PassAsync(moment - site.Clock.GetUtcNow());

    public async Task<CallBackTask> TaskAsync(TaskId id) => (await Store.TaskAsync(Slug, id, Ct))!.Value;

    public async Task<OutboxEntry> LetterAsync(LetterId id) => (await Store.LetterAsync(Slug, id, Ct))!.Value;

    public Task<IReadOnlyList<CallBackTask>> OpenTasksAsync() => AllAsync((next, ct) => Lists.OpenTasksAsync(Slug, 100, next, ct));

    public Task<IReadOnlyList<CallBackTask>> ClosedTasksAsync() => AllAsync((next, ct) => Lists.ClosedTasksAsync(Slug, 100, next, ct));

    public Task<IReadOnlyList<OutboxEntry>> LettersAsync() => AllAsync((next, ct) => Lists.LettersAsync(Slug, 100, next, ct));

    public Task<IReadOnlyList<OutboxEntry>> SetAsideAsync() => AllAsync((next, ct) => Lists.SetAsideAsync(Slug, 100, next, ct));

    public async Task<IReadOnlyList<TaskEventKind>> TimelineAsync(TaskId id) => [.. (await EventsAsync(id)).Select(line => line.Kind).Reverse()];

    /// <summary>The latest first.</summary>
    public Task<IReadOnlyList<TaskEvent>> EventsAsync(TaskId id) => AllAsync((next, ct) => Lists.TimelineAsync(Slug, id, 100, next, ct));

    public async Task<IReadOnlyList<ReadFeedback>> FeedbacksAsync()
    {
        var page = await Rows.RangeAsync(Slug, "feedback-", "feedback.", 1_000, null, Ct);
        return [.. page.Rows.Select(RowFormat.Read<ReadFeedback>)];
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, CancellationToken, Task<Page<T>>> read)
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

    /// <summary>A failure leaves the message in the queue: it comes back when its hiding ends.</summary>
    private async Task FollowAsync(ReceivedNudge received)
    {
        try
        {
            if (received.Nudge is null || received.Message.DequeueCount > NudgeQueue.MostTries)
            {
                await Nudges.SetAsideAsync(received, Ct);
                return;
            }

            await Follow.RunAsync(received.Nudge, Ct);
            await Nudges.CompleteAsync(received, Ct);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or KilledException))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"A nudge could not be followed: {failure.Message}");
        }
    }
}
