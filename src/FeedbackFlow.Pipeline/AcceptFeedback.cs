using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline;

/// <summary>How the words are read: <see cref="SignalDetector.Read"/>, or a stand-in.</summary>
public delegate Reading ReadWords(string? text, Rating? rating);

/// <summary>Takes a feedback: look up, read the words, decide, write the letters, nudge, commit once.</summary>
public sealed class AcceptFeedback(
    ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, ReadWords read, Races races, Turns turns, TimeProvider clock, ReadAlong? along = null)
{
    public async Task<Accepted> RunAsync(AcceptRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var step = Steps.Begin("accept");
        // Read once, however often the race is lost.
        Task<WordsRead>? words = null;
        var seen = request;
        return await races.RunAsync(turns, TurnOf(request), async limit =>
        {
            var accepted = await TryAsync(seen, () => words ??= ReadAsync(seen, limit), limit);
            // What the door saw is good for one try; whoever lost the race looks again.
            seen = seen with { IsFresh = false };
            return accepted;
        });
    }

    private async Task<Accepted?> TryAsync(AcceptRequest request, Func<Task<WordsRead>> read, CancellationToken ct)
    {
        var (business, now) = (request.Business, clock.GetUtcNow());
        var trusted = request.IsFresh ? request.Link : null;
        // A job's link is spent by the commit that stores the answer: while it is not, there is none. Both are written under conditions, so a stale look loses the race.
        var neverAnswered = trusted is { Value: { Purpose: LinkPurpose.JobForm, SpentAt: null } };
        // A form's id is its own: who sends it twice loses the race for its answer and finds it at the second try.
        var isFormsFirst = request.IsFresh && request.ShownOnPage && request.Link?.Value.SpentAt is null;
        var earlier = request.Key is { } key && !neverAnswered && !isFormsFirst ? await lookups.AnswerAsync(business.Slug, key.Hash, ct) : null;
        if (earlier is not null && earlier.Value.Until > now) return await RepeatedAsync(business, request.Key!, earlier.Value, ct);

        var link = trusted is { Value.SpentAt: null } || request.Link is null ? trusted : await lookups.LinkAsync(business.Slug, request.Link.Value.Hash, ct);
        if (link?.Value.SpentAt is not null) return Accepted.Refused(AcceptKind.LinkSpent);
        var review = request.Elsewhere?.ReviewHash is { } hash ? await lookups.ReviewAsync(business.Slug, hash, ct) : null;
        if (review?.Value.IsNoNews(request.Key!.Content, request.Elsewhere!.From.OccurredAt) == true) return Accepted.Refused(AcceptKind.Outdated);
        var jobId = link?.Value.Job ?? request.Submission.Job;
        var job = jobId is not { } id ? null : link?.Value.About ?? (await lookups.JobAsync(business.Slug, id, ct))?.Value;
        // A review site repeats whatever reference it was given: one that is no job of ours is no reason to lose the review.
        if (jobId is not null && job is null && request.Elsewhere is null) return Accepted.Refused(AcceptKind.JobUnknown);

        var contact = Merged(request.Submission.Contact, job?.Contact);
        var (identity, customer, openTask, mark) = await CustomerAsync(business, contact, now, ct);
        var reviewTask = review?.Value.Task is { } about ? await lookups.TaskAsync(business.Slug, about, ct) : null;
        // Whom it was about was erased: this is a new matter.
        if (reviewTask is { Value.ErasedAt: not null }) reviewTask = null;
        openTask ??= reviewTask is { Value.IsOpen: true } ? reviewTask : null;
        // An open task stays with the branch that promised.
        business = business.At(openTask is null ? link?.Value.Branch ?? job?.Branch ?? request.Submission.Branch : openTask.Value.Branch);
        var feedback = new Feedback(
            NewId.At<FeedbackId>(now), now, request.Submission.Channel, request.Origin, request.Submission.Rating, request.Submission.Text,
            request.Submission.WantsCall, contact, identity?.Customer, job?.Id, link?.Value.Label)
        {
            SenderIsKnown = request.Origin == Origin.Api || (request.Origin == Origin.JobLink && job is not null && contact.IsSurely(job.Contact)),
            From = request.Elsewhere is { } elsewhere ? elsewhere.From with { Receipt = elsewhere.Receipt.Id } : null,
        };
        var (reading, asked, failure) = await read();

        var line = customer?.Value ?? (identity is null ? null : CustomerLine.New(identity.Customer, contact, now));
        var taskId = NewId.At<TaskId>(now);
        var (history, plan) = Decide(null);
        if (plan.Apology == ApologyChoice.Send && mark is not null) (history, plan) = Decide(mark.Value.At);
        var isNoted = plan.IsNewTask && reviewTask is { Value.IsOpen: false } && !ReviewChange.OpensAgain(review!.Value.Rating, feedback.Rating, reviewTask.Value, plan.Task!);
        if (isNoted) plan = Plan.Nothing(plan.ExpectsAnswer);
        var written = await WriteAsync(business, plan, new(feedback, reading), history, now);
        var page = request.ShownOnPage && feedback.SenderIsKnown && plan.Task is { } shown
            ? letters.CustomerPage(business, shown, feedback.Id, reading.Language is "he" or "en" ? reading.Language : business.Language, now)
            : ((Uri Address, Link Link)?)null;
        var answer = AnswerTo(request.Key, feedback, plan, business, now);
        var (matched, wasTakenBack) = (identity is null ? (plan.Task ?? reviewTask?.Value)?.Customer : null, review is { Value: { Newest: null, DeletedAt: not null } });

        var committed = await commits.CommitAsync(
            new Commit(business.Slug)
            {
                Seen = business,
                Feedback = new(feedback, reading, plan.Task?.Id) { AnswerKey = request.Key?.Hash },
                Customer = line is null ? null : new(customer?.Value, customer?.ETag, Updated(line, feedback, plan, identity!)),
                Apology = plan.Apology == ApologyChoice.Send ? Marked(mark, business, contact, now) : null,
                NewContacts = identity is { Renews: false } ? identity.NewContacts : [],
                RenewedContacts = identity is { Renews: true } ? identity.NewContacts : [],
                Task = plan.Task is null ? null : new(openTask?.Value, openTask?.ETag, plan.Task),
                EventsOf = isNoted ? reviewTask!.Value.Id : null,
                Events = plan.Task is null && !isNoted
                    ? []
                    : [new(now, plan.IsNewTask ? TaskEventKind.Opened : TaskEventKind.FeedbackAdded, Feedback: feedback.Id), .. wasTakenBack ? [new TaskEvent(now, TaskEventKind.ReviewDeleted)] : Array.Empty<TaskEvent>()],
                // A person has said whose review it is: what is changed in it is that customer's as well.
                Histories = matched is { } customerOf ? [new(customerOf, feedback.Id)] : [],
                Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
                Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New), .. Spent(link, now), .. page is { } given ? [Change.New(given.Link)] : Array.Empty<Change<Link>>()],
                Answer = request.Key is null ? null : new(earlier?.Value, earlier?.ETag, answer),
                AsksLate = asked == Asked.Unanswered && plan.Task is null ? ReadLate.Asks(feedback.Id, now) : null,
                Review = ReviewAfter(request, review, feedback, plan),
                Receipts = request.Elsewhere is null ? [] : [request.Elsewhere.Receipt with { Feedback = feedback.Id, Result = review?.Value.Newest is null ? ReceiptResult.Stored : ReceiptResult.Edited }],
            },
            [.. NudgesFor(business, openTask?.Value, plan, written, now), .. asked == Asked.Unanswered && plan.Task is null ? new[] { ReadLate.First(business.Slug, feedback.Id, now) } : []],
            nudges,
            clock,
            ct);
        return committed == CommitResult.LostRace
            ? null
            : new(AcceptKind.Stored, new(feedback, reading, plan.Task?.Id), answer, [.. written.Select(letter => letter.Letter.Id)], failure) { Page = page?.Address, Task = plan.Task };

        (History, Plan) Decide(DateTimeOffset? lastApologyAt)
        {
            var known = line?.ToHistory(openTask?.Value, lastApologyAt) ?? History.None with { OpenTask = openTask?.Value };
            return (known, RecoveryPlanner.Decide(feedback, reading, known, business, taskId, request.ShownOnPage, request.MayWrite));
        }
    }

    private async Task<Accepted> RepeatedAsync(Business business, SubmissionKey key, StoredAnswer answer, CancellationToken ct)
    {
        // An erased answer has no content left to compare.
        if (answer.Content.Length > 0 && answer.Content != key.Content) return Accepted.Refused(AcceptKind.KeyHasOtherContent);
        return new(AcceptKind.Repeated, await lookups.FeedbackAsync(business.Slug, answer.Feedback, ct), answer, []);
    }

    private async Task<(Identity? Identity, Versioned<CustomerLine>? Line, Versioned<CallBackTask>? OpenTask, Versioned<ApologyMark>? Apology)> CustomerAsync(
        Business business, Contact contact, DateTimeOffset now, CancellationToken ct)
    {
        var byPhone = contact.Phone is { } phone ? lookups.ContactAsync(business.Slug, CustomerIdentity.PhoneHash(business.ContactKey, phone), ct) : Nobody;
        var byEmail = contact.Email is { } email ? lookups.ContactAsync(business.Slug, CustomerIdentity.EmailHash(business.ContactKey, email), ct) : Nobody;
        var ((phoneOwner, _), (emailOwner, apology)) = (await byPhone, await byEmail);
        var identity = CustomerIdentity.Resolve(business.ContactKey, contact, phoneOwner, emailOwner, NewId.At<CustomerId>(now));
        if (identity is null || identity.IsNew) return (identity, null, null, apology);
        var line = await lookups.CustomerAsync(business.Slug, identity.Customer, ct);
        if (line is { Value.Erasure: not null })
        {
            // Whoever writes while being erased is somebody new, and the contacts are theirs from now on.
            var (phoneOther, emailOther) = (Unless(phoneOwner, identity.Customer), Unless(emailOwner, identity.Customer));
            identity = CustomerIdentity.Resolve(business.ContactKey, contact, phoneOther, emailOther, NewId.At<CustomerId>(now))! with { Renews = true };
            line = identity.IsNew ? null : await lookups.CustomerAsync(business.Slug, identity.Customer, ct);
        }

        var openTask = line?.Value.OpenTask is { } open ? await lookups.TaskAsync(business.Slug, open, ct) : null;
        return (identity, line, openTask is { Value.IsOpen: true } ? openTask : null, apology);
    }

    private static CustomerId? Unless(CustomerId? owner, CustomerId erased) => owner == erased ? null : owner;

    private static Task<KnownContact> Nobody { get; } = Task.FromResult(KnownContact.Nobody);

    private sealed record WordsRead(Reading Reading, Asked Asked, Exception? Failure);

    /// <summary>A reader that fails costs a glance of a person, never the feedback (design 4.7).</summary>
    private async Task<WordsRead> ReadAsync(AcceptRequest request, CancellationToken ct)
    {
        var (text, rating) = (request.Submission.Text, request.Submission.Rating);
        Reading local;
        try
        {
            using var step = Steps.Begin("read");
            var began = clock.GetTimestamp();
            local = Corrections.Apply(read(text, rating), text, request.Business.Corrections);
            Steps.TextRead(clock.GetElapsedTime(began));
        }
        catch (Exception failure)
        {
            return new(Reading.OfNothing(Reading.NotAnalysed), Asked.No, failure);
        }

        if (along is null) return new(local, Asked.No, null);
        var (reading, asked) = await along.RunAsync(text, rating, local, request.Business.Policy.AlertThreshold, ReadAlong.Limit, ct);
        return new(reading, asked, null);
    }

    private async Task<IReadOnlyList<WrittenLetter>> WriteAsync(Business business, Plan plan, ReadFeedback cause, History history, DateTimeOffset now)
    {
        if (plan.Task is null) return [];
        var written = new List<WrittenLetter>();
        if (plan.Alert)
            written.Add(await letters.AlertAsync(business, plan.Task, cause, history.Waiting, !plan.IsNewTask, plan.StandsIn, plan.Apology == ApologyChoice.Offer, now));
        if (plan.Apology == ApologyChoice.Send)
            written.Add(await letters.ApologyAsync(business, plan.Task, cause, now));
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

    private static Change<ReviewLine>? ReviewAfter(AcceptRequest request, Versioned<ReviewLine>? review, Feedback feedback, Plan plan)
    {
        if (request.Elsewhere is not { ReviewHash: { } hash } elsewhere) return null;
        var isFirst = review?.Value.Newest is null;
        return new(review?.Value, review?.ETag, new(
            hash, elsewhere.From.Source, feedback.Id, plan.Task?.Id ?? review?.Value.Task, feedback.Rating, request.Key!.Content, elsewhere.From.OccurredAt,
            isFirst ? 0 : review!.Value.Changes + 1, isFirst ? review?.Value.DeletedAt : null) { Reply = review?.Value.Reply });
    }

    private static string? TurnOf(AcceptRequest request)
    {
        var contact = request.Submission.Contact;
        var who = contact.Phone ?? contact.Email ?? request.Elsewhere?.ReviewHash ?? request.Link?.Value.Job?.Value ?? request.Key?.Hash;
        return who is null ? null : request.Business.Slug + "\n" + who;
    }
}
