using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Standard Webhooks 1.0.0, our default: <c>{"type","timestamp","data"}</c>, where <c>data</c> is our own contract or what the owner's mapping
/// finds. Events without words, score or wish are kept as another type.
/// </summary>
public sealed class StandardWebhooks : JsonFormat
{
    public override string Name => "standard-webhooks";

    public override string Brand => "Standard Webhooks";

    public override Proof Proof { get; } = new StandardProof();

    public override Origin Origin => Origin.Api;

    public override bool TakesMapping => true;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        if (root.At("type").Text() is not { } type) return Missing("/type");
        var heard = MappedJson.Read(root.At("data"), source, arrival.Header(StandardProof.IdHeader), type, KindOf, KeyOf(arrival.Body.Span));
        if (heard.Kind == HeardKind.NothingSaid) heard = heard with { Kind = HeardKind.OtherType };
        return Parsed.Of(heard with { OccurredAt = heard.OccurredAt ?? root.At("timestamp").Time() });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(id, now,
        """{"type":"feedback.received","timestamp":"$time","data":{"id":"$id","score":1,"scale":"stars","text":"אני עוזבת ואספר לכולם","customer":{"name":"דנה","phone":"0501234567"}}}""");
}
