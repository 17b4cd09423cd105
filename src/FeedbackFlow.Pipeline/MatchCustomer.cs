using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

public enum MatchResult
{
    Done,

    /// <summary>There is no such task, it is closed, or its customer is known already.</summary>
    NotNow,

    /// <summary>Nobody is known under these contacts.</summary>
    NobodyKnown,

    /// <summary>This customer has another open task: the matter belongs there.</summary>
    OtherOpen,
}

/// <summary>
/// A person says which known customer wrote a review. Nothing here guesses: names on review sites are nobody's proof, and a wrong match would tell one
/// customer's matter to another.
/// </summary>
public sealed class MatchCustomer(ILookups lookups, ICommits commits, Races races, TimeProvider clock)
{
    /// <param name="contact">Phone or e-mail, normalised, of the customer as the business knows her.</param>
    /// <param name="by">Name of who says so, for the timeline.</param>
    public async Task<MatchResult> RunAsync(Business business, TaskId id, Contact contact, string by) =>
        (await races.RunAsync(limit => TryAsync(business, id, contact, by, limit))).Result;

    private sealed record Matched(MatchResult Result);

    private async Task<Matched?> TryAsync(Business business, TaskId id, Contact contact, string by, CancellationToken ct)
    {
        if (await lookups.TaskAsync(business.Slug, id, ct) is not { Value: { IsOpen: true, Customer: null } } task) return new(MatchResult.NotNow);
        var byPhone = contact.Phone is { } phone ? (await lookups.ContactAsync(business.Slug, CustomerIdentity.PhoneHash(business.ContactKey, phone), ct)).Customer : null;
        var byEmail = contact.Email is { } email ? (await lookups.ContactAsync(business.Slug, CustomerIdentity.EmailHash(business.ContactKey, email), ct)).Customer : null;
        // The phone wins, as everywhere.
        if ((byPhone ?? byEmail) is not { } known || await lookups.CustomerAsync(business.Slug, known, ct) is not { Value.Erasure: null } line) return new(MatchResult.NobodyKnown);
        if (line.Value.OpenTask is not null) return new(MatchResult.OtherOpen);
        var commit = new Commit(business.Slug)
        {
            Task = task.To(task.Value with { Customer = known, Contact = line.Value.Contact }),
            Customer = line.To(line.Value with { OpenTask = id }),
            // The customer's history and her wish to be erased reach what she wrote there.
            Histories = [.. task.Value.Feedbacks.Distinct().Select(feedback => new HistoryLine(known, feedback))],
            Events = [new(clock.GetUtcNow(), TaskEventKind.CustomerMatched, by)],
        };
        return await commits.CommitAsync(commit, ct) == CommitResult.LostRace ? null : new(MatchResult.Done);
    }
}
