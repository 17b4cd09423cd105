using System.Text;
using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// CloudEvents 1.0 over HTTP (github.com/cloudevents/spec, http-protocol-binding.md and http-webhook.md): structured
/// (<c>application/cloudevents+json</c>) or binary (<c>ce-</c> headers, the body is the data). The data is our own contract or mapped.
/// </summary>
public sealed class CloudEvents : WebhookFormat
{
    private const string Structured = "application/cloudevents+json";

    /// <summary>A flat object as the specification's own examples have it, beside our own contract.</summary>
    private static readonly Mapping Flat = Mapping.Own with { Score = "/rating", Name = "/author", Email = "/email", Phone = "/phone" };

    public override string Name => "cloudevents";

    public override string Brand => "CloudEvents";

    public override Proof Proof { get; } = new SignatureOrToken();

    public override Origin Origin => Origin.Api;

    public override bool TakesMapping => true;

    public override Parsed Read(Arrival arrival, Source source)
    {
        var structured = arrival.ContentType == Structured;
        if (arrival.ContentType.StartsWith("application/cloudevents", StringComparison.Ordinal) && !structured)
            return Parsed.No(RefusalReason.UnsupportedContentType, "Batches and other encodings of events are not taken: send one event as application/cloudevents+json, or ce- headers with a JSON body.");
        if (!structured && arrival.ContentType != "" && !arrival.IsJson) return Parsed.No(RefusalReason.UnsupportedContentType, "The data of an event must be JSON.");
        var (root, refusal) = JsonBody.Parse(arrival.Body);
        if (refusal is not null) return new([], refusal);
        if (root.ValueKind != JsonValueKind.Object) return Parsed.No(RefusalReason.NotAnObject, "Send one JSON object.");
        // Many senders write the whole event and call it application/json.
        structured |= arrival.Header("ce-specversion") is null && root.At("specversion").IsThere();
        string? Attribute(string name) => structured ? root.At(name).Text() : arrival.Header("ce-" + name) is { } header ? Uri.UnescapeDataString(header) : null;

        if (Attribute("specversion") is not { } version) return Missing("specversion");
        if (version != "1.0") return Parsed.No(RefusalReason.MissingField, "specversion must be 1.0.", "specversion");
        if (Attribute("id") is not { } id) return Missing("id");
        if (Attribute("source") is not { } from) return Missing("source");
        if (Attribute("type") is not { } type) return Missing("type");

        var data = structured ? Data(root) : root;
        var reads = source.Mapping is not null || !IsFlat(data) ? source : source with { Mapping = Flat };
        var heard = MappedJson.Read(data, reads, $"{from}\n{id}", type, JsonFormat.KindOf, id);
        if (heard.Kind == HeardKind.NothingSaid) heard = heard with { Kind = HeardKind.OtherType };
        var at = structured ? root.At("time").Time() : JsonReading.TimeOf(arrival.Header("ce-time"));
        return Parsed.Of(heard with { OccurredAt = heard.OccurredAt ?? at });

        static Parsed Missing(string attribute) => Parsed.No(RefusalReason.MissingField, $"The event has no {attribute}.", attribute);
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"specversion":"1.0","id":"$id","source":"urn:shop:tel-aviv","type":"com.example.review.created","time":"$time","datacontenttype":"application/json","data":{"rating":2,"text":"לא חזרו אליי","author":"דנה","phone":"0501234567"}}""") with
    {
        ContentType = Structured,
    };

    /// <summary>JSON formats, 3.1: an object, base64 of one, or text; an object that was written into a text is read as one.</summary>
    private static JsonElement Data(JsonElement root)
    {
        if (root.At("data_base64").Text() is { } encoded) return Secrets.FromBase64(encoded) is { } bytes && JsonBody.Parse(bytes) is { Refusal: null } decoded ? decoded.Root : default;
        if (root.At("data") is not { ValueKind: JsonValueKind.String } text) return root.At("data");
        return JsonBody.Parse(Encoding.UTF8.GetBytes(text.GetString()!)) is { Refusal: null, Root.ValueKind: JsonValueKind.Object } inside ? inside.Root : JsonSerializer.SerializeToElement(new Dictionary<string, string?> { ["text"] = text.GetString() });
    }

    private static bool IsFlat(JsonElement data) => data.At("rating").IsThere() || (!data.At("customer").IsThere() && data.Either("author", "phone", "email").IsThere());
}
