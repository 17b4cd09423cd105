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
public sealed class ChangeBusiness(ILookups lookups, ICommits commits, Races races)
{
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
        return changed.After is { } after ? await WrittenAsync(known.To(after), ct) : changed;
    });

    private async Task<BusinessChange?> WrittenAsync(Change<Business> settings, CancellationToken ct)
    {
        var result = await commits.CommitAsync(new Commit(settings.After.Slug) { Settings = settings }, ct);
        return result == CommitResult.Committed ? BusinessChange.To(settings.After) : null;
    }
}
