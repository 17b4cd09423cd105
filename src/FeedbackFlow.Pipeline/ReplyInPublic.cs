using System.Text;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

public enum ReplyResult
{
    /// <summary>It is on its way.</summary>
    Done,

    /// <summary>The very same reply was sent before, or is on its way.</summary>
    AlreadySo,

    /// <summary>There is no such review.</summary>
    NothingThere,

    /// <summary>Replies to this source cannot be written from here: the platform has none, or the owner gave no access.</summary>
    NotConnected,
    Empty,

    /// <summary>More than the platform takes.</summary>
    TooLong,

    /// <summary>An earlier reply is just being sent: in half a minute it can be replaced.</summary>
    BeingSent,
}

/// <param name="OwnLetters">Leased to this process, to be sent at once.</param>
public sealed record Replied(ReplyResult Result, IReadOnlyList<LetterId> OwnLetters)
{
    /// <summary>How many characters at its end do not fit; 0 unless it is <see cref="ReplyResult.TooLong"/>.</summary>
    public int TooMany { get; init; }
}

/// <summary>
/// A person sends the public reply to a review, which is seen by everybody: it never leaves by itself. A review has one reply; a newer one replaces it, and one
/// that has not left yet, or was set aside, is withdrawn, so that an old text cannot come after a new one.
/// </summary>
public sealed class ReplyInPublic(ILookups lookups, ICommits commits, INudges nudges, IReviewReplies replies, Races races, TimeProvider clock)
{
    public async Task<Replied> RunAsync(Business business, FeedbackId id, string text)
    {
        var words = PlainText.WellFormed(text.ReplaceLineEndings("\n")).Trim();
        if (words.Length == 0) return new(ReplyResult.Empty, []);
        return await races.RunAsync(limit => TryAsync(business, id, words, limit));
    }

    /// <summary>The last reply to this review, whatever became of it; null for none.</summary>
    public async Task<OutboxEntry?> LastAsync(Business business, Feedback feedback, CancellationToken ct) =>
        Place(business, feedback) is { } place && await lookups.ReviewAsync(business.Slug, ReviewLine.HashOf(place.Source.Name, place.Review), ct) is { Value.Reply: { } letter }
            ? (await lookups.LetterAsync(business.Slug, letter, ct))?.Value
            : null;

    public bool CanReply(Business business, Feedback feedback) => Place(business, feedback) is { } place && replies.CanReply(place.Source, place.Review);

    private async Task<Replied?> TryAsync(Business business, FeedbackId id, string words, CancellationToken ct)
    {
        if (await lookups.FeedbackAsync(business.Slug, id, ct) is not { Feedback: { IsPublic: true, ErasedAt: null } feedback } said) return new(ReplyResult.NothingThere, []);
        if (Place(business, feedback) is not var (source, review) || !replies.CanReply(source, review)) return new(ReplyResult.NotConnected, []);
        if (TooMany(words, FormatTable.Find(source.Format)!.LongestReply!.Value) is > 0 and var more) return new(ReplyResult.TooLong, []) { TooMany = more };
        if (await lookups.ReviewAsync(business.Slug, ReviewLine.HashOf(source.Name, review), ct) is not { } line) return new(ReplyResult.NothingThere, []);
        var now = clock.GetUtcNow();
        var earlier = line.Value.Reply is { } last ? await lookups.LetterAsync(business.Slug, last, ct) : null;
        if (earlier is { Value: { State: LetterState.Sent or LetterState.Waiting or LetterState.Leased } } && earlier.Value.Letter.Text == words) return new(ReplyResult.AlreadySo, []);
        if (earlier is { Value.State: LetterState.Leased } && earlier.Value.DueAt > now) return new(ReplyResult.BeingSent, []);

        var letter = new Letter(NewId.At<LetterId>(now), LetterKind.Reply, business.Slug, business.Name, null, new(source.Name, review, ""), source.Name, "", words, CorrectReading.TaskOf(said), now, null);
        var commit = new Commit(business.Slug)
        {
            Review = line.To(line.Value with { Reply = letter.Id }),
            Letters = [Change.New(OutboxEntry.Leased(letter, now)), .. earlier is { Value.State: not (LetterState.Sent or LetterState.Withdrawn) } left ? [left.To(left.Value with { State = LetterState.Withdrawn, DueAt = now })] : Array.Empty<Change<OutboxEntry>>()],
        };
        var committed = await commits.CommitAsync(commit, [Nudge.ForCommit(business.Slug, [letter.Id], null, now)], nudges, clock, ct);
        return committed == CommitResult.LostRace ? null : new(ReplyResult.Done, [letter.Id]);
    }

    /// <summary>Platforms count bytes of UTF-8 and people count characters.</summary>
    private static int TooMany(string words, int longest)
    {
        var (left, cut) = (Encoding.UTF8.GetByteCount(words), 0);
        foreach (var rune in words.EnumerateRunes().Reverse())
        {
            if (left <= longest) break;
            (left, cut) = (left - rune.Utf8SequenceLength, cut + 1);
        }

        return cut;
    }

    private static (Source Source, string Review)? Place(Business business, Feedback feedback) =>
        feedback.From is { ReviewId: { } review } from && business.FindSource(from.Source) is { } source && FormatTable.Find(source.Format)?.LongestReply is not null ? (source, review) : null;
}
