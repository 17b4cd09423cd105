using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>A mistake that somebody could make, put in where the verbs meet their ports. The simulation must notice each of them.</summary>
internal partial record PlantedBug(string Name)
{
    public static PlantedBug None { get; } = new("none");

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new SendsOnShabbat(), new ForgetsTheTask(), new IgnoresTheRota(), new AnswersBeforeItIsStored(), new MovesWhatWasTold(), new PromisesAtNight(), new ForgetsTheReminders(),
        new GoesOnThoughNoCallIsWanted(), new KeepsWhatWasTyped(), new LeavesLettersOfTheErased(), new TellsTheOwnerNothing(), new ReopensWithTheOldTime(), new NeverSweeps(),
        new LeavesDrillsBehind(), new CountsBranchesByTheMainHours(), new ForgetsBrokenPromisesOfTheErased(),
        .. InTelling,
    ];

    /// <summary>As the verbs see them.</summary>
    public virtual ICommits Commits(ICommits commits) => commits;

    /// <summary>As they are stored, with the events for listeners among them.</summary>
    public virtual ICommits Stored(ICommits commits) => commits;

    public virtual ILetterChannel Channel(ILetterChannel channel, ILookups lookups) => channel;

    public virtual INudges Nudges(INudges nudges) => nudges;

    public virtual ILookups SenderLookups(ILookups lookups) => lookups;

    public virtual ILookups LadderLookups(ILookups lookups) => lookups;

    public virtual INudges SweepNudges(INudges nudges) => nudges;

    public virtual IErasing Erasing(IErasing erasing) => erasing;

    public virtual Business Seen(Business business) => business;

    /// <summary>The sender does not look whether the business rests.</summary>
    private sealed record SendsOnShabbat() : PlantedBug("sends on Shabbat")
    {
        public override ILookups SenderLookups(ILookups lookups) => new ChangedLookups(lookups, business => business with { Rest = RestMode.Off });
    }

    /// <summary>A task is stored without the nudge for its steps, now and then.</summary>
    private sealed record ForgetsTheTask() : PlantedBug("forgets the nudge of a task")
    {
        private int count;

        public override INudges Nudges(INudges nudges) => new SomeNudges(nudges, nudge => nudge.Task is null || ++count % 5 != 0);
    }

    private sealed record IgnoresTheRota() : PlantedBug("does not follow the rota")
    {
        public override INudges Nudges(INudges nudges) => new SomeNudges(nudges, nudge => !nudge.Rota);
    }

    /// <summary>"Committed", and then the disk did not have it.</summary>
    private sealed record AnswersBeforeItIsStored() : PlantedBug("answers before it is stored")
    {
        private int count;

        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit => commit.Feedback is not null && ++count % 8 == 0 ? null : commit);
    }

    /// <summary>Whoever takes a task gets a little more time.</summary>
    private sealed record MovesWhatWasTold() : PlantedBug("moves a time that was told")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit =>
            commit.Task is { Before.State: TaskState.Open, After: { State: TaskState.Claimed, Promise.State: PromiseState.Pending } after } claimed && claimed.Before.Promise.MadeAt == after.Promise.MadeAt
                ? commit with { Task = claimed with { After = after with { Promise = after.Promise with { By = after.Promise.By.AddMinutes(30) } } } }
                : commit);
    }

    /// <summary>Minutes of the clock instead of minutes of business.</summary>
    private sealed record PromisesAtNight() : PlantedBug("promises outside of open time")
    {
        public override Business Seen(Business business) => business with
        {
            Rest = RestMode.Off,
            Week = new([.. Enum.GetValues<DayOfWeek>().Select(day => new Pipeline.Recovery.BusinessHours.OpenHours(day, TimeOnly.MinValue, TimeOnly.MinValue))], false, []),
        };
    }

    /// <summary>A step is marked as taken and its letter is left out.</summary>
    private sealed record ForgetsTheReminders() : PlantedBug("takes a step without its letter")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit =>
            commit.Letters.Any(letter => letter.Before is null && letter.After.Letter.Kind == LetterKind.Reminder) ? commit with { Letters = [], Links = [] } : commit);
    }

    /// <summary>"No need to call" is noted, and the promise runs on.</summary>
    private sealed record GoesOnThoughNoCallIsWanted() : PlantedBug("goes on though no call is wanted")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit =>
            commit is { Task: { Before.Promise: { State: PromiseState.Pending } promise } task } && commit.Events.Any(line => line.Kind == TaskEventKind.NoCallAsked)
                ? commit with { Task = task with { After = task.After with { Promise = promise, Reasons = task.Before.Reasons, Ladder = task.Before.Ladder } } }
                : commit);
    }

    private sealed record KeepsWhatWasTyped() : PlantedBug("keeps what was typed about the erased")
    {
        public override IErasing Erasing(IErasing erasing) => new ChangedErasing(erasing) { RewritesTimelines = false };
    }

    private sealed record LeavesLettersOfTheErased() : PlantedBug("leaves letters of the erased")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit => commit.Letters.Any(letter => letter.Before is not null && Erased.Is(letter.After.Letter)) ? null : commit);
    }

    private sealed record TellsTheOwnerNothing() : PlantedBug("keeps it from the owner that nobody called")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit =>
            commit.Events.Any(line => line.Kind == TaskEventKind.NobodyCalled) ? commit with { Letters = [], Links = [] } : commit);
    }

    private sealed record ReopensWithTheOldTime() : PlantedBug("opens again with the old time")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit =>
            commit is { Task: { Before: { IsOpen: false } before, After: { IsOpen: true } after } task } && commit.Events.Any(line => line.Kind == TaskEventKind.NotSolvedSaid)
                ? commit with { Task = task with { After = after with { Promise = before.Promise, EarlierPromises = before.EarlierPromises } }, Tally = null }
                : commit);
    }

    private sealed record NeverSweeps() : PlantedBug("never repairs a lost message")
    {
        public override INudges SweepNudges(INudges nudges) => new SomeNudges(nudges, _ => false);
    }

    private sealed record LeavesDrillsBehind() : PlantedBug("leaves fire drills behind")
    {
        public override IErasing Erasing(IErasing erasing) => new ChangedErasing(erasing) { RemovesDrills = false };
    }

    /// <summary>Whoever follows the ladder does not look at the branch.</summary>
    private sealed record CountsBranchesByTheMainHours() : PlantedBug("counts the time of a branch by the main hours")
    {
        public override ILookups LadderLookups(ILookups lookups) => new ChangedLookups(lookups, business => business with { Branches = [] });
    }

    /// <summary>The line of the ledger is written, the count is not.</summary>
    private sealed record ForgetsBrokenPromisesOfTheErased() : PlantedBug("does not count what erasing ends")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit => commit.Events.Any(line => line.Kind == TaskEventKind.Erased) ? commit with { Tally = null } : commit);
    }

    private sealed class ChangedErasing(IErasing erasing) : IErasing
    {
        public bool RewritesTimelines { get; init; } = true;

        public bool RemovesDrills { get; init; } = true;

        public Task RewriteTimelineAsync(string business, TaskId task, Func<TaskEvent, TaskEvent> change, CancellationToken ct) =>
            RewritesTimelines ? erasing.RewriteTimelineAsync(business, task, change, ct) : Task.CompletedTask;

        public Task ForgetDeliveriesAsync(string business, IReadOnlySet<FeedbackId> feedbacks, CancellationToken ct) => erasing.ForgetDeliveriesAsync(business, feedbacks, ct);

        public Task ForgetLetterAsync(LetterId letter, CancellationToken ct) => erasing.ForgetLetterAsync(letter, ct);

        public Task RemoveAsync(string business, FeedbackId feedback, TaskId task, string answer, CancellationToken ct) =>
            RemovesDrills ? erasing.RemoveAsync(business, feedback, task, answer, ct) : Task.CompletedTask;

        public Task<bool> SettleAsync(CancellationToken ct) => erasing.SettleAsync(ct);
    }

    private sealed class SomeNudges(INudges nudges, Func<Nudge, bool> keeps) : INudges
    {
        public Task EnqueueAsync(Nudge nudge, CancellationToken ct) => keeps(nudge) ? nudges.EnqueueAsync(nudge, ct) : Task.CompletedTask;
    }

    private sealed class ChangedCommits(ICommits commits, Func<Commit, Commit?> change) : ICommits
    {
        public Task<CommitResult> CommitAsync(Commit commit, CancellationToken ct) =>
            change(commit) is { } changed ? commits.CommitAsync(changed, ct) : Task.FromResult(CommitResult.Committed);
    }

    private sealed class ChangedLookups(ILookups lookups, Func<Business, Business> seen) : ILookups
    {
        public async Task<Versioned<Business>?> BusinessAsync(string slug, CancellationToken ct) =>
            await lookups.BusinessAsync(slug, ct) is { } business ? new(seen(business.Value), business.ETag) : null;

        public Task<KnownContact> ContactAsync(string business, string hash, CancellationToken ct) => lookups.ContactAsync(business, hash, ct);

        public Task<Versioned<Pipeline.Customers.CustomerLine>?> CustomerAsync(string business, CustomerId id, CancellationToken ct) => lookups.CustomerAsync(business, id, ct);

        public Task<Versioned<CallBackTask>?> TaskAsync(string business, TaskId id, CancellationToken ct) => lookups.TaskAsync(business, id, ct);

        public Task<ReadFeedback?> FeedbackAsync(string business, FeedbackId id, CancellationToken ct) => lookups.FeedbackAsync(business, id, ct);

        public Task<Versioned<Job>?> JobAsync(string business, JobId id, CancellationToken ct) => lookups.JobAsync(business, id, ct);

        public Task<Versioned<Link>?> LinkAsync(string business, string hash, CancellationToken ct) => lookups.LinkAsync(business, hash, ct);

        public Task<Versioned<StoredAnswer>?> AnswerAsync(string business, string hash, CancellationToken ct) => lookups.AnswerAsync(business, hash, ct);

        public Task<Versioned<OutboxEntry>?> LetterAsync(string business, LetterId id, CancellationToken ct) => lookups.LetterAsync(business, id, ct);

        public Task<IReadOnlyList<Versioned<OutboxEntry>>> LettersAsync(string business, IReadOnlyList<LetterId> ids, CancellationToken ct) =>
            lookups.LettersAsync(business, ids, ct);

        public Task<Versioned<PromiseTally>?> TallyAsync(string business, CancellationToken ct) => lookups.TallyAsync(business, ct);
        public Task<Versioned<DigestMark>?> DigestAsync(string business, PersonId person, CancellationToken ct) => lookups.DigestAsync(business, person, ct);

        public Task<Versioned<RotaChange>?> RotaAsync(string business, CancellationToken ct) => lookups.RotaAsync(business, ct);

        public Task<Versioned<Drill>?> DrillAsync(string business, CancellationToken ct) => lookups.DrillAsync(business, ct);

        public Task<Versioned<SummarySheet>?> SummaryAsync(string business, PersonId person, CancellationToken ct) => lookups.SummaryAsync(business, person, ct);

        public Task<Versioned<ReviewLine>?> ReviewAsync(string business, string hash, CancellationToken ct) => lookups.ReviewAsync(business, hash, ct);

        public Task<Versioned<PendingReview>?> PendingReviewAsync(string business, string hash, CancellationToken ct) => lookups.PendingReviewAsync(business, hash, ct);

    }
}
