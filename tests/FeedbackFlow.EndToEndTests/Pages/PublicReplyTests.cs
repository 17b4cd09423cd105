using System.Text;
using FeedbackFlow.App.Letters;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>What a person may post under a review: nothing of it may harm who wrote the review.</summary>
public class PublicReplyTests
{
    private static readonly string[] Never = ["refund", "discount", "gift", "delete", "remove", "change your review", "הנחה", "זיכוי", "מתנה", "להסיר", "למחוק", "לשנות את הביקורת", "אם הרגשת"];

    public static TheoryData<string, int?, bool, SignalKind?> Reviews
    {
        get
        {
            var reviews = new TheoryData<string, int?, bool, SignalKind?>();
            foreach (var language in new[] { "he", "en" })
            {
                foreach (var stars in new int?[] { null, 1, 3, 5 })
                {
                    foreach (var signal in new SignalKind?[] { null, SignalKind.Legal, SignalKind.Publish })
                    {
                        reviews.Add(language, stars, true, signal);
                        if (stars is not null) reviews.Add(language, stars, false, signal);
                    }
                }
            }

            return reviews;
        }
    }

    [Theory, MemberData(nameof(Reviews))]
    public void It_names_nobody_repeats_nothing_and_fits(string language, int? stars, bool hasText, SignalKind? signal)
    {
        var samples = new Samples(language);
        var feedback = Review(samples, stars, hasText);
        var reply = PublicReply.Draft(samples.Business, feedback, ReadingOf(samples, signal))!;
        Assert.DoesNotContain(samples.CustomerName, reply, StringComparison.Ordinal);
        Assert.DoesNotContain("0545550123", reply.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("dana@", reply, StringComparison.Ordinal);
        Assert.DoesNotContain(Words(feedback.Text), word => word.Length > 5 && reply.Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain(Never, word => reply.Contains(word, StringComparison.OrdinalIgnoreCase));
        Assert.True(Encoding.UTF8.GetByteCount(reply) <= 4_096);
        Assert.Contains(samples.BusinessName, reply, StringComparison.Ordinal);
        Assert.Equal(language == "he", reply.Any(c => c is >= 'א' and <= 'ת'));
    }

    [Fact]
    public void It_offers_a_call_where_something_went_wrong_and_takes_no_blame_in_matters_of_law()
    {
        var samples = new Samples("en");
        Assert.Contains("04-555-0100", PublicReply.Draft(samples.Business, Review(samples, 1, true), ReadingOf(samples, null)), StringComparison.Ordinal);
        Assert.DoesNotContain("sorry", PublicReply.Draft(samples.Business, Review(samples, 1, true), ReadingOf(samples, SignalKind.Legal)), StringComparison.Ordinal);
        Assert.DoesNotContain("call us", PublicReply.Draft(samples.Business, Review(samples, 5, false), ReadingOf(samples, null) with { Sentiment = Sentiment.Positive }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Hebrew_review_is_answered_in_Hebrew_by_an_English_business_and_an_unknown_language_by_the_business()
    {
        var samples = new Samples("en");
        Assert.Matches("[א-ת]", PublicReply.Draft(samples.Business, Review(samples, 1, true), ReadingOf(samples, null) with { Language = "he" }));
        Assert.DoesNotMatch("[א-ת]", PublicReply.Draft(samples.Business, Review(samples, 1, true), ReadingOf(samples, null) with { Language = "ru" }));
    }

    [Fact]
    public void What_was_said_in_private_gets_no_public_reply()
    {
        var samples = new Samples("he");
        Assert.Null(PublicReply.Draft(samples.Business, samples.Feedback, samples.Reading));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task The_alert_of_a_review_brings_the_draft_and_where_to_post_it(string language)
    {
        var samples = new Samples(language);
        var review = Review(samples, 1, true) with { From = new("trustpilot", null, "https://www.trustpilot.com/reviews/abc", null, []) };
        var letter = await EveryPage.WriteAsync(samples.Alert with { Feedback = review });
        var draft = PublicReply.Draft(samples.Business, review, samples.Alert.Reading)!.Split('\n')[0];
        Assert.Contains(draft, letter.Html, StringComparison.Ordinal);
        Assert.Contains("https://www.trustpilot.com/reviews/abc", letter.Html, StringComparison.Ordinal);
        Assert.Contains("https://www.trustpilot.com/reviews/abc", letter.Text, StringComparison.Ordinal);
    }

    private static Feedback Review(Samples samples, int? stars, bool hasText) => samples.Feedback with
    {
        Channel = Channel.Review,
        Rating = stars is { } value ? new(RatingScale.Stars, value) : null,
        Text = hasText ? samples.Text : null,
    };

    private static Reading ReadingOf(Samples samples, SignalKind? signal) => samples.Reading with { Signals = signal is { } kind ? [new(kind, null, 0.9, [])] : [] };

    private static IEnumerable<string> Words(string? text) => (text ?? "").Split(' ', '\n', '.', ',');
}
