using System.Globalization;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>
/// Weeks or months of one business, drawn from a seed: customers write, managers act at once, late or never, people go away, settings change, mail and store
/// fail, the process dies at any call and starts again with another clock. After every step the invariants are looked at.
/// </summary>
internal sealed class History
{
    public static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan SweepAfterDeath = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SweepsEvery = TimeSpan.FromMinutes(5);

    /// <summary>What is less overdue than this may still be on its way.</summary>
    private static readonly TimeSpan SweepsPatience = TimeSpan.FromMinutes(3);
    private const int MostSteps = 60_000;

    private readonly Chance chance;
    private readonly PlantedBug bug;
    private readonly DrivenClock truth;
    private readonly MemoryEngine engine;
    private readonly Outside outside;
    private readonly SimPost post;
    private readonly SimReplies replies;
    private readonly Invariants invariants;
    private readonly PriorityQueue<Func<Task>, long> plans = new();
    private readonly Dictionary<string, double> patience = [];
    private readonly List<SimProcess> processes = [];
    private readonly HashSet<TaskId> lostFor = [];
    private readonly DateTimeOffset end;
    private readonly double lossy;
    private SimProcess process = null!;
    private bool sweeping;
    private DateTimeOffset lastSweep;
    private int clocks;
    private int traces;
    private bool storeWorks = true;
    private readonly Queue<string> trace = [];

    public History(int seed, PlantedBug bug)
    {
        (this.bug, chance) = (bug, new(seed));
        truth = new(chance.Start());
        engine = new(truth);
        (outside, post, replies) = (new(chance, engine, truth, () => process!.Clock), new(chance), new(chance, truth));
        invariants = new(engine, truth, outside, post, replies);
        end = truth.GetUtcNow().AddDays(chance.Random.Next(20, 75));
        lossy = chance.Of(0, 0, 0.01, 0.05);
    }

    public int Steps { get; private set; }

    /// <summary>What happened last, for whoever plays a failure again.</summary>
    public string Trace => string.Join('\n', trace);

    private DateTimeOffset Now => truth.GetUtcNow();

    private static CancellationToken Ct => CancellationToken.None;

    public async Task RunAsync()
    {
        var business = chance.Business(Now);
        await new Store(engine).CommitAsync(new Commit(Shop.Slug) { Settings = Change.New(business) }, Ct);
        foreach (var person in business.People) patience[person.Email] = chance.Of(0.95, 0.6, 0.1);
        processes.AddRange([NewProcess(), NewProcess()]);
        process = processes[0];
        Plan();
        invariants.AfterStep(Now, Now);
        // What was begun is followed to its end: two more weeks in which nobody new writes.
        for (var last = end.AddDays(14); NextMoment() is { } next && next <= last;)
        {
            if (next > Now) truth.MoveTo(next);
            if (++Steps > MostSteps) throw new BrokenInvariantException("A history has no end.");
            await StepAsync();
            Look();
        }

        invariants.AtRest(Now);
    }

    private void Plan()
    {
        var days = (int)(end - Now).TotalDays;
        for (var i = chance.Random.Next(4, 4 + (days / 3)); i > 0; i--) At(chance.Minutes(0, days * 1440), SaysAsync(chance.Random.Next(1, 8)));
        // Many at once, as after an outage.
        if (chance.Once(0.3))
        {
            var when = chance.Minutes(0, days * 1440);
            for (var customer = 10; customer < 20; customer++) At(when + chance.Minutes(0, 2), SaysAsync(customer));
        }

        for (var i = chance.Random.Next(0, 4); i > 0; i--) At(chance.Minutes(0, days * 1440), ChangesSettingsAsync);
        for (var i = chance.Random.Next(0, 3); i > 0; i--) Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 600), works => outside.Works(WayKind.Mail, works));
        for (var i = chance.Random.Next(0, 2); i > 0; i--) Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 10), works => storeWorks = works);
        for (var i = chance.Random.Next(0, 3); i > 0; i--) At(chance.Minutes(0, days * 1440), AsksToSignInAsync);
        if (chance.Once(0.5)) for (var i = chance.Random.Next(1, 8); i > 0; i--) At(chance.Minutes(0, days * 1440), ReviewedAsync(chance.Random.Next(1, 4)));
        for (var i = chance.Random.Next(0, 3); i > 0; i--) At(chance.Minutes(0, days * 1440), DrillsAsync);
        for (var day = 0; day < days + 14; day++) At(TimeSpan.FromDays(day), SweepsAsync);
        PlanTelling(days);
    }

    /// <summary>Ways and systems that are away for hours or days, and looks for digests: both processes look around the same time.</summary>
    private void PlanTelling(int days)
    {
        foreach (var kind in Enum.GetValues<WayKind>().Where(kind => kind != WayKind.Mail))
            for (var i = chance.Random.Next(0, 4); i > 0; i--) Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 900), works => outside.Works(kind, works));
        Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 2_500), works => post.ShakyIsAway = !works);
        if (chance.Once(0.1)) At(chance.Minutes(0, days * 1440), () => Task.FromResult(post.ShakyIsGone = true));
        for (var day = 0; day < days + 14; day++)
        {
            var morning = TimeSpan.FromDays(day) + chance.Minutes(0, 1_440);
            At(morning, DigestsAsync);
            if (chance.Once(0.5)) At(morning + chance.Minutes(0, 10), DigestsAsync);
        }
    }

    private void At(TimeSpan after, Func<Task> what) => plans.Enqueue(what, (Now + after).UtcTicks);

    private void Outage(TimeSpan after, TimeSpan length, Action<bool> set)
    {
        At(after, () =>
        {
            set(false);
            invariants.Disturbed(Now + length);
            return Task.CompletedTask;
        });
        At(after + length, () =>
        {
            set(true);
            return SweepsAsync();
        });
    }

    private void Note(string what)
    {
        trace.Enqueue($"  {Now:yyyy-MM-dd HH:mm:ss}Z {what}");
        if (trace.Count > 40) trace.Dequeue();
    }

    private DateTimeOffset? NextMoment()
    {
        var nudge = engine.NextMessage(NudgeQueue.Name);
        var plan = plans.TryPeek(out _, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : (DateTimeOffset?)null;
        return new[] { nudge, plan, NextSweep() }.Min();
    }

    /// <summary>The sweep comes every five minutes; it is run when it would find something.</summary>
    private DateTimeOffset? NextSweep()
    {
        var overdue = new[] { "step-", "due-" }.Select(list => engine.FirstKey(Shop.Slug, list)?.Split('-')[1]).OfType<string>().Min(StringComparer.Ordinal);
        if (overdue is null) return null;
        var found = new DateTimeOffset(long.Parse(overdue, CultureInfo.InvariantCulture), TimeSpan.Zero) + SweepsPatience + LargestSkew;
        var due = found > lastSweep + SweepsEvery ? found : lastSweep + SweepsEvery;
        return due.AddTicks((SweepsEvery.Ticks - (due.UtcTicks % SweepsEvery.Ticks)) % SweepsEvery.Ticks);
    }

    private async Task StepAsync()
    {
        process = chance.Of(processes);
        try
        {
            if (NextSweep() <= Now)
            {
                Note("the sweep finds something");
                await SweepsAsync();
                return;
            }

            if (plans.TryPeek(out var plan, out var ticks) && ticks <= Now.UtcTicks)
            {
                plans.Dequeue();
                Note(plan.Method.Name);
                await plan();
                return;
            }

            foreach (var received in await process.Nudges.ReceiveAsync(16, Ct)) await FollowAsync(received);
        }
        catch (KilledException)
        {
            Dies();
        }
        catch (StoreUnavailableException)
        {
            outside.LastIsUnheard();
            invariants.Disturbed(Now);
        }
    }

    private void Dies()
    {
        outside.LastIsUnheard();
        Note("dies");
        invariants.Disturbed(Now);
        processes[processes.IndexOf(process)] = NewProcess();
        At(SweepAfterDeath, SweepsAsync);
    }

    private async Task FollowAsync(ReceivedNudge received)
    {
        try
        {
            if (received.Nudge is null || received.Message.DequeueCount > NudgeQueue.MostTries)
            {
                Note($"set aside: {received.Nudge?.Task}");
                // The sweep brings what it was for.
                if (received.Nudge is { } poison) Slow(poison);
                await process.Nudges.SetAsideAsync(received, Ct);
                return;
            }

            Note($"nudge for {received.Nudge.Task} {string.Join(' ', received.Nudge.Letters)}, due {received.Nudge.Due.UtcDateTime:HH:mm:ss}, try {received.Message.DequeueCount}");
            await process.Follow.RunAsync(received.Nudge, Ct);
            await process.Nudges.CompleteAsync(received, Ct);
        }
        catch (StoreUnavailableException)
        {
            Note("no store");
            outside.LastIsUnheard();
            // It comes back when its hiding ends.
            invariants.Disturbed(Now);
        }

        Look();
    }

    private SimProcess NewProcess()
    {
        // No two clocks ever tell the same tick: promises of a task are told apart by when they were made. (And no row's time looks like a phone.)
        var skew = TimeSpan.FromSeconds(chance.Random.Next(-(int)LargestSkew.TotalSeconds, (int)LargestSkew.TotalSeconds)) + TimeSpan.FromTicks(7_654_321 + ++clocks);
        var life = Life.UntilCall(chance.Once(0.5) ? chance.Random.Next(1, 3_000) : int.MaxValue, chance.Of(Side.Before, Side.After));
        var ports = new SimPorts(
            new MortalRows(new FailingRows(engine, () => storeWorks), life), new MortalQueue(new LossyQueue(engine, chance, () => sweeping ? 0 : lossy, Lost), life),
            new MortalChannel(outside, life), new MortalWays(outside, life), new MortalPost(post, life), new MortalReplies(replies, life));
        return new(ports, new SkewedClock(truth, skew), chance.Random, bug);
    }

    private void Look()
    {
        var processNow = process.Clock.GetUtcNow();
        invariants.AfterStep(Now, processNow);
        foreach (var arrived in outside.Arrived)
        {
            invariants.Arrived(arrived.Entry.Letter, Now, arrived.Seen);
            Reacts(arrived.Entry.Letter);
        }

        outside.Arrived.Clear();
    }

    private Func<Task> SaysAsync(int customer)
    {
        var (key, trace) = (Guid.NewGuid().ToString("N"), NewTrace());
        Submission? first = null;
        var tries = 0;
        return SayAsync;

        async Task SayAsync()
        {
            try
            {
                var business = await BusinessAsync();
                var said = first ??= chance.Submission(customer, trace, business);
                var (submission, problems) = SubmissionGate.Check(said);
                if (problems.Count > 0) throw new InvalidOperationException("The simulation says something that no door takes.");
                var accepted = await process.Accept.RunAsync(
                    new(bug.Seen(business), submission!, Origin.Api, SubmissionKey.Of("api", key, said), null, ShownOnPage: chance.Once(0.5)), Ct);
                if (accepted.Feedback is { } kept) invariants.Acknowledged(kept.Feedback.Id, process.Clock.GetUtcNow());
                if (accepted.Task is { } task)
                    for (var i = chance.Random.Next(0, 4); i > 0; i--) At(chance.Minutes(1, chance.Of(200, 2_000, 10_000)), () => HearsAsync(task.Id));
                if (accepted.Feedback is { } read && chance.Once(0.06)) At(chance.Minutes(1, 3_000), () => CorrectsAsync(read.Feedback));
                await CarryAsync(accepted.OwnLetters);
            }
            catch (Exception failed) when (failed is KilledException or StoreUnavailableException && ++tries < 6)
            {
                // Whoever got no answer says it again.
                At(TimeSpan.FromMinutes(2 * tries), SayAsync);
                throw;
            }
        }
    }

    /// <summary>The customer does something on the own page, or asks to be erased.</summary>
    private async Task HearsAsync(TaskId id)
    {
        var business = await BusinessAsync();
        if (await process.Lookups.TaskAsync(Shop.Slug, id, Ct) is not { Value: var before }) return;
        if (chance.Once(0.06) && before.Customer is { } customer)
        {
            Note($"{customer} wants to be erased");
            if (await process.Erase.BeginAsync(Shop.Slug, customer, Ct)) invariants.Erases(customer);
            return;
        }

        var act = chance.CustomerAct(before, business.At(before.Branch), process.Clock.GetUtcNow());
        var heard = await process.Hear.RunAsync(business, id, act, Ct);
        Note($"{act} about {id}: {heard.Result}");
        if (heard.Result == CustomerActResult.Done) invariants.Heard(act, before, heard.Task!, process.Clock.GetUtcNow());
        await CarryAsync(heard.OwnLetters);
        if (heard.Result == CustomerActResult.Done && outside.Works(WayKind.Mail)) invariants.Told(heard.OwnLetters, process.Clock.GetUtcNow());
    }

    private async Task CorrectsAsync(Feedback said)
    {
        if (said.Text is not { } text) return;
        var first = text.Split(' ')[0].Length;
        var corrected = await process.Correct.RunAsync(Shop.Slug, new(said.Id, SignalKind.Leave, chance.Once(0.6) ? new Evidence(0, chance.Once(0.5) ? first : text.Length) : null), "Somebody");
        await CarryAsync(corrected.OwnLetters);
    }

    /// <summary>A review is written, changed or taken back on a site that delivers at least once and in any order.</summary>
    private Func<Task> ReviewedAsync(int number)
    {
        var (trace, what, stars, words, tries) = (NewTrace(), chance.Of("created", "updated", "updated", "deleted"), chance.Of(1, 1, 2, 4, 5), chance.Of("I leave", "nobody came", "thanks"), 0);
        JobId? job = null;
        return DeliverAsync;

        async Task DeliverAsync()
        {
            try
            {
                var business = await BusinessAsync();
                // Some were invited, and so they are known.
                if (job is null && chance.Once(0.5)) job = (await process.Jobs.RunAsync(business, new("נועה " + trace, $"noa{number}@customers.example", Say.Phone(number)), "Repair " + trace)).Job;
                var data = JsonSerializer.Serialize(new { id = "review" + number, text = $"{words} {trace} {Invariants.ReviewWord}{number}", stars, referenceId = job?.Value, updatedAt = Now.AddMinutes(chance.Random.Next(-90, 1)).ToString("O", CultureInfo.InvariantCulture) });
                var arrival = Deliveries.Arrival($$"""{"events":[{"eventName":"service-review-{{what}}","eventData":{{data}}}]}""", ("Authorization", "Bearer " + Chance.Reviews.Secrets[0].Value));
                var received = await process.Receive.RunAsync(business, Chance.Reviews, arrival, new(false, true, () => true), Ct);
                foreach (var accepted in received.Events.Select(happened => happened.Accepted).OfType<Accepted>())
                {
                    if (accepted.Feedback is { } kept) invariants.Acknowledged(kept.Feedback.Id, process.Clock.GetUtcNow());
                    if (accepted.Feedback is { } review) for (var i = chance.Random.Next(0, 4); i > 0; i--) At(chance.Minutes(1, 200), () => RepliesAsync(review.Feedback));
                    await CarryAsync(accepted.OwnLetters);
                }
            }
            catch (Exception failed) when (failed is KilledException or StoreUnavailableException && ++tries < 6)
            {
                At(TimeSpan.FromMinutes(2 * tries), DeliverAsync);
                throw;
            }
        }
    }

    private async Task DrillsAsync() => await CarryAsync(await process.Drill.StartAsync(await BusinessAsync(), "Fire drill", "A drill: I leave", "Somebody", Ct));

    /// <summary>Somebody writes under a review, now and then in other words than before.</summary>
    private async Task RepliesAsync(Feedback review)
    {
        var words = chance.Of("Thank you", "We are sorry", "Please call us");
        var replied = await process.Reply.RunAsync(await BusinessAsync(), review.Id, words);
        Note($"reply to {review.Id}: {replied.Result}");
        await CarryAsync(replied.OwnLetters);
    }

    private string NewTrace() => $"{Forgotten.Trace}{++traces}x";

    /// <summary>A message that the queue lost or holds back: whatever it was for is late by a sweep. False where that task has had its loss: two in a row are late by two sweeps.</summary>
    private bool Lost(Nudge nudge, TimeSpan delay)
    {
        if (nudge.Task is { } about && !lostFor.Add(about)) return false;
        Note($"lost or late: a nudge for {nudge.Task} {string.Join(' ', nudge.Letters)} at {Now + delay:HH:mm:ss}");
        Slow(nudge);
        if (!nudge.Rota && nudge.Erase is null && !nudge.Drill) return true;
        invariants.Disturbed(Now + delay);
        At(delay + SweepsPatience + LargestSkew + LargestSkew + chance.Minutes(0, 5), SweepsAsync);
        return true;
    }

    private void Slow(Nudge nudge)
    {
        if (nudge.Task is { } task) invariants.Slow(task);
        invariants.Slow(nudge.Letters);
    }

    /// <summary>Whoever works there and reads a letter may do something about its task, at once, later, or not.</summary>
    private void Reacts(Letter letter)
    {
        if (letter.Task is not { } task || !patience.TryGetValue(letter.To.Address, out var acts) || !chance.Once(acts)) return;
        At(acts > 0.9 ? chance.Minutes(1, 40) : chance.Minutes(20, 2_000), () => ActsAsync(task, letter.To.Address));
    }

    private async Task ActsAsync(TaskId id, string email)
    {
        var business = await BusinessAsync();
        if (business.Find(email) is not { } person) return;
        var trace = NewTrace();
        Act act = chance.Random.Next(20) switch
        {
            < 6 => new Claim(person.Id, person.Name),
            < 11 => new NoAnswer(person.Name),
            < 15 => new Close(chance.Of(Outcome.Saved, Outcome.Saved, Outcome.Lost), "Talked " + trace, null, person.Name),
            15 => new Close(Outcome.NotReached, "Gave up", null, person.Name),
            16 => new Close(chance.Of(Outcome.NoFault, Outcome.Duplicate), "Nothing to do", null, person.Name),
            17 => new HandOver(chance.Of(business.People).Id, person.Name),
            18 => new Reopen("She called back", person.Name),
            _ => new SendApology(person.Name),
        };
        var acted = await process.Act.RunAsync(business, id, act, Ct);
        Note($"{act.GetType().Name} on {id}: {acted.Result}");
        if (acted.Result == ActResult.Done) invariants.Acted(act, acted.Task!, process.Clock.GetUtcNow(), trace);
        await CarryAsync(acted.OwnLetters);
        if (act is Claim or NoAnswer && acted.Result == ActResult.Done) At(chance.Minutes(10, 600), () => ActsAsync(id, email));
    }

    private async Task ChangesSettingsAsync()
    {
        var (from, length, who) = (Now + chance.Minutes(-600, 2_000), chance.Minutes(60, 6_000), chance.Random.Next(4));
        var (week, policy, rest, what) = (chance.Week(), chance.Promises(), chance.Of(Enum.GetValues<RestMode>()), chance.Random.Next(11));
        var (north, wishing) = (chance.Branch("north"), chance.Wishing(Shop.Someone(1, "", PersonRole.Manager)));
        await process.Change.RunAsync(Shop.Slug, business => BusinessChange.To(what switch
        {
            0 => business with { Week = week },
            1 => business with { Policy = policy },
            2 => business with { Rest = rest },
            3 => business with { Branches = [.. business.Branches.Select(place => place.Id == north.Id ? north : place)] },
            4 => business with { Branches = [.. business.Branches.Where(place => place.Id == north.Id)] },
            < 9 => business with { People = [.. business.People.Select((person, i) => i == who % business.People.Count ? person with { Ways = wishing.Ways, Quiet = wishing.Quiet, Digest = wishing.Digest } : person)] },
            _ => business with { People = [.. business.People.Select((person, i) => i == who % business.People.Count ? person with { Away = [.. person.Away, new(from, from + length)] } : person)] },
        }));
        invariants.Disturbed(Now);
    }

    private async Task AsksToSignInAsync()
    {
        var business = await BusinessAsync();
        await CarryAsync(await process.SignIn.AskAsync(business, chance.Of(business.People).Email, Ct));
    }

    private async Task SweepsAsync()
    {
        (sweeping, lastSweep) = (true, Now);
        try
        {
            await process.Repair.RunAsync(Ct);
        }
        finally
        {
            sweeping = false;
        }
    }

    private Task DigestsAsync() => process.Digests.RunAsync(Ct);

    private async Task CarryAsync(IReadOnlyList<LetterId> letters)
    {
        foreach (var letter in letters) await process.Send.SendOwnAsync(Shop.Slug, letter, Ct);
    }

    private async Task<Business> BusinessAsync() => (await process.Lookups.BusinessAsync(Shop.Slug, Ct))!.Value;

    /// <summary>A queue that loses messages, delivers them twice, or late.</summary>
    private sealed class LossyQueue(IQueueEngine queue, Chance chance, Func<double> lossy, Func<Nudge, TimeSpan, bool> lost) : IQueueEngine
    {
        public async Task EnqueueAsync(string queueName, string body, TimeSpan delay, CancellationToken ct)
        {
            var how = queueName == NudgeQueue.Name && chance.Once(lossy()) ? chance.Random.Next(3) : -1;
            var late = how == 2 ? chance.Minutes(1, 30) : TimeSpan.Zero;
            if (how is 0 or 2 && !lost(NudgeQueue.Parse(body)!, delay)) (how, late) = (-1, TimeSpan.Zero);
            if (how != 0) await queue.EnqueueAsync(queueName, body, AtMost(delay + late), ct);
            if (how == 1) await queue.EnqueueAsync(queueName, body, AtMost(delay + chance.Minutes(0, 3)), ct);
        }

        private static TimeSpan AtMost(TimeSpan delay) => delay < Nudge.LongestDelay ? delay : Nudge.LongestDelay;

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queueName, int max, TimeSpan hideFor, CancellationToken ct) => queue.ReceiveAsync(queueName, max, hideFor, ct);

        public Task<bool> DeleteAsync(string queueName, QueueMessage message, CancellationToken ct) => queue.DeleteAsync(queueName, message, ct);

        public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queueName, int max, CancellationToken ct) => queue.PeekAsync(queueName, max, ct);
    }

    /// <summary>A store that cannot be reached for a while.</summary>
    private sealed class FailingRows(IRowEngine rows, Func<bool> works) : IRowEngine
    {
        public Task<Row?> GetAsync(string partition, string key, CancellationToken ct) => Working().GetAsync(partition, key, ct);

        public Task<RowPage> RangeAsync(string partition, string from, string to, int take, string? continuation, CancellationToken ct) =>
            Working().RangeAsync(partition, from, to, take, continuation, ct);

        public Task<BatchResult> CommitAsync(string partition, string commitId, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
            Working().CommitAsync(partition, commitId, changes, ct);

        private IRowEngine Working() => works() ? rows : throw new StoreUnavailableException("The store is away.");
    }
}
