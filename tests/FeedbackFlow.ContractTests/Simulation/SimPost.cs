using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>Systems that are told what happens: one that is nearly always there, and one that is away for a day and may be gone for good.</summary>
internal sealed class SimPost(Chance chance) : IEventPost
{
    public const string Steady = "steady";
    public const string Shaky = "shaky";

    /// <summary>What each address took, by the id it was given.</summary>
    public Dictionary<LetterId, string> Taken { get; } = [];

    /// <summary>An id under which two different things came.</summary>
    public LetterId? TwoMeanings { get; private set; }

    public bool ShakyIsAway { get; set; }

    public bool ShakyIsGone { get; set; }

    public Task<Posted> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken ct)
    {
        var isShaky = address.Host.StartsWith(Shaky, StringComparison.Ordinal);
        if (isShaky && ShakyIsGone) return Task.FromResult(new Posted(410));
        if (isShaky && ShakyIsAway) return Task.FromResult(new Posted(null, null, "No answer."));
        var trouble = chance.Random.Next(isShaky ? 10 : 30);
        if (trouble == 0) return Task.FromResult(new Posted(503));
        var id = new LetterId(headers[StandardProof.IdHeader]);
        if (Taken.TryGetValue(id, out var before) && before != body) TwoMeanings = id;
        Taken[id] = body;
        // It has it, and its answer is lost.
        return trouble == 1 ? throw new OperationCanceledException("It hangs.") : Task.FromResult(new Posted(204));
    }
}
