using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Recommendations on a Facebook Page (the <c>ratings</c> field). Experimental: the node behind it is deprecated from Graph v22.0 on. Meta signs the body with
/// every letter beyond ASCII escaped, so only the received bytes fit the signature. A connection is confirmed by <see cref="Source.VerifyToken"/>.
/// </summary>
public sealed class FacebookPage : JsonFormat
{
    public override string Name => "facebook";

    public override string Brand => "Facebook Page";

    public override Proof Proof { get; } = new HmacProof("X-Hub-Signature-256", SignatureText.Hex, "sha256=");

    public override Channel Channel => Channel.Review;

    public override int? LongestReply => 8_000;

    public override bool IsExperimental => true;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        if (root.At("object").Text() != "page") return Parsed.Of(new Heard(HeardKind.OtherType, KeyOf(root), root.At("object").Text() ?? ""));
        var changes = root.At("entry").Items().SelectMany(entry => entry.At("changes").Items()).Take(MostEvents + 1).ToList();
        if (changes.Count > MostEvents) return Parsed.No(RefusalReason.TooManyEvents, $"At most {MostEvents} changes in one delivery.", "/entry");
        // Messages and other things of a page come without changes, to the same address.
        return changes.Count == 0 ? Parsed.Of(new Heard(HeardKind.OtherType, KeyOf(root), "page")) : Parsed.Of([.. changes.Select(Read)]);
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"object":"page","entry":[{"id":"111","time":1767600000,"changes":[{"field":"ratings","value":{"item":"rating","verb":"add","review_text":"\u05dc\u05d0 \u05de\u05de\u05dc\u05d9\u05e6\u05d4","recommendation_type":"negative","open_graph_story_id":"$id","reviewer_id":"333","reviewer_name":"\u05d3\u05e0\u05d4","created_time":1767599990}}]}]}""");

    private static Heard Read(JsonElement change)
    {
        var (field, value) = (change.At("field").Text() ?? "", change.At("value"));
        var (item, verb, story) = (value.At("item").Text(), value.At("verb").Text() ?? "", value.Either("open_graph_story_id", "post_id", "reviewer_id").Text());
        var type = $"{field}.{item}.{verb}";
        if (field != "ratings" || item is not ("rating" or "recommendation") || story is null) return new(HeardKind.OtherType, KeyOf(change), type);
        var said = new Gathered();
        said.Say(value.At("review_text").Text());
        said.Name(value.At("reviewer_name").Text());
        if (value.At("rating").Text() is { } stars) said.Score(stars, "stars");
        else said.Score(value.At("recommendation_type").Text(), "thumbs");
        return Heard(KindOf(verb), $"{story}\n{verb}\n{value.At("created_time").Text() ?? KeyOf(change)}", type, said, Channel.Review) with
        {
            ReviewId = story,
            OccurredAt = value.At("created_time").Time(),
        };
    }
}
