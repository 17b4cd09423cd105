using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class SubmissionKeyTests
{
    [Fact]
    public void The_same_key_and_words_give_the_same_name() =>
        Assert.Equal(SubmissionKey.Of("api", "k1", A.Submission()), SubmissionKey.Of("api", "k1", A.Submission()));

    [Fact]
    public void Keys_of_different_doors_never_meet() =>
        Assert.NotEqual(SubmissionKey.Of("api", "k1", A.Submission()).Hash, SubmissionKey.Of("form", "k1", A.Submission()).Hash);

    [Fact]
    public void Another_key_has_another_hash_and_the_same_content()
    {
        var (one, other) = (SubmissionKey.Of("api", "k1", A.Submission()), SubmissionKey.Of("api", "k2", A.Submission()));
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.Equal(one.Content, other.Content);
    }

    public static TheoryData<string, Submission> Changes { get; } = new()
    {
        { "channel", A.Submission() with { Channel = "phone" } },
        { "scale", A.Submission() with { Scale = "csat" } },
        { "score", A.Submission() with { Score = 4 } },
        { "text", A.Submission() with { Text = "הכול היה מצוין!" } },
        { "call", A.Submission() with { WantsCall = true } },
        { "name", A.Submission() with { Name = null } },
        { "email", A.Submission() with { Email = "dan@example.com" } },
        { "phone", A.Submission() with { Phone = null } },
        { "job", A.Submission() with { JobId = A.Id<JobId>(1).Value } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_field_is_part_of_what_was_said(string field, Submission changed) =>
        Assert.False(SubmissionKey.Of("api", "k1", changed).Content == SubmissionKey.Of("api", "k1", A.Submission()).Content, field);

    /// <summary>Whoever knows how fields are put together must not be able to move words from one to another unseen.</summary>
    [Fact]
    public void Words_that_look_like_other_fields_stay_different_words()
    {
        var one = A.Submission() with { Text = "a, WantsCall = False, Name = b", Name = "c" };
        var other = A.Submission() with { Text = "a", Name = "b, WantsCall = False, Name = c" };
        Assert.NotEqual(SubmissionKey.Of("api", "k1", one).Content, SubmissionKey.Of("api", "k1", other).Content);
    }

    [Fact]
    public void Words_that_cannot_be_stored_have_a_name_all_the_same() =>
        Assert.Equal(64, SubmissionKey.Of("api", "k\ud83d", A.Submission() with { Text = "a\ud83d", Name = "\ude00" }).Content.Length);

    [Fact]
    public void Keys_are_kept_for_seven_days_and_only_as_SHA_256()
    {
        Assert.Equal(TimeSpan.FromDays(7), SubmissionKey.KeptFor);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", SubmissionKey.Sha256("abc"));
        Assert.Equal(SubmissionKey.Sha256("api\nk1"), SubmissionKey.Of("api", "k1", A.Submission()).Hash);
    }
}
