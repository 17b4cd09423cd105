using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>A system of the business's own that is told what happens here, as Standard Webhooks.</summary>
/// <param name="Address">https; addresses inside private networks are refused when they are connected to.</param>
/// <param name="Events">Names of the events it is told, of <c>OutboundEvents.Names</c>.</param>
/// <param name="Secrets">Newest first; every active one signs, so that the receiver can change over in its own time.</param>
/// <param name="DisabledAt">When it answered 410 or was switched off by a person; null while it is told.</param>
public sealed record Listener(
    string Id, string Address, IReadOnlyList<string> Events, IReadOnlyList<SourceSecret> Secrets, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause)
{
    /// <summary>Each adds three rows to a commit, which holds a hundred.</summary>
    public const int Most = 4;

    public bool Hears(string type) => DisabledAt is null && Events.Contains(type);

    public IReadOnlyList<string> ActiveSecrets(DateTimeOffset now) => [.. Secrets.Where(secret => secret.Until is not { } until || now < until).Select(secret => secret.Value)];
}
