using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Any JSON object, found by the owner's mapping or in our own contract: for automation tools and own sites. Somebody is there to mend a wrong
/// mapping, so an object in which nothing is found is refused.
/// </summary>
public sealed class GenericJson : JsonFormat
{
    public override string Name => "json";

    public override string Brand => "JSON";

    public override Proof Proof { get; } = new SignatureOrToken();

    public override Origin Origin => Origin.Api;

    public override bool TakesMapping => true;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var heard = MappedJson.Read(root, source, null, null, KindOf, KeyOf(arrival.Body.Span));
        if (heard.Kind != HeardKind.NothingSaid) return Parsed.Of(heard);
        var mapping = source.Mapping ?? Mapping.Own;
        return Parsed.No(RefusalReason.NothingSaid, $"There is neither a text at {mapping.Text ?? "(not mapped)"} nor a score that fits its scale at {mapping.Score ?? "(not mapped)"}.", mapping.Text ?? mapping.Score);
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(id, now,
        """{"id":"$id","kind":"survey","score":2,"scale":"nps10","text":"לא חזרו אליי ואני עוברת לאחרים","language":"he","occurred_at":"$time","customer":{"name":"דנה","email":"dana@example.com","phone":"0501234567","ref":"C-17"},"wants_call":true,"public":false,"url":null}""");
}
