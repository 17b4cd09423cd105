using System.Security.Cryptography;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>A link as the store knows it: by its hash. The token itself stands only where it was sent.</summary>
/// <param name="Label">Where an open form hangs; null for other purposes.</param>
/// <param name="SpentAt">When a link that works once was used.</param>
public sealed record Link(string Hash, LinkPurpose Purpose, TaskId? Task, PersonId? Person, JobId? Job, string? Label, DateTimeOffset? Until, DateTimeOffset? SpentAt)
{
    /// <summary>The branch where an open form hangs; null for a business of one place.</summary>
    public string? Branch { get; init; }

    public static readonly TimeSpan FormLife = TimeSpan.FromDays(60);
    public static readonly TimeSpan ActionLife = TimeSpan.FromDays(14);
    public static readonly TimeSpan SignInLife = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan CustomerPageLife = TimeSpan.FromDays(90);

    /// <summary>The feedback that the customer's page may show, with others of the same sender; null where who wrote is not surely known.</summary>
    public FeedbackId? Feedback { get; init; }

    /// <summary>The job as it was when its link was made, so that a form needs one look; null for other purposes.</summary>
    public Job? About { get; init; }

    public bool IsOver(DateTimeOffset now) => Until is { } until && now >= until;
}

/// <summary>
/// The secret part of a link or key: 128 random bits in 32 hexadecimal digits, after the business that it belongs to
/// (so that the partition is known), as in <c>demo.9f86d081884c7d659a2feaa0c55ad015</c>.
/// </summary>
public static class Token
{
    public static string New(string business) => business + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static string Hash(string token) => SubmissionKey.Sha256(token);

    /// <summary>The business a token names; null when it has not the form of one.</summary>
    public static string? BusinessOf(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot is >= 2 and <= 40 && token.Length == dot + 33 ? token[..dot] : null;
    }
}
