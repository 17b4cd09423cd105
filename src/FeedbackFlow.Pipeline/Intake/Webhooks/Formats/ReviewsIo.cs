using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>REVIEWS.io company and product reviews (developer.reviews.io). Nothing is signed, and the rating comes as a string.</summary>
public sealed class ReviewsIo : JsonFormat
{
    public override string Name => "reviewsio";

    public override string Brand => "REVIEWS.io";

    public override Proof Proof { get; } = new TokenProof();

    public override Channel Channel => Channel.Review;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        if (root.Either("id", "review_id", "store_review_id", "product_review_id").Text() is not { } id) return Parsed.Of(new Heard(HeardKind.OtherType, KeyOf(root), root.Either("event", "review_type").Text() ?? ""));
        var said = new Gathered();
        said.Say(root.Either("title", "review_title").Text());
        said.Say(root.Either("comments", "review").Text());
        said.Score(root.At("rating").Text(), "stars");
        var who = root.Either("user", "reviewer");
        said.Name(who.At("name").Text() ?? (string.Join(' ', new[] { who.At("first_name").Text(), who.At("last_name").Text() }.OfType<string>()) is { Length: > 0 } name ? name : null));
        said.Email(who.Either("email_address", "email").Text());
        said.Note("order_id", root.At("order_id").Text());
        var type = root.Either("event", "review_type").Text() ?? "review";
        return Parsed.Of(Heard(KindOf(type), $"{id}\n{root.Either("updated_at", "date_updated").Text() ?? KeyOf(root)}", type, said, Channel.Review) with
        {
            ReviewId = id,
            OccurredAt = root.Either("updated_at", "date_updated", "date_created").Time(),
        });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now, """{"id":"$id","review_type":"company","order_id":"A1","rating":"1","comments":"הבטיחו ולא חזרו","user":{"name":"דנה","email_address":"dana@example.com"}}""");
}
