using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>One process of a simulated history: the verbs as the app wires them, over ports that may be planted with a bug.</summary>
internal sealed class SimProcess
{
    public SimProcess(IRowEngine rows, IQueueEngine queue, ILetterChannel channel, TimeProvider clock, Random random, PlantedBug bug)
    {
        var store = new Store(rows);
        Clock = clock;
        Nudges = new(queue, clock);
        (ILookups lookups, ICommits commits, INudges nudges) = (store, bug.Commits(store), bug.Nudges(Nudges));
        Lists = new StoreLists(rows);
        var addresses = new SiteAddresses(new("https://shop.example/"));
        var letters = new TaskLetters(new PlainLetterWriter(), addresses);
        var (races, turns, summaries) = (new Races(random), new Turns(), new Summaries(lookups, Lists, new PlainLetterWriter(), addresses));
        Lookups = lookups;
        Accept = new(lookups, commits, nudges, letters, Words.Read, races, turns, clock);
        Act = new(lookups, commits, nudges, letters, races, turns, clock);
        Send = new(bug.SenderLookups(lookups), commits, nudges, channel, new WriteAgain(lookups, letters, summaries, clock), races, clock, random);
        var escalate = new EscalateOverdue(lookups, commits, nudges, letters, summaries, Send, races, clock);
        var erasing = new Erasing(rows, new NoRemains(), "");
        var erase = new EraseCustomer(lookups, Lists, commits, nudges, erasing, races, clock);
        var fetch = new FetchReview(Accept, lookups, commits, new ReviewSite(), Send, clock, random);
        Follow = new(Send, escalate, new FollowRota(lookups, Lists, Act, Send, clock), erase, fetch, new FireDrill(lookups, Lists, commits, nudges, Accept, erasing, races, clock), nudges, clock);
        Repair = new(Lists, nudges, clock);
        Change = new(lookups, commits, nudges, races, clock);
        SignIn = new(lookups, commits, nudges, new PlainLetterWriter(), addresses, clock);
    }

    public TimeProvider Clock { get; }

    public ILookups Lookups { get; }

    public ILists Lists { get; }

    public NudgeQueue Nudges { get; }

    public AcceptFeedback Accept { get; }

    public ActOnTask Act { get; }

    public SendLetters Send { get; }

    public FollowNudge Follow { get; }

    public RepairNudges Repair { get; }

    public ChangeBusiness Change { get; }

    public SignIn SignIn { get; }
}

/// <summary>A clock that runs beside the true one: machines differ by seconds.</summary>
internal sealed class SkewedClock(TimeProvider truth, TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + skew;
}
