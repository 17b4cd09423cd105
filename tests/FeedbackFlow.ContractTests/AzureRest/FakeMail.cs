using System.Collections.Concurrent;
using System.Text.Json;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.AzureRest;

/// <summary>
/// Answers as Communication Services e-mail does, in the shape of its description, and does the worst it is allowed to: a repeated send of the same operation has a second
/// effect. <see cref="Before"/> and <see cref="After"/> disturb a send before or after it was taken.
/// </summary>
internal sealed class FakeMail
{
    private readonly ConcurrentDictionary<string, (string Status, string? Error)> operations = new();

    /// <summary>Letters that were taken, by operation id, in order.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public Func<SentRequest, FakeAnswer?> Before { get; set; } = _ => null;

    public Func<SentRequest, FakeAnswer?> After { get; set; } = _ => null;

    public void Becomes(Guid operation, string status, string? error = null) => operations[operation.ToString("D")] = (status, error);

    public FakeAnswer Answer(SentRequest request)
    {
        if (Before(request) is { } disturbed) return disturbed;
        if (request.Method == "GET") return LookUp(request.Path.Split('/')[^1]);
        var id = request.Header("Operation-Id")!;
        operations[id] = ("Running", null);
        Taken.Enqueue(id);
        return After(request) ?? new(202, JsonSerializer.Serialize(new { id, status = "Running" }), new Dictionary<string, string> { ["retry-after"] = "20", ["Operation-Location"] = "https://x/emails/operations/" + id });
    }

    private FakeAnswer LookUp(string id)
    {
        if (!operations.TryGetValue(id, out var known)) return new(404, """{"error":{"code":"NotFound","message":"no such operation"}}""");
        return known.Error is { } error
            ? new(200, JsonSerializer.Serialize(new { id, status = known.Status, error = new { code = error, message = "m" } }))
            : new(200, JsonSerializer.Serialize(new { id, status = known.Status }));
    }
}
