using System.Net.Http.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Reviews;

/// <summary>Reviews of the Business Profile: read (<c>GET accounts/A/locations/L/reviews/R</c>) and answered (<c>PUT …/reply</c>, which makes or replaces the one reply).</summary>
public sealed class GoogleReviews(GoogleAccess access) : IReviewReader, IReviewReplies
{
    private const string NoAccess = "No access to reviews is set for this source.";

    public async Task<FetchedReview> FetchAsync(Source source, string reviewId, CancellationToken ct)
    {
        if (source.Push is not { CanFetch: true } account) return new(FetchKind.Refused, default, NoAccess);
        if (!GoogleBusinessProfile.IsReviewName(reviewId)) return new(FetchKind.Refused, default, "The notice named no review.");
        var answered = await access.CallAsync(account, HttpMethod.Get, reviewId, null, ct);
        return new(answered.Kind, answered.Body, answered.Problem);
    }

    public bool CanReply(Source source, string reviewId) => source is { Format: "google", Push.CanFetch: true } && GoogleBusinessProfile.IsReviewName(reviewId);

    public async Task<Delivery> ReplyAsync(Source source, string reviewId, string text, CancellationToken ct)
    {
        if (!CanReply(source, reviewId)) return new(DeliveryKind.Refused, NoAccess);
        var answered = await access.CallAsync(source.Push!, HttpMethod.Put, reviewId + "/reply", () => JsonContent.Create(new { comment = text }), ct);
        return answered.Kind switch
        {
            FetchKind.Found => Delivery.Sent,
            FetchKind.TryAgain => new(DeliveryKind.TryAgain, answered.Problem, answered.NotBefore),
            FetchKind.Gone => new(DeliveryKind.Refused, "The review is not there any more."),
            FetchKind.Refused => new(DeliveryKind.Refused, answered.Problem),
        };
    }
}
