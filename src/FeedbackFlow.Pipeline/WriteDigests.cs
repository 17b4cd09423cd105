using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>
/// At the opening of a working day, tells those who want to know how the business stands. Each has a mark of the last time; the letter is stored with its change, so a day has one letter in effect,
/// however many processes look and wherever one of them dies. It is sent by its nudge: many businesses open at the same minute, and a mail server that hangs must not keep the others waiting.
/// </summary>
public sealed class WriteDigests(
    ILookups lookups, ILists lists, ICommits commits, INudges nudges, ILetterWriter writer, SiteAddresses addresses, Races races, TimeProvider clock)
{
    private const int PageSize = 100;

    /// <summary>Who had no digest for so long turned it off meanwhile: what was before is not told.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(28);

    private sealed record Looked(bool Wrote);

    /// <summary>Looks at every business, and says how many letters it wrote.</summary>
    /// <exception cref="AggregateException">Some businesses could not be looked at; all others were.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (written, next, failures) = (0, (string?)null, new List<Exception>());
        do
        {
            var page = await lists.BusinessesAsync(PageSize, next, ct);
            foreach (var slug in page.Items)
            {
                try
                {
                    written += await OfBusinessAsync(slug, ct);
                }
                catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
                {
                    // Its settings cannot be reckoned with: a zone that is gone, a week that never opens.
                    failures.Add(failure);
                }
            }

            next = page.Next;
        }
        while (next is not null);
        return failures.Count == 0 ? written : throw new AggregateException(failures);
    }

    private async Task<int> OfBusinessAsync(string slug, CancellationToken ct)
    {
        if (await lookups.BusinessAsync(slug, ct) is not { Value: var business } || !DigestTime.IsTime(business, clock.GetUtcNow())) return 0;
        var written = 0;
        // Who is away reads it all on the way back.
        foreach (var person in business.People.Where(person => person.Reads != DigestWish.None && !person.IsAway(clock.GetUtcNow())))
        {
            if ((await races.RunAsync(limit => TryAsync(business, person, limit))).Wrote) written++;
        }

        return written;
    }

    private async Task<Looked?> TryAsync(Business business, Person person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stored = await lookups.DigestAsync(business.Slug, person.Id, ct);
        var mark = stored?.Value is { } last && last.At > now - Forgotten ? last : null;
        var isDaily = person.Reads == DigestWish.Daily;
        var beginsWeek = mark is not null && DigestTime.BeginsWeek(business, mark.WeekAt, now);
        if (mark is not null && !(isDaily ? DigestTime.BeginsDay(business, mark.At, now) : beginsWeek)) return new(false);

        var tally = (await lookups.TallyAsync(business.Slug, ct))?.Value ?? PromiseTally.Zero;
        var after = mark is null ? new(person.Id, now, tally, now, tally) : mark with { At = now, Tally = tally };
        if (beginsWeek) after = after with { WeekAt = now, WeekTally = tally };
        var digest = mark is null ? null : await ReadAsync(business, mark, tally, beginsWeek, now, ct);
        var letter = digest is null or { SaysNothing: true } ? null : await writer.WriteAsync(
            new DigestDraft(NewId.At<LetterId>(now), business, new(person.Name, person.Email, person.Language), now, digest, isDaily, addresses));
        var commit = new Commit(business.Slug)
        {
            Digest = new(stored?.Value, stored?.ETag, after),
            Letters = letter is null ? [] : [Change.New(OutboxEntry.Waiting(letter, now))],
            Mentioned = letter is null || !isDaily ? [] : [.. digest!.Open.Named.Select(task => task.Id)],
        };
        IReadOnlyList<Nudge> needed = letter is null ? [] : [Nudge.ForCommit(business.Slug, [letter.Id], null, now)];
        return await commits.CommitAsync(commit, needed, nudges, clock, ct) == CommitResult.LostRace ? null : new(letter is not null);
    }

    private async Task<Digest> ReadAsync(Business business, DigestMark mark, PromiseTally tally, bool withWeek, DateTimeOffset now, CancellationToken ct)
    {
        var open = await UpToMostAsync(next => lists.OpenTasksAsync(business.Slug, PageSize, next, ct), _ => true, _ => true);
        var aside = await UpToMostAsync(next => lists.SetAsideAsync(business.Slug, PageSize, next, ct), _ => true, _ => true);
        var said = await SaidSinceAsync(business.Slug, withWeek && mark.WeekAt < mark.At ? mark.WeekAt : mark.At, ct);
        return new(
            mark.At, DigestNumbers.Open(open, business, now), Ended(tally, mark.Tally), CameIn(said, mark.At), aside.Count,
            withWeek ? await WeekAsync(business, mark, tally, said, ct) : null);
    }

    private async Task<WeekInReview> WeekAsync(Business business, DigestMark mark, PromiseTally tally, IReadOnlyList<ReadFeedback> said, CancellationToken ct)
    {
        var closed = await ClosedSinceAsync(business.Slug, mark.WeekAt, ct);
        var readings = said.Where(one => one.Feedback.At > mark.WeekAt).Select(one => one.Reading).ToList();
        var (theme, times) = DigestNumbers.Theme(readings, business.Policy.AlertThreshold);
        return new(
            mark.WeekAt, CameIn(said, mark.WeekAt), Ended(tally, mark.WeekTally), DigestNumbers.Closed(closed, Outcome.Saved), DigestNumbers.Closed(closed, Outcome.Lost), theme, times,
            DigestNumbers.Praise(readings, business.Policy.AlertThreshold));
    }

    private static CameIn CameIn(IReadOnlyList<ReadFeedback> said, DateTimeOffset since) => DigestNumbers.CameIn([.. said.Where(one => one.Feedback.At > since).Select(one => one.Task)]);

    private static PromisesEnded Ended(PromiseTally now, PromiseTally then) => new(now.Kept - then.Kept, now.Late - then.Late, now.Broken - then.Broken);

    private Task<IReadOnlyList<ReadFeedback>> SaidSinceAsync(string business, DateTimeOffset since, CancellationToken ct) =>
        UpToMostAsync(next => lists.FeedbacksAsync(business, PageSize, next, ct), said => said.Feedback.At > since, said => said.Feedback.Origin != Origin.Drill);

    private Task<IReadOnlyList<CallBackTask>> ClosedSinceAsync(string business, DateTimeOffset since, CancellationToken ct) =>
        UpToMostAsync(next => lists.ClosedTasksAsync(business, PageSize, next, ct), task => task.Closing!.At > since, _ => true);

    /// <summary>From a list in order: as far as asked, and no more than are counted.</summary>
    private static async Task<IReadOnlyList<T>> UpToMostAsync<T>(Func<string?, Task<Page<T>>> read, Func<T, bool> goesOn, Func<T, bool> counts)
    {
        var (found, next) = (new List<T>(), (string?)null);
        do
        {
            var page = await read(next);
            found.AddRange(page.Items.TakeWhile(goesOn).Where(counts));
            next = page.Items.All(goesOn) ? page.Next : null;
        }
        while (next is not null && found.Count < Insights.CameIn.Most);
        return [.. found.Take(Insights.CameIn.Most)];
    }
}
