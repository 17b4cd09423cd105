using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Notices of the Business Profile through a Pub/Sub push (developers.google.com/my-business/content/notification-setup): base64 JSON that only names the
/// review, in the spelling of the v4 pages (<c>reviewName</c>) or of the v1 ones (<c>review_name</c>). The review itself is fetched later and read
/// by <see cref="ReadReview"/>.
/// </summary>
public sealed class GoogleBusinessProfile : JsonFormat
{
    public override string Name => "google";

    public override string Brand => "Google Business Profile";

    public override Proof Proof { get; } = new PushTokenProof();

    public override Channel Channel => Channel.Review;

    public override int? LongestReply => 4_096;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var message = root.At("message");
        if (message.Either("messageId", "message_id").Text() is not { } messageId) return Missing("/message/messageId");
        var notice = Notice(message.At("data").Text());
        var type = notice.Either("notificationType", "notification_type", "type").Text() ?? "";
        var review = notice.Either("reviewName", "review_name", "review", "resourceName", "resource_name", "name").Text();
        if (review is null || !IsReviewName(review) || type is not ("" or "NEW_REVIEW" or "UPDATED_REVIEW")) return Parsed.Of(new Heard(HeardKind.OtherType, messageId, type));
        return Parsed.Of(new Heard(HeardKind.Notice, review, type) { ReviewId = review, OccurredAt = message.Either("publishTime", "publish_time").Time() });
    }

    /// <summary>Undefined where somebody published other things to the topic by hand: refused, they would be pushed again for seven days.</summary>
    private static JsonElement Notice(string? data) => data is not null && Secrets.FromBase64(data) is { } bytes && JsonBody.Parse(bytes) is { Refusal: null } notice ? notice.Root : default;

    /// <summary>A review as the API gives it (v4, accounts.locations.reviews). Its key is its name and the time of its last change.</summary>
    public static Parsed ReadReview(ReadOnlyMemory<byte> body)
    {
        var (root, refusal) = JsonBody.Parse(body);
        if (refusal is not null) return new([], refusal);
        if (root.At("name").Text() is not { } name || !IsReviewName(name)) return Missing("/name");
        var updated = root.At("updateTime").Text();
        var said = new Gathered();
        said.Say(root.At("comment").Text());
        if (root.At("starRating").Text() is { } stars && stars != "STAR_RATING_UNSPECIFIED") said.Score(stars, "stars");
        // A name is given only by who shows one.
        if (!root.At("reviewer", "isAnonymous").Flag()) said.Name(root.At("reviewer", "displayName").Text());
        var edited = updated is not null && root.At("createTime").Text() is { } created && created != updated;
        return Parsed.Of(Heard(edited ? HeardKind.Edited : HeardKind.Said, $"{name}\n{updated}", "review", said, Channel.Review) with
        {
            ReviewId = name,
            OccurredAt = root.At("updateTime").Time(),
        });
    }

    /// <summary><c>accounts/A/locations/L/reviews/R</c>: it becomes part of an address, so nothing else is let through.</summary>
    public static bool IsReviewName(string name) =>
        name.Length <= 400 && name.Split('/') is ["accounts", { Length: > 0 } a, "locations", { Length: > 0 } l, "reviews", { Length: > 0 } r] && IsId(a) && IsId(l) && IsId(r);

    public override Sample Sample(string id, DateTimeOffset now)
    {
        var notice = """{"notificationType":"NEW_REVIEW","reviewName":"accounts/1/locations/2/reviews/$id","locationName":"accounts/1/locations/2"}""";
        var data = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Webhooks.Sample.Filled(id, now, notice)));
        return Webhooks.Sample.Json(
            id, now, """{"message":{"data":"$data","messageId":"$id","publishTime":"$time","attributes":{}},"subscription":"projects/p/subscriptions/s"}""".Replace("$data", data, StringComparison.Ordinal));
    }

    private static bool IsId(string part) => part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
