using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Judge.me reviews (help.judge.me, 8299679): <c>JUDGEME-HMAC-SHA256</c> is the hex HMAC of the raw body. The key is the shop's API token in some
/// integrations and the app's secret in others: either is entered as a secret, and all are tried.
/// </summary>
public sealed class JudgeMe : JsonFormat
{
    public override string Name => "judgeme";

    public override string Brand => "Judge.me";

    public override Proof Proof { get; } = new HmacProof("JUDGEME-HMAC-SHA256", SignatureText.Hex);

    public override Channel Channel => Channel.Review;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        // Some integrations send the review itself.
        var review = root.At("review").IsThere() || !root.At("rating").IsThere() ? root.At("review") : root;
        var type = arrival.Header("JUDGEME-TOPIC") ?? root.Either("event", "topic").Text() ?? "review";
        if (!review.IsThere()) return Parsed.Of(new Heard(HeardKind.OtherType, KeyOf(root), type));
        if (review.At("id").Text() is not { } id) return Missing("/review/id");
        var said = new Gathered();
        said.Say(review.At("title").Text());
        said.Say(review.At("body").Text());
        said.Score(review.At("rating").Text(), "stars");
        said.Name(review.At("reviewer", "name").Text());
        said.Email(review.At("reviewer", "email").Text());
        said.Phone(review.At("reviewer", "phone").Text());
        return Parsed.Of(Heard(KindOf(type), $"{id}\n{review.At("updated_at").Text() ?? KeyOf(root)}", type, said, Channel.Review) with
        {
            ReviewId = id,
            OccurredAt = review.Either("updated_at", "created_at").Time(),
        });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now, """{"review":{"id":"$id","rating":1,"title":"אכזבה","body":"הבטיחו ולא חזרו","reviewer":{"name":"דנה","email":"dana@example.com"},"product_external_id":0}}""");
}
