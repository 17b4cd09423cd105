using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>What a process reaches of the world, through whatever lets it fail or die.</summary>
internal sealed record SimPorts(IRowEngine Rows, IQueueEngine Queue, ILetterChannel Mail, IWays Ways, IEventPost Post, IReviewReplies Replies);

/// <summary>
/// One process of a simulated history: the verbs as <c>Verbs.cs</c> of the app wires them, over ports that may be planted with a bug. Every commit tells the
/// listeners, letters go to people by their ways, to systems and review sites by theirs, and digests are looked for beside the sweep. What the app wires and histories do not: a second
/// analyser, reports of bounced mail, the trial of a way and the matching of customers by hand.
/// </summary>
internal sealed class SimProcess
{
    public SimProcess(SimPorts ports, TimeProvider clock, Random random, PlantedBug bug)
    {
        var (rows, store) = (ports.Rows, new Store(ports.Rows));
        Clock = clock;
        Nudges = new(ports.Queue, clock);
        var addresses = new SiteAddresses(new("https://shop.example/"));
        (ILookups lookups, INudges nudges) = (store, bug.Nudges(Nudges));
        var commits = bug.Commits(new TellListeners(bug.Stored(store), lookups, nudges, addresses, clock));
        Lists = new StoreLists(rows);
        var letters = new TaskLetters(new PlainLetterWriter(), addresses);
        var (races, turns, summaries) = (new Races(random), new Turns(), new Summaries(lookups, Lists, new PlainLetterWriter(), addresses));
        Lookups = lookups;
        Change = new(lookups, commits, nudges, races, clock);
        var channel = bug.Channel(new ReachPeople(new PostReplies(new PostEvents(ports.Mail, ports.Post, lookups, Change, clock), ports.Replies, lookups), ports.Ways), lookups);
        Accept = new(lookups, commits, nudges, letters, Words.Read, races, turns, clock);
        Act = new(lookups, commits, nudges, letters, races, turns, clock);
        Send = new(bug.SenderLookups(lookups), commits, nudges, channel, new WriteAgain(lookups, letters, summaries, clock), new MarkLetters(bug.SenderLookups(lookups), commits, races, clock), races, clock, random);
        var escalate = new EscalateOverdue(bug.LadderLookups(lookups), commits, nudges, letters, summaries, Send, races, turns, clock);
        var erasing = bug.Erasing(new Erasing(rows, new NoRemains(), ""));
        Erase = new EraseCustomer(lookups, Lists, commits, nudges, erasing, races, clock);
        var fetch = new FetchReview(Accept, lookups, commits, nudges, new ReviewSite(), Send, clock, random);
        Drill = new(lookups, Lists, commits, nudges, Accept, erasing, races, clock);
        Follow = new(Send, escalate, new FollowRota(lookups, Lists, commits, Act, Send, clock), Erase, fetch, Drill, new ReadLate(lookups, commits, nudges, letters, Send, races, clock), nudges, clock);
        Repair = new(Lists, lookups, bug.SweepNudges(nudges), clock);
        Hear = new(lookups, commits, nudges, letters, races, turns, clock);
        Correct = new(lookups, commits, nudges, letters, races, clock);
        Receive = new(Accept, lookups, commits, nudges, new ReviewSite(), races, clock);
        Jobs = new(commits, addresses, clock);
        SignIn = new(lookups, commits, nudges, new PlainLetterWriter(), addresses, races, clock);
        Digests = new(lookups, Lists, commits, nudges, new PlainLetterWriter(), addresses, races, clock);
        Reply = new(lookups, commits, nudges, ports.Replies, races, clock);
    }

    public TimeProvider Clock { get; }

    public ILookups Lookups { get; }

    public ILists Lists { get; }

    public NudgeQueue Nudges { get; }

    public AcceptFeedback Accept { get; }

    public ActOnTask Act { get; }

    public SendLetters Send { get; }

    public HearCustomer Hear { get; }

    public EraseCustomer Erase { get; }

    public FireDrill Drill { get; }

    public CorrectReading Correct { get; }

    public ReceiveHook Receive { get; }

    public OpenJob Jobs { get; }

    public FollowNudge Follow { get; }

    public RepairNudges Repair { get; }

    public ChangeBusiness Change { get; }

    public SignIn SignIn { get; }

    public WriteDigests Digests { get; }

    public ReplyInPublic Reply { get; }
}

/// <summary>A clock that runs beside the true one: machines differ by seconds.</summary>
internal sealed class SkewedClock(TimeProvider truth, TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + skew;
}
