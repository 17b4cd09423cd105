using System.Text;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>What the door may do for this delivery; rates are the door's.</summary>
/// <param name="IsTest">From the test button: everything is checked and read, nothing but the receipt is stored.</param>
/// <param name="MayNote">False where enough refusals and repetitions were noted for now.</param>
/// <param name="MayWrite">Asked once for every event that may cause a letter to a customer.</param>
public sealed record HookPermissions(bool IsTest, bool MayNote, Func<bool> MayWrite);

/// <summary>What became of one event.</summary>
/// <param name="Accepted">Null unless it became a feedback or had been one before.</param>
/// <param name="Read">What was understood; for the test button.</param>
public sealed record HookEvent(ReceiptResult Result, string Type, Accepted? Accepted, Heard Read);

/// <summary>What became of a delivery. Either its events, or why nothing of it was taken.</summary>
/// <param name="Signature">Anything but genuine refuses.</param>
/// <param name="KeyConflict">The type of an event whose key came before with other words, where nothing else was in the delivery; null otherwise.</param>
public sealed record Received(SignatureResult Signature, Refusal? Refusal, IReadOnlyList<HookEvent> Events, string? KeyConflict = null)
{
    public bool IsTaken => Signature == SignatureResult.Genuine && Refusal is null && KeyConflict is null;
}

/// <summary>
/// Takes a delivery from elsewhere: check who sent it, read it by its format, and accept, note or defer each event. It answers only when all of that
/// is stored; a sender that comes again finds what was stored and gets the same answer.
/// </summary>
public sealed class ReceiveHook(AcceptFeedback accept, ILookups lookups, ICommits commits, INudges nudges, IPublishedKeys keys, Races races, TimeProvider clock)
{
    public async Task<Received> RunAsync(Business business, Source source, Arrival arrival, HookPermissions may, CancellationToken ct)
    {
        var format = FormatTable.Find(source.Format) ?? throw new StoreUnavailableException($"The format '{source.Format}' is not known to this program. Update it.");
        var now = clock.GetUtcNow();
        var signature = await CheckAsync(format, source, arrival, now, ct);
        if (signature != SignatureResult.Genuine) return await RefusedAsync(business, source, new(signature, null, []), Words.Of(signature), may, now, ct);
        var (events, refusal) = format.Read(arrival, source);
        if (refusal is null && format.Proof is HmacProof && events.Any(heard => heard.ReviewId is null && heard.OccurredAt is { } at && EventAge.IsForgotten(at, now)))
            refusal = new(RefusalReason.EventTooOld, "The event is older than the seven days for which events are remembered: it could be a repetition. A trial needs a date of now.");
        if (refusal is not null) return await RefusedAsync(business, source, new(signature, refusal, []), Words.Of(refusal.Reason), may, now, ct);

        var body = Body(arrival);
        var done = new List<HookEvent>(events.Count);
        foreach (var heard in events)
        {
            var happened = may.IsTest ? await TestAsync(business, source, heard, now, ct) : await TakeAsync(business, source, format, heard, body, may, ct);
            if (happened is null)
            {
                var conflict = await RefusedAsync(business, source, new(signature, null, [], heard.Type), "key-has-other-content", may, now, ct);
                if (events.Count == 1) return conflict;
            }

            // One event of many that cannot be taken must not keep the others out: the platform would send them all again, and never get further.
            done.Add(happened ?? Event(ReceiptResult.Refused, heard));
        }

        return new(signature, null, done);
    }

    private async Task<SignatureResult> CheckAsync(WebhookFormat format, Source source, Arrival arrival, DateTimeOffset now, CancellationToken ct)
    {
        if (arrival.IsCompressed) return SignatureResult.Compressed;
        if (format.Proof.KeysAt is not { } address) return format.Proof.Check(arrival, source, new(now));
        var result = format.Proof.Check(arrival, source, new(now, await keys.KeysAsync(address, null, ct)));
        // A key that is not known yet may have been published since the keys were read.
        return result == SignatureResult.UnknownKey ? format.Proof.Check(arrival, source, new(now, await keys.KeysAsync(address, "newest", ct))) : result;
    }

    /// <summary>Null when the event's key came before with other words.</summary>
    private async Task<HookEvent?> TakeAsync(Business business, Source source, WebhookFormat format, Heard heard, string? body, HookPermissions may, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        switch (heard.Kind)
        {
            case HeardKind.Said or HeardKind.Edited:
                return await AcceptAsync(business, source, format, heard, body, may, now, ct);
            case HeardKind.Deleted:
                return Event(await DeleteAsync(business, source, heard, body, ct), heard);
            case HeardKind.Notice:
                return Event(await AwaitWordsAsync(business, source, heard, body, ct), heard);
            case HeardKind.OtherType or HeardKind.NothingSaid:
                var result = heard.Kind == HeardKind.OtherType ? ReceiptResult.OtherType : ReceiptResult.NothingSaid;
                return Event(await KeepAsync(business, source, heard, result, body, ct), heard);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<HookEvent?> AcceptAsync(
        Business business, Source source, WebhookFormat format, Heard heard, string? body, HookPermissions may, DateTimeOffset now, CancellationToken ct)
    {
        var submission = heard.Submission!;
        var (submitted, _) = SubmissionGate.Check(submission);
        if (submitted is null) return Event(await KeepAsync(business, source, heard, ReceiptResult.NothingSaid, body, ct), heard);
        var from = new Provenance(source.Name, heard.OccurredAt, heard.Url, Reference(heard.Reference), heard.Details) { ReviewId = heard.ReviewId is { Length: <= Provenance.LongestReviewId } id ? id : null };
        var elsewhere = new Elsewhere(from, New(source, ReceiptResult.Stored, heard.Type, body, now), heard.ReviewId is { } review ? ReviewLine.HashOf(source.Name, review) : null);
        // The commit is not the client's to cancel: once begun it ends, and a retry gets its answer.
        var accepted = await accept.RunAsync(
            new(business, submitted, format.Origin, SubmissionKey.Of("hooks/" + source.Name, heard.Key, submission), MayWrite: may.MayWrite(), Elsewhere: elsewhere), CancellationToken.None);
        switch (accepted.Kind)
        {
            case AcceptKind.Stored:
                return new(heard.Kind == HeardKind.Edited ? ReceiptResult.Edited : ReceiptResult.Stored, heard.Type, accepted, heard);
            case AcceptKind.Repeated or AcceptKind.Outdated:
                var result = accepted.Kind == AcceptKind.Repeated ? ReceiptResult.Repeated : ReceiptResult.Outdated;
                if (may.MayNote) await NoteAsync(business, New(source, result, heard.Type, null, now) with { Feedback = accepted.Feedback?.Feedback.Id }, ct);
                return new(result, heard.Type, accepted, heard);
            case AcceptKind.KeyHasOtherContent:
                return null;
            case AcceptKind.JobUnknown or AcceptKind.LinkSpent:
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Kept as it came, once: a sender that comes again leaves one row.</summary>
    private async Task<ReceiptResult> KeepAsync(Business business, Source source, Heard heard, ReceiptResult result, string? body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = SubmissionKey.Of("hooks/" + source.Name, "kept\n" + heard.Key, new(null, null, null, null, false, null, null, null, null));
        return await races.RunAsync<Kept>(async limit =>
        {
            var earlier = await lookups.AnswerAsync(business.Slug, key.Hash, limit);
            if (earlier is not null && earlier.Value.Until > now) return new(ReceiptResult.Repeated);
            var receipt = New(source, result, heard.Type, body, now);
            var mark = new StoredAnswer(key.Hash, key.Content, new(receipt.Id.Value), null, null, null, now + SubmissionKey.KeptFor);
            var commit = new Commit(business.Slug) { Receipts = [receipt], Answer = new(earlier?.Value, earlier?.ETag, mark) };
            return await commits.CommitAsync(commit, limit) == CommitResult.LostRace ? null : new(result);
        }) is var kept ? kept.Result : result;
    }

    private sealed record Kept(ReceiptResult Result);

    /// <summary>
    /// What was said stays; that it was taken back stands in the review's row and on its task's timeline. Platforms promise no order: of a review whose words
    /// come later, the row waits for them.
    /// </summary>
    private async Task<ReceiptResult> DeleteAsync(Business business, Source source, Heard heard, string? body, CancellationToken ct)
    {
        var deleted = await races.RunAsync<Kept>(async limit =>
        {
            var (now, hash) = (clock.GetUtcNow(), ReviewLine.HashOf(source.Name, heard.ReviewId!));
            var review = await lookups.ReviewAsync(business.Slug, hash, limit);
            if (review?.Value.DeletedAt is not null) return new(ReceiptResult.Repeated);
            var commit = new Commit(business.Slug)
            {
                Review = review?.To(review.Value with { DeletedAt = now }) ?? Change.New(ReviewLine.TakenBack(hash, source.Name, now)),
                EventsOf = review?.Value.Task,
                Events = review?.Value.Task is null ? [] : [new(now, TaskEventKind.ReviewDeleted)],
                Receipts = [New(source, ReceiptResult.Deleted, heard.Type, body, now) with { Feedback = review?.Value.Newest }],
            };
            return await commits.CommitAsync(commit, limit) == CommitResult.LostRace ? null : new(ReceiptResult.Deleted);
        });
        return deleted.Result;
    }

    /// <summary>The notice is answered at once; a nudge fetches the words. A second notice of the same review fetches it again: it was changed.</summary>
    private async Task<ReceiptResult> AwaitWordsAsync(Business business, Source source, Heard heard, string? body, CancellationToken ct)
    {
        var hash = ReviewLine.HashOf(source.Name, heard.ReviewId!);
        await races.RunAsync<Kept>(async limit =>
        {
            var now = clock.GetUtcNow();
            var known = await lookups.PendingReviewAsync(business.Slug, hash, limit);
            var pending = new PendingReview(hash, source.Name, heard.ReviewId!, now, 0, now, null);
            var commit = new Commit(business.Slug)
            {
                Pending = new(known?.Value, known?.ETag, pending),
                Receipts = [New(source, ReceiptResult.Pending, heard.Type, body, now)],
            };
            // The first keeps it from being forgotten; the second saves the 45 seconds.
            if (await commits.CommitAsync(commit, [Nudge.ForReview(business.Slug, hash, now, now + Nudge.AfterCommit)], nudges, clock, limit) == CommitResult.LostRace) return null;
            await nudges.EnqueueAsync(Nudge.ForReview(business.Slug, hash, now, now), limit);
            return new(ReceiptResult.Pending);
        });
        return ReceiptResult.Pending;
    }

    private async Task<HookEvent> TestAsync(Business business, Source source, Heard heard, DateTimeOffset now, CancellationToken ct)
    {
        await NoteAsync(business, New(source, ReceiptResult.Tested, heard.Type, null, now), ct);
        return new(ReceiptResult.Tested, heard.Type, null, heard);
    }

    private async Task<Received> RefusedAsync(Business business, Source source, Received refused, string reason, HookPermissions may, DateTimeOffset now, CancellationToken ct)
    {
        if (may.MayNote) await NoteAsync(business, New(source, ReceiptResult.Refused, refused.KeyConflict ?? "", null, now) with { Reason = reason }, ct);
        return refused;
    }

    private Task NoteAsync(Business business, Receipt receipt, CancellationToken ct) => commits.CommitAsync(new Commit(business.Slug) { Receipts = [receipt] }, ct);

    private static HookEvent Event(ReceiptResult result, Heard heard) => new(result, heard.Type, null, heard);

    private static Receipt New(Source source, ReceiptResult result, string type, string? body, DateTimeOffset now)
    {
        var shown = PlainText.OneLine(type);
        return new(NewId.At<ReceiptId>(now), source.Name, now, result, null, shown.Length > Receipt.LongestType ? shown[..Receipt.LongestType] : shown, null, body);
    }

    private static string? Reference(string? given) => given is null ? null : PlainText.OneLine(given) is { Length: > 0 and <= Detail.LongestLabel } reference ? reference : null;

    private static string? Body(Arrival arrival)
    {
        var text = PlainText.WellFormed(Encoding.UTF8.GetString(arrival.Body.Span));
        return text.Length <= Receipt.LongestBody ? text : text[..(char.IsHighSurrogate(text[Receipt.LongestBody - 1]) ? Receipt.LongestBody - 1 : Receipt.LongestBody)];
    }

    /// <summary>Names of refusals as answers and pages have them.</summary>
    public static class Words
    {
        public static string Of<T>(T name) where T : struct, Enum =>
            string.Concat(name.ToString().Select((c, at) => char.IsAsciiLetterUpper(c) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
