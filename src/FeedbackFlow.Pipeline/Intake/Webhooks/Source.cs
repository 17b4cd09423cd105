namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>A place outside from which feedback comes to <c>/hooks/{business}/{name}</c>. Stands in the business's one versioned row.</summary>
/// <param name="Name">Lower case letters, digits and hyphens, 2 to 40; the last part of its address.</param>
/// <param name="Format">Name of its format in <see cref="FormatTable"/>.</param>
/// <param name="Secrets">Newest first; all that have not ended are believed, so that a secret can be changed without losing a delivery.</param>
public sealed record Source(string Name, string Format, IReadOnlyList<SourceSecret> Secrets, DateTimeOffset CreatedAt)
{
    /// <summary>An old secret is believed this long after a new one was made.</summary>
    public static readonly TimeSpan OldSecretsLast = TimeSpan.FromHours(48);

    /// <summary>More would only be forgotten ones.</summary>
    public const int MostSecrets = 5;

    /// <summary>Where the fields stand in a sender's JSON; null for our own contract.</summary>
    public Mapping? Mapping { get; init; }

    /// <summary>On which scale scores come that do not say it themselves: <c>nps</c>, <c>csat</c> or <c>stars</c>; null leaves it to the format.</summary>
    public string? Scale { get; init; }

    /// <summary>What a platform asks back once when it is connected; null where it does not.</summary>
    public string? VerifyToken { get; init; }

    /// <summary>Who pushes notices and how reviews are fetched; only for sources that send notices without words.</summary>
    public PushAccount? Push { get; init; }

    /// <summary>Of those that have not ended. One without a value is none: anybody could sign with it.</summary>
    public IReadOnlyList<string> ActiveSecrets(DateTimeOffset now) =>
        [.. Secrets.Where(secret => secret.Value.Length > 0 && (secret.Until is not { } until || now < until)).Select(secret => secret.Value)];

    /// <summary>With the secrets that the settings hold in their places; what they do not hold stays empty and is believed by nobody.</summary>
    public Source Opened(Func<string, string?> setting) =>
        Secrets.All(secret => secret.Setting is null) ? this : this with { Secrets = [.. Secrets.Select(secret => secret.Setting is { } name ? secret with { Value = setting(name) ?? "" } : secret)] };

    /// <summary>The new secret is believed at once, the ones before it a while longer.</summary>
    public Source WithSecret(SourceSecret secret, DateTimeOffset now) => this with
    {
        Secrets = [secret, .. Secrets.Where(old => old.Until is not { } until || now < until).Select(old => old with { Until = old.Until ?? now + OldSecretsLast }).Take(MostSecrets - 1)],
    };
}

/// <summary>A shared secret. Signatures are computed with it, so it is stored as it is; it is shown once and never written anywhere else.</summary>
/// <param name="Until">When it ends; null for the current one.</param>
public sealed record SourceSecret(string Id, string Value, DateTimeOffset CreatedAt, DateTimeOffset? Until)
{
    /// <summary>The name under which the deployment's settings hold it (a vault behind them); then <see cref="Value"/> is empty in the store. Null for one that is stored.</summary>
    public string? Setting { get; init; }

    /// <summary>Records print their members, and this one must not.</summary>
    public override string ToString() => $"secret {Id}";
}

/// <summary>Whose pushes are believed, and the access with which a review is read (Google Cloud Pub/Sub push and Business Profile).</summary>
/// <param name="Audience">The <c>aud</c> claim set on the push subscription; usually the source's own address.</param>
/// <param name="Email">Service account that signs the pushes.</param>
/// <param name="Subscription"><c>projects/P/subscriptions/S</c>.</param>
/// <param name="ClientId">OAuth client of the owner's consent; null: reviews are not fetched.</param>
public sealed record PushAccount(string Audience, string Email, string Subscription, string? ClientId = null, string? ClientSecret = null, string? RefreshToken = null)
{
    public bool CanFetch => ClientId is not null && ClientSecret is not null && RefreshToken is not null;

    public override string ToString() => $"pushes of {Email}";
}
