using System.Text;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>A format whose deliveries are one JSON object.</summary>
public abstract class JsonFormat : WebhookFormat
{
    /// <summary>A batch beyond this is no honest delivery; a sender with more sends again.</summary>
    protected const int MostEvents = 100;

    public override Parsed Read(Arrival arrival, Source source)
    {
        if (!arrival.IsJson) return Parsed.No(RefusalReason.UnsupportedContentType, "Send Content-Type: application/json.");
        var (root, refusal) = JsonBody.Parse(arrival.Body);
        if (refusal is not null) return new([], refusal);
        return root.ValueKind == JsonValueKind.Object ? Read(root, arrival, source) : Parsed.No(RefusalReason.NotAnObject, "Send one JSON object.");
    }

    protected abstract Parsed Read(JsonElement root, Arrival arrival, Source source);

    /// <summary>The event's name where the sender gave it none: its own bytes.</summary>
    protected static string KeyOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    protected static string KeyOf(JsonElement element) => KeyOf(Encoding.UTF8.GetBytes(element.GetRawText()));

    protected static Parsed Missing(string field) => Parsed.No(RefusalReason.MissingField, $"{field} is missing.", field);

    /// <summary>The event, or "nothing said" where it has neither words nor score nor wish.</summary>
    private protected static Heard Heard(HeardKind kind, string key, string type, Gathered gathered, Channel channel, string? job = null) =>
        new(gathered.SaysSomething || kind == HeardKind.Deleted ? kind : HeardKind.NothingSaid, key, type)
        {
            Submission = gathered.SaysSomething ? gathered.ToSubmission(channel, job) : null,
            Details = gathered.Details,
            Reference = job,
        };

    /// <summary>What an event's name says about it: <c>review.updated</c>, <c>service-review-deleted</c>, <c>review_create</c>.</summary>
    internal static HeardKind KindOf(string type) => type.Split('.', '-', '_', '/', ':')[^1].ToLowerInvariant() switch
    {
        "updated" or "update" or "edited" or "edit" or "changed" => HeardKind.Edited,
        "deleted" or "delete" or "removed" or "remove" => HeardKind.Deleted,
        _ => HeardKind.Said,
    };
}
