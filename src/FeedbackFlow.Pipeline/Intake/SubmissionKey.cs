using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>
/// Names one submission over all its retries and replays (the Idempotency-Key header, the form's hidden id), and what it said, so that the same key
/// with other words is refused. Kept 7 days.
/// </summary>
/// <param name="Door">Which door the key belongs to; keys of different doors never meet.</param>
/// <param name="Hash">SHA-256 of door and key, hexadecimal: keys from outside are not fit for row keys.</param>
/// <param name="Content">SHA-256 of what was submitted.</param>
public sealed record SubmissionKey(string Door, string Hash, string Content)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public static SubmissionKey Of(string door, string key, Submission submission) =>
        new(door, Sha256($"{door}\n{key}"), ContentOf(submission));

    /// <summary>As JSON, which keeps the fields apart whatever is written in them.</summary>
    public static string ContentOf(Submission submission) => Sha256(JsonSerializer.Serialize(submission));

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
