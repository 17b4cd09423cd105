using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline;

/// <summary>A person says that words of a feedback were read wrongly.</summary>
/// <param name="Kind"><see cref="SignalKind.Leave"/> or <see cref="SignalKind.Publish"/>.</param>
/// <param name="Missed">The words that should have been found ("you missed this"); null for "not a threat", which speaks of all evidence of the kind.</param>
public sealed record Misread(FeedbackId Feedback, SignalKind Kind, Evidence? Missed);

public enum CorrectResult
{
    Learnt,
    AlreadyKnown,

    /// <summary>No such feedback, or no such words in it.</summary>
    NothingThere,

    /// <summary>No words, or more than <see cref="Corrections.MostWords"/>.</summary>
    NotAPhrase,

    /// <summary>The business holds <see cref="Corrections.Most"/> corrections.</summary>
    Full,
}

/// <param name="Task">What now follows the feedback; null where there is none.</param>
/// <param name="OwnLetters">Committed as leased to this process, which sends them now.</param>
public sealed record Corrected(CorrectResult Result, TaskId? Task, IReadOnlyList<LetterId> OwnLetters)
{
    public static Corrected Refused(CorrectResult why) => new(why, null, []);
}

/// <summary>Learns from a person: the phrase is read so from now on, and what was missed gets the call-back that it should have had, counted from now.</summary>
public sealed class CorrectReading(ILookups lookups, ICommits commits, INudges nudges, TaskLetters letters, Races races, TimeProvider clock)
{
    public Task<Corrected> RunAsync(string slug, Misread misread, string by) => races.RunAsync(ct => TryAsync(slug, misread, by, ct));

    /// <summary>The task that follows a feedback. One that a correction opens has the feedback's own id, so that nobody can open a second.</summary>
    public static TaskId TaskOf(ReadFeedback said) => said.Task ?? new TaskId(said.Feedback.Id.Value);

    private async Task<Corrected?> TryAsync(string slug, Misread misread, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await lookups.BusinessAsync(slug, ct) is not { } business) return Corrected.Refused(CorrectResult.NothingThere);
        if (await lookups.FeedbackAsync(slug, misread.Feedback, ct) is not { Feedback.Text: { } text } said) return Corrected.Refused(CorrectResult.NothingThere);

        var (known, phrases) = (business.Value.Corrections, PhrasesOf(misread, said, text));
        if (phrases.Count == 0) return Corrected.Refused(CorrectResult.NothingThere);
        if (phrases.Any(phrase => !Corrections.CanLearn(phrase))) return Corrected.Refused(CorrectResult.NotAPhrase);
        var learnt = known;
        foreach (var phrase in phrases)
        {
            learnt = Corrections.With(learnt, new(phrase, misread.Kind, misread.Missed is not null, misread.Feedback, by, now)) ?? learnt;
        }

        if (ReferenceEquals(learnt, known)) return Corrected.Refused(known.Count >= Corrections.Most ? CorrectResult.Full : CorrectResult.AlreadyKnown);
        return await WriteAsync(business, business.Value with { Corrections = learnt }, said, misread.Missed is not null, by, now, ct);
    }

    private static IReadOnlyList<string> PhrasesOf(Misread misread, ReadFeedback said, string text)
    {
        if (misread.Missed is not { } missed) return [.. (said.Reading.Find(misread.Kind)?.Evidence ?? []).Where(LiesInText).Select(evidence => evidence.In(text))];
        return LiesInText(missed) ? [missed.In(text)] : [];

        // Erased words are shorter than their evidence; a form may say anything.
        bool LiesInText(Evidence range) => range.Start >= 0 && range.Length > 0 && range.Length <= text.Length - range.Start;
    }

    private async Task<Corrected?> WriteAsync(
        Versioned<Business> before, Business business, ReadFeedback said, bool missed, string by, DateTimeOffset now, CancellationToken ct)
    {
        var ofFeedback = await lookups.TaskAsync(business.Slug, TaskOf(said), ct);
        var (customer, open) = await CustomerAsync(business.Slug, said.Feedback.Customer, ofFeedback, ct);
        var here = business.At(open is null ? await BranchAsync(business.Slug, said.Feedback, ct) : open.Value.Branch);
        var plan = missed && ofFeedback?.Value.IsOpen != false ? Plan(here, said, customer?.Value, open?.Value, now) : null;
        var corrected = new TaskEvent(now, TaskEventKind.ReadingCorrected, by, said.Feedback.Id);
        if (plan?.Task is not { } task)
        {
            var learnt = new Commit(business.Slug) { Settings = before.To(business), Events = ofFeedback is null ? [] : [corrected], EventsOf = ofFeedback?.Value.Id };
            return await commits.CommitAsync(learnt, ct) == CommitResult.LostRace ? null : new(CorrectResult.Learnt, ofFeedback?.Value.Id, []);
        }

        var cause = said with { Reading = Corrections.Apply(said.Reading, said.Feedback.Text, business.Corrections) };
        var written = plan.Alert
            ? [await letters.AlertAsync(here, task, cause, customer?.Value.Waiting ?? [], !plan.IsNewTask, plan.StandsIn, TaskActs.OffersApology(task, now), now)]
            : Array.Empty<WrittenLetter>();
        var commit = new Commit(business.Slug)
        {
            Settings = before.To(business),
            Task = new(open?.Value, open?.ETag, task),
            Customer = customer is null ? null : customer.To(customer.Value with { OpenTask = task.Id }),
            Events = plan.IsNewTask ? [new(now, TaskEventKind.Opened, Feedback: said.Feedback.Id), corrected] : [corrected],
            Letters = [.. written.Select(letter => Change.New(OutboxEntry.Leased(letter.Letter, now)))],
            Links = [.. written.SelectMany(letter => letter.Links).Select(Change.New)],
        };
        var armed = task.Ladder.NextAt != open?.Value.Ladder.NextAt;
        var follow = armed || written.Length > 0 ? [Nudge.ForCommit(business.Slug, [.. written.Select(letter => letter.Letter.Id)], armed ? task.Id : null, now)] : Array.Empty<Nudge>();
        return await commits.CommitAsync(commit, follow, nudges, clock, ct) == CommitResult.LostRace
            ? null
            : new(CorrectResult.Learnt, task.Id, [.. written.Select(letter => letter.Letter.Id)]);
    }

    /// <summary>Nothing is written to the customer by itself: a person is looking, and sends the apology with one tap.</summary>
    private static Plan Plan(Business business, ReadFeedback said, CustomerLine? customer, CallBackTask? open, DateTimeOffset now)
    {
        var reading = Corrections.Apply(said.Reading, said.Feedback.Text, business.Corrections);
        var history = customer?.ToHistory(open, null) ?? History.None with { OpenTask = open };
        return RecoveryPlanner.Decide(said.Feedback with { At = now }, reading, history, business, new TaskId(said.Feedback.Id.Value), shownOnPage: false, mayWrite: false);
    }

    private async Task<string?> BranchAsync(string slug, Feedback feedback, CancellationToken ct) =>
        feedback.Job is { } job ? (await lookups.JobAsync(slug, job, ct))?.Value.Branch : null;

    private async Task<(Versioned<CustomerLine>? Line, Versioned<CallBackTask>? Open)> CustomerAsync(
        string slug, CustomerId? who, Versioned<CallBackTask>? ofFeedback, CancellationToken ct)
    {
        var line = who is { } id ? await lookups.CustomerAsync(slug, id, ct) : null;
        var open = line?.Value.OpenTask is { } task && task != ofFeedback?.Value.Id ? await lookups.TaskAsync(slug, task, ct) : ofFeedback;
        return (line, open is { Value.IsOpen: true } ? open : null);
    }
}
