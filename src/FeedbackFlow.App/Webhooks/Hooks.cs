using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Webhooks;

/// <summary>What the door and the test button do alike.</summary>
internal sealed class Hooks(ReceiveHook receive, ILookups lookups, HookSecrets secrets, HookRates rates, ICourier courier, ILogger<Hooks> log)
{
    public async Task<FoundSource?> FindAsync(string slug, string name, CancellationToken ct)
    {
        if (!Slug.IsWellFormed(slug) || !Slug.IsWellFormed(name) || await lookups.BusinessAsync(slug, ct) is not { } business) return null;
        return business.Value.FindSource(name) is { } source ? new(business.Value, source) : null;
    }

    /// <summary>With the secrets that stand in the settings, to believe a sender or to sign as one.</summary>
    public Source Opened(Source source) => secrets.Open(source);

    public async Task<Received> ReceiveAsync(Business business, Source source, Arrival arrival, bool isTest, CancellationToken ct)
    {
        var door = $"{business.Slug}/{source.Name}";
        // What only notes must not fill the store; what is stored is bounded by the business's rate.
        var received = await receive.RunAsync(business, Opened(source), arrival, new(isTest, isTest || rates.MayNote(door), () => rates.MayWrite(door)), ct);
        foreach (var accepted in received.Events.Select(happened => happened.Accepted).OfType<Accepted>())
        {
            if (accepted.AnalysisFailure is { } failure) ApiLog.NotAnalysed(log, failure);
            await courier.CarryAsync(business, accepted.OwnLetters);
        }

        return received;
    }

    public static bool SameToken(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
