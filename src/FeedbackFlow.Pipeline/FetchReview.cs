using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Fetches the words of a review of which a notice told only the name.</summary>
public sealed class FetchReview(AcceptFeedback accept, ILookups lookups, ICommits commits, INudges nudges, IReviewReader reader, SendLetters send, TimeProvider clock, Random random)
{
    /// <summary>About a day and a half, as long as a letter is tried.</summary>
    private const int MostTries = 18;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Gives the moment at which to look again, or null when there is nothing more to fetch.</summary>
    public async Task<DateTimeOffset?> LookAtAsync(string slug, string hash, CancellationToken ct)
    {
        if (await lookups.PendingReviewAsync(slug, hash, ct) is not { Value.NextAt: { } next } pending) return null;
        var now = clock.GetUtcNow();
        if (next > now) return next;
        if (await lookups.BusinessAsync(slug, ct) is not { } business || business.Value.FindSource(pending.Value.Source) is not { } source)
            return await MarkAsync(slug, pending, pending.Value with { NextAt = null, Problem = "The source was removed." }, ct);

        Receipt? nothingSaid = null;
        var fetched = await FetchAsync(source, pending.Value.ReviewId, ct);
        if (fetched.Kind == FetchKind.Found)
        {
            var (heard, refusal) = GoogleBusinessProfile.ReadReview(fetched.Body);
            if (refusal is not null) fetched = new(FetchKind.TryAgain, default, refusal.Detail);
            else if (!await AcceptAsync(business.Value, source, heard[0], now, ct)) nothingSaid = NothingSaid(source, heard[0], now);
        }

        var tries = pending.Value.Tries + 1;
        DateTimeOffset? again = fetched.Kind == FetchKind.TryAgain && tries < MostTries ? now + RetryPolicy.Backoff(tries, random.NextDouble()) : null;
        return await MarkAsync(slug, pending, pending.Value with { Tries = tries, NextAt = again, Problem = fetched.Problem }, ct, nothingSaid);
    }

    /// <summary>A person has one fetched now that waits or was given up. False where there is none.</summary>
    public async Task<bool> TryAgainAsync(string slug, string hash, CancellationToken ct)
    {
        if (await lookups.PendingReviewAsync(slug, hash, ct) is not { Value.IsDone: false } pending) return false;
        var now = clock.GetUtcNow();
        var commit = new Commit(slug) { Pending = pending.To(pending.Value with { NextAt = now, Tries = 0 }) };
        if (await commits.CommitAsync(commit, [Nudge.ForReview(slug, hash, now, now + Nudge.AfterCommit)], nudges, clock, ct) == CommitResult.LostRace) return false;
        await nudges.EnqueueAsync(Nudge.ForReview(slug, hash, now, now), ct);
        return true;
    }

    /// <summary>A person has read one at its platform. False where there is none.</summary>
    public async Task<bool> PutAwayAsync(string slug, string hash, CancellationToken ct) =>
        await lookups.PendingReviewAsync(slug, hash, ct) is { Value.IsDone: false } pending
        && await commits.CommitAsync(new Commit(slug) { Pending = pending.To(pending.Value with { NextAt = null, Problem = null }) }, ct) == CommitResult.Committed;

    private async Task<FetchedReview> FetchAsync(Source source, string review, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            return await reader.FetchAsync(source, review, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(FetchKind.TryAgain, default, "The platform did not answer in time.");
        }
    }

    private static Receipt NothingSaid(Source source, Heard heard, DateTimeOffset now) => new(NewId.At<ReceiptId>(now), source.Name, now, ReceiptResult.NothingSaid, null, heard.Type, null, null);

    /// <summary>False when neither words nor stars are in it.</summary>
    private async Task<bool> AcceptAsync(Business business, Source source, Heard heard, DateTimeOffset now, CancellationToken ct)
    {
        if (heard.Submission is not { } said || SubmissionGate.Check(said) is not { Submission: { } submitted }) return false;
        var from = new Provenance(source.Name, heard.OccurredAt, heard.Url, null, heard.Details) { ReviewId = heard.ReviewId };
        var receipt = new Receipt(NewId.At<ReceiptId>(now), source.Name, now, ReceiptResult.Stored, null, heard.Type, null, null);
        var accepted = await accept.RunAsync(
            new(business, submitted, Origin.OpenLink, SubmissionKey.Of("hooks/" + source.Name, heard.Key, said), MayWrite: false,
                Elsewhere: new(from, receipt, ReviewLine.HashOf(source.Name, heard.ReviewId!))),
            ct);
        foreach (var letter in accepted.OwnLetters) await send.SendOwnAsync(business.Slug, letter, ct);
        return true;
    }

    /// <summary>A row that changed meanwhile has had another notice: it is looked at again at once.</summary>
    private async Task<DateTimeOffset?> MarkAsync(string slug, Versioned<PendingReview> before, PendingReview after, CancellationToken ct, Receipt? receipt = null) =>
        await commits.CommitAsync(new Commit(slug) { Pending = before.To(after), Receipts = receipt is null ? [] : [receipt] }, ct) == CommitResult.Committed ? after.NextAt : clock.GetUtcNow();
}
