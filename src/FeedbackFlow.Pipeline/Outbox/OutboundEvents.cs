using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>One thing that happened, as other systems are told.</summary>
public sealed record OutboundEvent(string Type, JsonObject Data)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a Standard Webhook: <c>{"type","timestamp","data"}</c>.</summary>
    public string Body(DateTimeOffset at) =>
        new JsonObject { ["type"] = Type, ["timestamp"] = OutboundEvents.Time(at), ["data"] = Data.DeepClone() }.ToJsonString(Relaxed);
}

/// <summary>
/// What a change means to other systems. Events carry ids, times, scores and kinds and never what a customer wrote, nor a name, phone or address:
/// copies elsewhere could not be erased. The task's page, behind the sign-in, has the rest.
/// </summary>
public static class OutboundEvents
{
    public const string FeedbackReceived = "feedback.received";
    public const string RiskDetected = "risk.detected";
    public const string TaskClaimed = "task.claimed";
    public const string TaskClosed = "task.closed";
    public const string PromiseLate = "promise.late";
    public const string PromiseBroken = "promise.broken";

    public static readonly IReadOnlyList<string> Names = [FeedbackReceived, RiskDetected, TaskClaimed, TaskClosed, PromiseLate, PromiseBroken];

    /// <param name="before">The task as it was; null for a new one.</param>
    /// <param name="after">The task as it will be; null where no task changes.</param>
    public static IReadOnlyList<OutboundEvent> In(Feedback? feedback, Reading? reading, CallBackTask? before, CallBackTask? after, SiteAddresses addresses)
    {
        var events = new List<OutboundEvent>();
        if (feedback is not null && reading is not null) events.Add(new(FeedbackReceived, Of(feedback, reading, after?.Id)));
        if (after is null) return events;
        if (before is null || after.Priority < before.Priority) Add(RiskDetected);
        if (before is { State: TaskState.Open } && after.State == TaskState.Claimed) Add(TaskClaimed);
        if (before is { IsOpen: true } && !after.IsOpen) Add(TaskClosed);
        if (Settled(before, after) is { } settled) Add(settled == PromiseState.Late ? PromiseLate : PromiseBroken);
        return events;

        void Add(string type) => events.Add(new(type, Of(after, type == TaskClosed, addresses)));
    }

    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A promise that ended late or broken in this change, be it the present one or one that made room for the next.</summary>
    private static PromiseState? Settled(CallBackTask? before, CallBackTask after)
    {
        if (before is null || before.Promise.State != PromiseState.Pending) return null;
        var ended = after.EarlierPromises.Count > before.EarlierPromises.Count ? after.EarlierPromises[^1] : after.Promise;
        return ended.State is PromiseState.Late or PromiseState.Broken ? ended.State : null;
    }

    private static JsonObject Of(Feedback feedback, Reading reading, TaskId? task) => new()
    {
        ["feedbackId"] = feedback.Id.Value,
        ["at"] = Time(feedback.At),
        ["channel"] = feedback.Channel.ToString().ToLowerInvariant(),
        ["source"] = feedback.From?.Source,
        ["rating"] = feedback.Rating is { } rating ? new JsonObject { ["scale"] = rating.Scale.ToString().ToLowerInvariant(), ["value"] = rating.Value } : null,
        ["language"] = reading.Language,
        ["sentiment"] = reading.Sentiment.ToString().ToLowerInvariant(),
        ["signals"] = new JsonArray([.. reading.Signals.Select(signal => (JsonNode)Kebab(signal.Kind.ToString()))]),
        ["customerId"] = feedback.Customer?.Value,
        ["taskId"] = task?.Value,
    };

    private static JsonObject Of(CallBackTask task, bool withOutcome, SiteAddresses addresses)
    {
        var data = new JsonObject
        {
            ["taskId"] = task.Id.Value,
            ["status"] = task.State.ToString().ToLowerInvariant(),
            ["priority"] = task.Priority.ToString().ToLowerInvariant(),
            ["reasons"] = new JsonArray([.. task.Reasons.Select(reason => (JsonNode)Kebab((reason.Signal?.ToString() ?? reason.Kind.ToString())))]),
            ["openedAt"] = Time(task.OpenedAt),
            ["promisedBy"] = Time(task.Promise.By),
            ["promise"] = task.Promise.State.ToString().ToLowerInvariant(),
            ["customerId"] = task.Customer?.Value,
            ["feedbackId"] = task.Feedbacks[^1].Value,
            ["page"] = addresses.TaskPage(task.Id).ToString(),
        };
        if (withOutcome && task.Closing is { } closing) data["outcome"] = Kebab(closing.Outcome.ToString());
        return data;
    }

    private static string Kebab(string name) => string.Concat(name.Select((c, at) => char.IsAsciiLetterUpper(c) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
