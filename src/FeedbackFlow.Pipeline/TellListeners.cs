using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// Stands before the store and adds to each commit the events that it means to other systems, so that no verb can forget one: stored with what caused
/// them, sent from the same outbox. A verb that says which settings it has seen pays nothing for it.
/// </summary>
public sealed class TellListeners(ICommits inner, ILookups lookups, INudges nudges, SiteAddresses addresses, TimeProvider clock) : ICommits
{
    public async Task<CommitResult> CommitAsync(Commit commit, CancellationToken ct)
    {
        // Nobody outside hears of a fire drill.
        if (commit.Feedback?.Feedback.Origin == Origin.Drill || commit.Task?.After.IsDrill == true) return await inner.CommitAsync(commit, ct);
        var now = clock.GetUtcNow();
        var happened = OutboundEvents.In(commit.Feedback?.Feedback, commit.Feedback?.Reading, commit.Task?.Before, commit.Task?.After, addresses);
        if (happened.Count == 0) return await inner.CommitAsync(commit, ct);
        if ((commit.Seen ?? (await lookups.BusinessAsync(commit.Business, ct))?.Value) is not { Listeners.Count: > 0 } business) return await inner.CommitAsync(commit, ct);
        var letters = happened.SelectMany(one => business.Listeners.Where(listener => listener.Hears(one.Type)).Select(listener => Letter(business, listener, one, now))).ToList();
        if (letters.Count == 0) return await inner.CommitAsync(commit, ct);

        await nudges.EnqueueAsync(Nudge.ForCommit(commit.Business, [.. letters.Select(letter => letter.Id)], null, now), ct);
        var result = await inner.CommitAsync(commit with { Letters = [.. commit.Letters, .. letters.Select(letter => Change.New(OutboxEntry.Waiting(letter, now)))] }, ct);
        // The first nudge keeps them from being forgotten; this one saves the 45 seconds.
        if (result == CommitResult.Committed) await nudges.EnqueueAsync(new Nudge(commit.Business, [.. letters.Select(letter => letter.Id)], null, now, now), CancellationToken.None);
        return result;
    }

    public static Letter Letter(Business business, Listener listener, OutboundEvent happened, DateTimeOffset now) => new(
        NewId.At<LetterId>(now), LetterKind.Event, business.Slug, business.Name, null, new(listener.Id, listener.Address, ""), happened.Type, "", happened.Body(now), null, now, null);
}
