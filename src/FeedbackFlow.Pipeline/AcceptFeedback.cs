using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline;

/// <summary>How the words are read: <see cref="SignalDetector.Read"/>, or a stand-in.</summary>
public delegate Reading ReadWords(string? text, Rating? rating);

/// <summary>A checked submission and what its door knows.</summary>
/// <param name="Key">Null where each call is a new feedback.</param>
/// <param name="Link">The form link it came by; null for other doors.</param>
/// <param name="ShownOnPage">The customer sees the answer page, which tells the promise.</param>
/// <param name="MayWrite">False where the door has used up its letters to customers.</param>
public sealed record AcceptRequest(
    Business Business, CheckedSubmission Submission, Origin Origin, SubmissionKey? Key, Versioned<Link>? Link = null, bool ShownOnPage = false, bool MayWrite = true);

public enum AcceptKind
{
    Stored,

    /// <summary>The same key with the same content: the first answer again.</summary>
    Repeated,
    KeyHasOtherContent,
    JobUnknown,

    /// <summary>The job's link was used by another submission.</summary>
    LinkSpent,
}

/// <param name="OwnLetters">Committed as leased to this process, which sends them now.</param>
/// <param name="AnalysisFailure">Why the words could not be read; the feedback is kept all the same.</param>
public sealed record Accepted(AcceptKind Kind, ReadFeedback? Feedback, StoredAnswer? Answer, IReadOnlyList<LetterId> OwnLetters, Exception? AnalysisFailure = null)
{
    public static Accepted Refused(AcceptKind kind) => new(kind, null, null, []);
}

/// <summary>Takes a feedback: look up, read the words, decide, write the letters, nudge, commit once.</summary>
public sealed class AcceptFeedback(
    ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, ReadWords read, Races races, Turns turns, TimeProvider clock)
{
    public async Task<Accepted> RunAsync(AcceptRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await races.RunAsync(turns, TurnOf(request), limit => TryAsync(request, limit));
    }

    private async Task<Accepted?> TryAsync(AcceptRequest request, CancellationToken ct)
    {
        var (business, now) = (request.Business, clock.GetUtcNow());
        var earlier = request.Key is { } key ? await lookups.AnswerAsync(business.Slug, key.Hash, ct) : null;
        if (earlier is not null && earlier.Value.Until > now) return await RepeatedAsync(business, request.Key!, earlier.Value, ct);

        var link = request.Link is null ? null : await lookups.LinkAsync(business.Slug, request.Link.Value.Hash, ct);
        if (link?.Value.SpentAt is not null) return Accepted.Refused(AcceptKind.LinkSpent);
        var jobId = link?.Value.Job ?? request.Submission.Job;
        var job = jobId is { } id ? await lookups.JobAsync(business.Slug, id, ct) : null;
        if (jobId is not null && job is null) return Accepted.Refused(AcceptKind.JobUnknown);

        var contact = Merged(request.Submission.Contact, job?.Value.Contact);
        var (identity, customer, openTask) = await CustomerAsync(business, contact, now, ct);
        var feedback = new Feedback(
            NewId.At<FeedbackId>(now), now, request.Submission.Channel, request.Origin, request.Submission.Rating, request.Submission.Text,
            request.Submission.WantsCall, contact, identity?.Customer, job?.Value.Id, link?.Value.Label);
        var (reading, failure) = Read(feedback);

        var line = customer?.Value ?? (identity is null ? null : CustomerLine.New(identity.Customer, contact, now));
        var mark = contact.Email is null ? null : await lookups.ApologyAsync(business.Slug, CustomerIdentity.EmailHash(business.ContactKey, contact.Email), ct);
        var history = line?.ToHistory(openTask?.Value, mark?.Value.At) ?? History.None;
        var plan = RecoveryPlanner.Decide(feedback, reading, history, business, NewId.At<TaskId>(now), request.ShownOnPage, request.MayWrite);
        var written = await WriteAsync(business, plan, new(feedback, reading), history, now);
        var answer = AnswerTo(request.Key, feedback, plan, business, now);

        var committed = await commits.CommitAsync(
            new Commit(business.Slug)
            {
                Feedback = new(feedback, reading),
                Customer = line is null ? null : new(customer?.Value, customer?.ETag, Updated(line, feedback, plan, identity!)),
                Apology = plan.Apology == ApologyChoice.Send ? Marked(mark, business, contact, now) : null,
                NewContacts = identity?.NewContacts ?? [],
                Task = plan.Task is null ? null : new(openTask?.Value, openTask?.ETag, plan.Task),
                Events = plan.Task is null ? [] : [new(now, plan.IsNewTask ? TaskEventKind.Opened : TaskEventKind.FeedbackAdded, Feedback: feedback.Id)],
                Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
                Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New), .. Spent(link, now)],
                Job = job?.To(job.Value with { Feedback = job.Value.Feedback ?? feedback.Id }),
                Answer = request.Key is null ? null : new(earlier?.Value, earlier?.ETag, answer),
            },
            NudgesFor(business, openTask?.Value, plan, written, now),
            nudges,
            clock,
            ct);
        return committed == CommitResult.LostRace
            ? null
            : new(AcceptKind.Stored, new(feedback, reading), answer, [.. written.Select(letter => letter.Letter.Id)], failure);
    }

    private async Task<Accepted> RepeatedAsync(Business business, SubmissionKey key, StoredAnswer answer, CancellationToken ct)
    {
        if (answer.Content != key.Content) return Accepted.Refused(AcceptKind.KeyHasOtherContent);
        return new(AcceptKind.Repeated, await lookups.FeedbackAsync(business.Slug, answer.Feedback, ct), answer, []);
    }

    private async Task<(Identity? Identity, Versioned<CustomerLine>? Line, Versioned<CallBackTask>? OpenTask)> CustomerAsync(
        Business business, Contact contact, DateTimeOffset now, CancellationToken ct)
    {
        var byPhone = contact.Phone is { } phone ? lookups.ContactAsync(business.Slug, CustomerIdentity.PhoneHash(business.ContactKey, phone), ct) : Nobody;
        var byEmail = contact.Email is { } email ? lookups.ContactAsync(business.Slug, CustomerIdentity.EmailHash(business.ContactKey, email), ct) : Nobody;
        var identity = CustomerIdentity.Resolve(business.ContactKey, contact, await byPhone, await byEmail, NewId.At<CustomerId>(now));
        if (identity is null || identity.IsNew) return (identity, null, null);
        var line = await lookups.CustomerAsync(business.Slug, identity.Customer, ct);
        var openTask = line?.Value.OpenTask is { } open ? await lookups.TaskAsync(business.Slug, open, ct) : null;
        return (identity, line, openTask is { Value.IsOpen: true } ? openTask : null);
    }

    private static Task<CustomerId?> Nobody { get; } = Task.FromResult<CustomerId?>(null);

    /// <summary>A reader that fails costs a glance of a person, never the feedback (design 4.7).</summary>
    private (Reading Reading, Exception? Failure) Read(Feedback feedback)
    {
        try
        {
            return (read(feedback.Text, feedback.Rating), null);
        }
        catch (Exception failure)
        {
            return (Reading.OfNothing(Reading.NotAnalysed), failure);
        }
    }

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(Business business, Plan plan, ReadFeedback cause, History history, DateTimeOffset now)
    {
        if (plan.Task is null) return [];
        var written = new List<WrittenLetter>();
        if (plan.Alert)
            written.Add(await letters.AlertAsync(business, plan.Task, cause, history.Waiting, !plan.IsNewTask, plan.StandsIn, plan.Apology == ApologyChoice.Offer, now));
        if (plan.Apology == ApologyChoice.Send)
            written.Add(new(await letters.ApologyAsync(business, plan.Task, cause, plan.TakesBlame, now), []));
        return written;
    }

    /// <summary>Rows without a nudge would be forgotten if this process died. A task's own nudge follows it from its opening, or from a promise made anew.</summary>
    private static IReadOnlyList<Nudge> NudgesFor(Business business, CallBackTask? before, Plan plan, IReadOnlyList<WrittenLetter> written, DateTimeOffset now)
    {
        var rearmed = plan.Task is { } task && task.Ladder.NextAt != before?.Ladder.NextAt ? task.Id : (TaskId?)null;
        return written.Count == 0 && rearmed is null ? [] : [Nudge.ForCommit(business.Slug, [.. written.Select(letter => letter.Letter.Id)], rearmed, now)];
    }

    private static CustomerLine Updated(CustomerLine line, Feedback feedback, Plan plan, Identity identity) =>
        line.AfterFeedback(feedback, plan.ExpectsAnswer, plan.Task?.Id) with
        {
            PerhapsSame = identity.PerhapsSame ?? line.PerhapsSame,
        };

    private static Change<ApologyMark> Marked(Versioned<ApologyMark>? before, Business business, Contact contact, DateTimeOffset now) =>
        new(before?.Value, before?.ETag, new(CustomerIdentity.EmailHash(business.ContactKey, contact.Email!), now));

    private static StoredAnswer AnswerTo(SubmissionKey? key, Feedback feedback, Plan plan, Business business, DateTimeOffset now) =>
        new(key?.Hash ?? "", key?.Content ?? "", feedback.Id, plan.Task?.Id, plan.Task is null ? null : business.Find(plan.Task.Owner)?.Name, plan.Task?.Promise.By,
            now + SubmissionKey.KeptFor);

    /// <summary>A job's link is spent by submitting; an open one never is.</summary>
    private static IEnumerable<Change<Link>> Spent(Versioned<Link>? link, DateTimeOffset now) =>
        link is { Value.Purpose: LinkPurpose.JobForm } ? [link.To(link.Value with { SpentAt = now })] : [];

    private static Contact Merged(Contact given, Contact? known) =>
        known is null ? given : new(given.Name ?? known.Name, given.Email ?? known.Email, given.Phone ?? known.Phone);

    private static string? TurnOf(AcceptRequest request)
    {
        var contact = request.Submission.Contact;
        var who = contact.Phone ?? contact.Email ?? request.Link?.Value.Job?.Value ?? request.Key?.Hash;
        return who is null ? null : request.Business.Slug + "\n" + who;
    }
}
