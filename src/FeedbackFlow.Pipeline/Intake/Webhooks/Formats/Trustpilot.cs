using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Trustpilot service and product reviews, in batches (support.trustpilot.com, "How to set up Trustpilot Webhooks"). Nothing is signed and no
/// e-mail comes along: the address has a token, and a customer is known only by the <c>referenceId</c> of the invitation.
/// </summary>
public sealed class Trustpilot : JsonFormat
{
    public override string Name => "trustpilot";

    public override string Brand => "Trustpilot";

    public override Proof Proof { get; } = new TokenProof();

    public override Channel Channel => Channel.Review;

    public override int? LongestReply => 5_000;

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var events = root.At("events");
        if (events.ValueKind != JsonValueKind.Array) return Missing("/events");
        if (events.GetArrayLength() > MostEvents) return Parsed.No(RefusalReason.TooManyEvents, $"At most {MostEvents} events in one delivery.", "/events");
        return events.GetArrayLength() == 0 ? Parsed.Of(new Heard(HeardKind.OtherType, KeyOf(root), "")) : Parsed.Of([.. events.EnumerateArray().Select(Read)]);
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"events":[{"eventName":"service-review-created","version":"1","eventData":{"id":"$id","language":"he","title":"אכזבה","text":"לא חזרו אליי","referenceId":"ABC-123","stars":1,"createdAt":"$time","isVerified":true,"link":"https://api.trustpilot.com/v1/reviews/$id","consumer":{"id":"c1","name":"Dana"},"tags":[]}}]}""");

    /// <summary><c>service-review-created</c>, and not what happened to something of a review, such as its reply.</summary>
    private static bool IsOfAReview(string type) => type.Split('-') is [.., "review", _];

    private static Heard Read(JsonElement item)
    {
        var (type, data) = (item.At("eventName").Text() ?? "", item.At("eventData"));
        var id = data.At("id").Text();
        if (id is null || !IsOfAReview(type)) return new(HeardKind.OtherType, KeyOf(item), type);
        var said = new Gathered();
        said.Say(data.At("title").Text());
        said.Say(data.Either("text", "content").Text());
        said.Score(data.At("stars").Text(), "stars");
        said.Name(data.At("consumer").Either("name", "displayName").Text());
        var changed = data.Either("updatedAt", "createdAt");
        return Heard(KindOf(type), $"{type}\n{id}\n{data.At("updatedAt").Text() ?? KeyOf(item)}", type, said, Channel.Review, data.At("referenceId").Text()) with
        {
            ReviewId = id,
            OccurredAt = changed.Time(),
            Url = WebAddress.Of($"https://www.trustpilot.com/reviews/{Uri.EscapeDataString(id)}"),
        };
    }
}
