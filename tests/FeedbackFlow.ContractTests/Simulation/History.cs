using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
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
    private const int MostSteps = 60_000;

    private readonly Chance chance;
    private readonly PlantedBug bug;
    private readonly DrivenClock truth;
    private readonly MemoryEngine engine;
    private readonly Mail mail = new();
    private readonly Invariants invariants;
    private readonly PriorityQueue<Func<Task>, long> plans = new();
    private readonly Dictionary<string, double> patience = [];
    private readonly DateTimeOffset end;
    private SimProcess process = null!;
    private bool mailWorks = true;
    private bool storeWorks = true;
    private readonly Dictionary<LetterId, DateTimeOffset> sentAt = [];
    private readonly Queue<string> trace = [];
    private int seen;

    public History(int seed, PlantedBug bug)
    {
        (this.bug, chance) = (bug, new(seed));
        truth = new(chance.Start());
        engine = new(truth);
        invariants = new(engine, truth);
        end = truth.GetUtcNow().AddDays(chance.Random.Next(20, 75));
        mail.Answer = (letter, _) =>
        {
            sentAt[letter.Id] = process!.Clock.GetUtcNow();
            return Task.FromResult(mailWorks ? Delivery.Sent : new Delivery(DeliveryKind.TryAgain, "The server is away."));
        };
    }

    public int Steps { get; private set; }

    /// <summary>What happened last, for whoever plays a failure again.</summary>
    public string Trace => string.Join('\n', trace);

    private DateTimeOffset Now => truth.GetUtcNow();

    private static CancellationToken Ct => CancellationToken.None;

    public async Task RunAsync()
    {
        var business = chance.Business();
        await new Store(engine).CommitAsync(new Commit(Shop.Slug) { Settings = Change.New(business) }, Ct);
        foreach (var person in business.People) patience[person.Email] = chance.Of(0.95, 0.6, 0.1);
        process = NewProcess();
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
        for (var i = chance.Random.Next(0, 3); i > 0; i--) Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 600), works => mailWorks = works);
        for (var i = chance.Random.Next(0, 2); i > 0; i--) Outage(chance.Minutes(0, days * 1440), chance.Minutes(1, 10), works => storeWorks = works);
        for (var i = chance.Random.Next(0, 3); i > 0; i--) At(chance.Minutes(0, days * 1440), AsksToSignInAsync);
        for (var day = 0; day < days + 14; day++) At(TimeSpan.FromDays(day), SweepsAsync);
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
        return nudge < plan || plan is null ? nudge : plan;
    }

    private async Task StepAsync()
    {
        try
        {
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
            invariants.Disturbed(Now);
        }
    }

    private void Dies()
    {
        Note("dies");
        invariants.Disturbed(Now);
        process = NewProcess();
        At(SweepAfterDeath, SweepsAsync);
    }

    private async Task FollowAsync(ReceivedNudge received)
    {
        try
        {
            if (received.Nudge is null || received.Message.DequeueCount > NudgeQueue.MostTries)
            {
                Note($"set aside: {received.Nudge?.Task}");
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
            // It comes back when its hiding ends.
            invariants.Disturbed(Now);
        }

        Look();
    }

    private SimProcess NewProcess()
    {
        var skew = TimeSpan.FromSeconds(chance.Random.Next(-(int)LargestSkew.TotalSeconds, (int)LargestSkew.TotalSeconds));
        var life = Life.UntilCall(chance.Once(0.5) ? chance.Random.Next(1, 3_000) : int.MaxValue, chance.Of(Side.Before, Side.After));
        return new(new MortalRows(new FailingRows(engine, () => storeWorks), life), new MortalQueue(engine, life), new MortalChannel(mail, life), new SkewedClock(truth, skew), chance.Random, bug);
    }

    private void Look()
    {
        var processNow = process.Clock.GetUtcNow();
        invariants.AfterStep(Now, processNow);
        for (var arrived = mail.Arrived; seen < arrived.Count; seen++)
        {
            invariants.Arrived(arrived[seen], Now, sentAt[arrived[seen].Id]);
            Reacts(arrived[seen]);
        }
    }

    private Func<Task> SaysAsync(int customer)
    {
        var (said, key) = (chance.Submission(customer), Guid.NewGuid().ToString("N"));
        var tries = 0;
        return SayAsync;

        async Task SayAsync()
        {
            try
            {
                var business = await BusinessAsync();
                var (submission, problems) = SubmissionGate.Check(said);
                if (problems.Count > 0) throw new InvalidOperationException("The simulation says something that no door takes.");
                var accepted = await process.Accept.RunAsync(
                    new(bug.Seen(business), submission!, Origin.Api, SubmissionKey.Of("api", key, said), null, ShownOnPage: chance.Once(0.5)), Ct);
                if (accepted.Feedback is { } kept) invariants.Acknowledged(kept.Feedback.Id, process.Clock.GetUtcNow());
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
        Act act = chance.Random.Next(20) switch
        {
            < 6 => new Claim(person.Id, person.Name),
            < 11 => new NoAnswer(person.Name),
            < 15 => new Close(chance.Of(Outcome.Saved, Outcome.Lost), "Talked", null, person.Name),
            15 => new Close(Outcome.NotReached, "Gave up", null, person.Name),
            16 => new Close(chance.Of(Outcome.NoFault, Outcome.Duplicate), "Nothing to do", null, person.Name),
            17 => new HandOver(chance.Of(business.People).Id, person.Name),
            18 => new Reopen("She called back", person.Name),
            _ => new SendApology(person.Name),
        };
        var acted = await process.Act.RunAsync(business, id, act, Ct);
        if (acted.Result == ActResult.Done) invariants.Acted(act, acted.Task!, process.Clock.GetUtcNow());
        await CarryAsync(acted.OwnLetters);
        if (act is Claim or NoAnswer && acted.Result == ActResult.Done) At(chance.Minutes(10, 600), () => ActsAsync(id, email));
    }

    private async Task ChangesSettingsAsync()
    {
        var (from, length, who) = (Now + chance.Minutes(-600, 2_000), chance.Minutes(60, 6_000), chance.Random.Next(4));
        var (week, policy, rest, what) = (chance.Week(), chance.Promises(), chance.Of(Enum.GetValues<RestMode>()), chance.Random.Next(5));
        await process.Change.RunAsync(Shop.Slug, business => BusinessChange.To(what switch
        {
            0 => business with { Week = week },
            1 => business with { Policy = policy },
            2 => business with { Rest = rest },
            _ => business with { People = [.. business.People.Select((person, i) => i == who % business.People.Count ? person with { Away = [.. person.Away, new(from, from + length)] } : person)] },
        }));
        invariants.Disturbed(Now);
    }

    private async Task AsksToSignInAsync()
    {
        var business = await BusinessAsync();
        await CarryAsync(await process.SignIn.AskAsync(business, chance.Of(business.People).Email, Ct));
    }

    private async Task SweepsAsync() => await process.Repair.RunAsync(Ct);

    private async Task CarryAsync(IReadOnlyList<LetterId> letters)
    {
        foreach (var letter in letters) await process.Send.SendOwnAsync(Shop.Slug, letter, Ct);
    }

    private async Task<Business> BusinessAsync() => (await process.Lookups.BusinessAsync(Shop.Slug, Ct))!.Value;

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
