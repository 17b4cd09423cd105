using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.ContractTests.Simulation;

/// <content>Mistakes in how people and systems are told.</content>
internal partial record PlantedBug
{
    private static IEnumerable<PlantedBug> InTelling =>
    [
        new LosesTheNextWay(), new GoesBackToWhatRefused(), new TriesTheNextWayUnstored(), new WakesTheQuiet(), new LetsEscalationsSleep(), new WritesDigestsTwice(), new ForgetsAnEvent(),
        new TakesAHungWayForDone(), new ForgetsTheLastReply(),
    ];

    /// <summary>One way refused, and so the letter is given up.</summary>
    private sealed record LosesTheNextWay() : PlantedBug("loses the next way after a refusal")
    {
        public override ICommits Commits(ICommits commits) => EachLetter(commits, entry =>
            entry is { State: LetterState.Waiting, Tries: { On: null, Refused.Count: > 0 } } ? entry with { State = LetterState.SetAside } : entry);
    }

    /// <summary>The step from one way to the next is not stored.</summary>
    private sealed record GoesBackToWhatRefused() : PlantedBug("forgets which way refused")
    {
        public override ICommits Commits(ICommits commits) => EachLetter(commits, entry => entry with { Tries = WayTries.None });
    }

    /// <summary>The next way is tried at once, and a process that dies there has tried two of which nobody knows.</summary>
    private sealed record TriesTheNextWayUnstored() : PlantedBug("tries the next way before the step is stored")
    {
        public override ILetterChannel Channel(ILetterChannel channel, ILookups lookups) => new Hasty(channel, lookups);
    }

    /// <summary>To the sender every way is marked for quiet hours.</summary>
    private sealed record WakesTheQuiet() : PlantedBug("wakes the quiet by an unmarked way")
    {
        public override ILookups SenderLookups(ILookups lookups) => new ChangedLookups(lookups, business => business with
        {
            People = [.. business.People.Select(person => person with { Ways = [.. person.Ways.Select(way => way with { InQuietHours = true })] })],
        });
    }

    /// <summary>What must not wait waits for the morning.</summary>
    private sealed record LetsEscalationsSleep() : PlantedBug("lets wait what must not wait")
    {
        public override ICommits Commits(ICommits commits) => EachLetter(commits, entry =>
            entry.Letter is { Kind: LetterKind.Alert or LetterKind.Reminder or LetterKind.Escalation, IsDrill: false, MayWaitUntil: null } letter ? entry with { Letter = letter with { MayWaitUntil = letter.WrittenAt.AddDays(1) } } : entry);
    }

    /// <summary>Of two processes that look on one morning, each writes.</summary>
    private sealed record WritesDigestsTwice() : PlantedBug("writes digests without their mark")
    {
        public override ICommits Commits(ICommits commits) => new ChangedCommits(commits, commit => commit.Letters.Count > 0 ? commit with { Digest = null } : commit);
    }

    private sealed record ForgetsAnEvent() : PlantedBug("does not tell listeners that a task was closed")
    {
        public override ICommits Stored(ICommits commits) => new ChangedCommits(commits, commit => commit with { Letters = [.. commit.Letters.Where(letter => letter.After.Letter.Subject != OutboundEvents.TaskClosed)] });
    }

    /// <summary>No answer is taken for a good one.</summary>
    private sealed record TakesAHungWayForDone() : PlantedBug("takes no answer for an answer")
    {
        public override ILetterChannel Channel(ILetterChannel channel, ILookups lookups) => new Trusting(channel);
    }

    /// <summary>The review does not know the reply that was written last.</summary>
    private sealed record ForgetsTheLastReply() : PlantedBug("forgets which reply is the last")
    {
        public override ICommits Commits(ICommits commits) =>
            new ChangedCommits(commits, commit => commit.Letters.Any(letter => letter.Before is null && letter.After.Letter.Kind == LetterKind.Reply) ? commit with { Review = null } : commit);
    }

    private static ChangedCommits EachLetter(ICommits commits, Func<OutboxEntry, OutboxEntry> change) =>
        new(commits, commit => commit with { Letters = [.. commit.Letters.Select(letter => letter with { After = change(letter.After) })] });

    private sealed class Hasty(ILetterChannel channel, ILookups lookups) : ILetterChannel
    {
        public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => channel.SendAsync(letter, ct);

        public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
        {
            var delivery = await channel.SendAsync(letter, earlier, ct);
            if (delivery.Kind != DeliveryKind.Refused || earlier.Way is not { } way || (await lookups.BusinessAsync(letter.Business, ct))?.Value.Find(letter.To.Address) is not { } reader) return delivery;
            return reader.WaysInOrder.SkipWhile(one => one.Kind != way.Kind).Skip(1).FirstOrDefault() is { } next ? await channel.SendAsync(letter, earlier with { Way = next }, ct) : delivery;
        }
    }

    private sealed class Trusting(ILetterChannel channel) : ILetterChannel
    {
        public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => channel.SendAsync(letter, ct);

        public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
        {
            try
            {
                return await channel.SendAsync(letter, earlier, ct);
            }
            catch (OperationCanceledException)
            {
                return Delivery.Sent;
            }
        }
    }
}
