using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Yotpo's <c>review_create</c> and <c>review_updated</c> (apidocs.yotpo.com, about-webhooks). Values are strings in the older pages and numbers and
/// truths in the newer ones. Nothing is signed.
/// </summary>
public sealed class Yotpo : JsonFormat
{
    public override string Name => "yotpo";

    public override string Brand => "Yotpo";

    public override Proof Proof { get; } = new TokenProof();

    public override Channel Channel => Channel.Review;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var (type, data) = (root.At("event").Text() ?? "", root.At("data"));
        if (type is not ("review_create" or "review_created" or "review_updated")) return Parsed.Of(new Heard(HeardKind.OtherType, arrival.Header("eventid") ?? KeyOf(root), type));
        if (data.At("id").Text() is not { } id) return Missing("/data/id");
        var said = new Gathered();
        said.Say(data.At("title").Text());
        said.Say(data.At("content").Text());
        said.Score(data.At("score").Text(), "stars");
        said.Name(data.At("reviewer_display_name").Text() ?? data.At("user", "display_name").Text());
        said.Email(data.Either("customer_email", "reviewer_email", "email").Text() ?? data.At("user", "email").Text());
        said.Note("order_id", data.At("order_id").Text());
        var kind = data.At("deleted").Flag() ? HeardKind.Deleted : KindOf(type);
        return Parsed.Of(Heard(kind, arrival.Header("eventid") ?? $"{id}\n{data.At("updated_at").Text() ?? KeyOf(root)}", type, said, Channel.Review) with
        {
            ReviewId = id,
            OccurredAt = data.Either("updated_at", "created_at").Time(),
        });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"event":"review_create","data":{"id":"$id","title":"אכזבה","content":"הבטיחו ולא חזרו","score":"1","created_at":"$time","user_type":"verifiedBuyer","reviewer_display_name":"דנה","customer_email":"dana@example.com","order_id":123,"sentiment":"","escalated":false,"deleted":"false"}}""");
}
