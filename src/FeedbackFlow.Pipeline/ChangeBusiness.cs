using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>What came of a change: the business as it is now, or why it stayed as it was.</summary>
public sealed record BusinessChange(Business? After, string? Refusal)
{
    public static BusinessChange To(Business after) => new(after, null);

    public static BusinessChange No(string refusal) => new(null, refusal);
}

/// <summary>Makes and edits a business beside a running server: read, decide, write; whoever loses the race decides again from what is there then.</summary>
public sealed class ChangeBusiness(ILookups lookups, ICommits commits, INudges nudges, Races races, TimeProvider clock)
{
    public const string NeverOpen = "With these hours and times of rest it would never be open. Nothing was changed.";

    public Task<BusinessChange> AddAsync(Business business) => races.RunAsync(async ct =>
    {
        if (await lookups.BusinessAsync(business.Slug, ct) is not null) return BusinessChange.No($"There is a business '{business.Slug}' already. Nothing was changed.");
        return await WrittenAsync(Change.New(business), ct);
    });

    /// <param name="change">Pure: it may run again after a lost race.</param>
    public Task<BusinessChange> RunAsync(string slug, Func<Business, BusinessChange> change) => races.RunAsync(async ct =>
    {
        if (await lookups.BusinessAsync(slug, ct) is not { } known) return BusinessChange.No($"There is no business '{slug}'. Make it with 'business add'.");
        var changed = change(known.Value);
        if (changed.After is not { } after) return changed;
        // Nothing could be promised, and every feedback would fail.
        return after.Branches.Select(place => after.At(place.Id)).Prepend(after).All(place => place.Hours().OpensAgain(clock.GetUtcNow()))
            ? await WrittenAsync(known.To(after), ct)
            : BusinessChange.No(NeverOpen);
    });

    private async Task<BusinessChange?> WrittenAsync(Change<Business> settings, CancellationToken ct)
    {
        // Somebody may have gone away who owns what is due then.
        var (slug, now) = (settings.After.Slug, clock.GetUtcNow());
        var before = await lookups.RotaAsync(slug, ct);
        var commit = new Commit(slug) { Settings = settings, Rota = new(before?.Value, before?.ETag, new(now, null)) };
        var result = await commits.CommitAsync(commit, [Nudge.ForRota(slug, now)], nudges, clock, ct);
        return result == CommitResult.Committed ? BusinessChange.To(settings.After) : null;
    }
}
