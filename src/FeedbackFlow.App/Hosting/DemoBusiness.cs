using System.Security.Cryptography;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Hosting;

/// <summary>What an empty store gets in Development, so that the first look needs no set-up. None of its people exist.</summary>
internal static class DemoBusiness
{
    public const string Slug = "demo";

    /// <summary>Believed only in Development and only from this machine.</summary>
    public const string Key = "demo";

    public static Business Make(DateTimeOffset now) => new(
        Slug, "מזגני הדגמה", "he", "Asia/Jerusalem", WorkingWeek.Israeli, Policy.Default, "+97231234567", "service@demo.example", "https://reviews.example/demo",
        [
            new(NewId.At<PersonId>(now), "יוסי כהן", "manager@demo.example", "+972501234567", PersonRole.Manager, "he", []),
            new(NewId.At<PersonId>(now), "רות לוי", "owner@demo.example", "+972521234567", PersonRole.Owner, "he", []),
        ],
        [new(Token.Hash(Key), "demo", now)],
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        now);

    /// <summary>Makes the demo business when the store knows none.</summary>
    public static async Task EnsureAsync(ILists lists, ICommits commits, TimeProvider clock, CancellationToken ct)
    {
        if ((await lists.BusinessesAsync(1, null, ct)).Items.Count > 0) return;
        await commits.CommitAsync(new Commit(Slug) { Settings = Change.New(Make(clock.GetUtcNow())) }, ct);
    }
}
