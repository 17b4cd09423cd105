using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class SubmissionGateTests
{
    private static readonly Submission Empty = new(null, null, null, null, false, null, null, null, null);

    [Fact]
    public void A_good_submission_is_normalised()
    {
        var job = A.Id<JobId>(3);
        var (kept, problems) = SubmissionGate.Check(new("review", "nps", 3, " לא חזרו אליי ", true, " נועה\tלוי ", " Noa@Example.com", "054-123 4567", job.Value));
        Assert.Empty(problems);
        Assert.Equal(new(Channel.Review, new(RatingScale.Nps, 3), " לא חזרו אליי ", true, new("נועה לוי", "noa@example.com", "+972541234567"), job), kept);
    }

    [Fact]
    public void Every_problem_is_reported_at_once_and_names_its_field()
    {
        var (kept, problems) = SubmissionGate.Check(
            new("pigeon", "stars", 6, new string('א', 10_001), false, new string('נ', 201), "noa", "12", "job 1"));
        Assert.Null(kept);
        Assert.Equal(
            [
                ("channel", ProblemKind.NotOneOf), ("rating.value", ProblemKind.OutOfRange), ("text", ProblemKind.TooLong), ("customer.name", ProblemKind.TooLong),
                ("customer.email", ProblemKind.NotAnEmail), ("customer.phone", ProblemKind.NotAPhone), ("jobId", ProblemKind.NotOneOf),
            ],
            problems.Select(problem => (problem.Field, problem.Kind)));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Allowed));
    }

    [Fact]
    public void Nothing_said_is_a_problem_of_the_text() => Assert.Equal([("text", ProblemKind.Required)], Problems(Empty));

    [Fact]
    public void Nothing_said_is_reported_together_with_other_problems() =>
        Assert.Equal([("channel", ProblemKind.NotOneOf), ("text", ProblemKind.Required)], Problems(Empty with { Channel = "pigeon" }));

    [Fact]
    public void A_rating_that_is_wrong_is_not_also_missed() =>
        Assert.Equal([("rating.value", ProblemKind.OutOfRange)], Problems(Empty with { Scale = "stars", Score = 0 }));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void Blank_words_are_no_words(string text)
    {
        Assert.Equal([("text", ProblemKind.Required)], Problems(Empty with { Text = text }));
        Assert.Null(Kept(Empty with { Text = text, WantsCall = true }).Text);
    }

    [Fact]
    public void A_score_or_words_or_a_request_to_call_is_enough()
    {
        Assert.Equal(5, Kept(Empty with { Scale = "csat", Score = 5 }).Rating!.Value);
        Assert.Equal("תודה", Kept(Empty with { Text = "תודה" }).Text);
        Assert.True(Kept(Empty with { WantsCall = true }).WantsCall);
    }

    [Theory]
    [InlineData(null, Channel.Form)]
    [InlineData("form", Channel.Form)]
    [InlineData("review", Channel.Review)]
    [InlineData("phone", Channel.Phone)]
    [InlineData("mail", Channel.Mail)]
    [InlineData("letter", Channel.Letter)]
    public void Channels_have_names(string? name, Channel channel) => Assert.Equal(channel, Kept(A.Submission() with { Channel = name }).Channel);

    [Theory]
    [InlineData("")]
    [InlineData("Form")]
    [InlineData("api")]
    public void Other_channels_are_refused(string name) => Assert.Equal([("channel", ProblemKind.NotOneOf)], Problems(A.Submission() with { Channel = name }));

    [Theory]
    [InlineData("nps", 0)]
    [InlineData("nps", 10)]
    [InlineData("csat", 1)]
    [InlineData("csat", 5)]
    [InlineData("stars", 1)]
    [InlineData("stars", 5)]
    public void Both_ends_of_a_scale_are_scores(string scale, int score) =>
        Assert.Equal(score, Kept(A.Submission() with { Scale = scale, Score = score }).Rating!.Value);

    [Theory]
    [InlineData("nps", -1, "a whole number from 0 to 10")]
    [InlineData("nps", 11, "a whole number from 0 to 10")]
    [InlineData("csat", 0, "a whole number from 1 to 5")]
    [InlineData("csat", 6, "a whole number from 1 to 5")]
    [InlineData("stars", 0, "a whole number from 1 to 5")]
    [InlineData("stars", int.MaxValue, "a whole number from 1 to 5")]
    public void Beyond_the_ends_it_says_what_is_allowed(string scale, int score, string allowed)
    {
        var problem = Assert.Single(SubmissionGate.Check(A.Submission() with { Scale = scale, Score = score }).Problems);
        Assert.Equal(new("rating.value", ProblemKind.OutOfRange, allowed), problem);
    }

    [Fact]
    public void A_rating_needs_both_its_scale_and_its_value()
    {
        Assert.Equal([("rating.scale", ProblemKind.Required)], Problems(A.Submission() with { Scale = null }));
        Assert.Equal([("rating.value", ProblemKind.Required)], Problems(A.Submission() with { Score = null }));
        Assert.Equal([("rating.scale", ProblemKind.NotOneOf)], Problems(A.Submission() with { Scale = "NPS" }));
    }

    [Fact]
    public void Ten_thousand_characters_are_taken_and_one_more_is_not()
    {
        Assert.Equal(10_000, Kept(A.Submission() with { Text = new string('א', 10_000) }).Text!.Length);
        Assert.Equal([("text", ProblemKind.TooLong)], Problems(A.Submission() with { Text = new string('א', 10_001) }));
    }

    [Fact]
    public void Words_are_kept_as_they_are_but_for_what_cannot_be_stored() =>
        Assert.Equal("  \u202eא\ufffd\n", Kept(A.Submission() with { Text = "  \u202eא\ud83d\n" }).Text);

    [Fact]
    public void A_name_of_200_characters_is_taken()
    {
        Assert.Equal(200, Kept(A.Submission() with { Name = new string('נ', 200) }).Contact.Name!.Length);
        Assert.Equal([("customer.name", ProblemKind.TooLong)], Problems(A.Submission() with { Name = new string('נ', 201) }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("\u202e")]
    public void A_name_without_anything_to_read_is_none(string? name) => Assert.Null(Kept(A.Submission() with { Name = name }).Contact.Name);

    [Fact]
    public void Blank_contacts_are_none_and_no_problem() =>
        Assert.Equal(Contact.None, Kept(A.Submission() with { Name = " ", Email = "", Phone = "\t" }).Contact);

    [Fact]
    public void A_job_that_is_no_id_is_refused_and_a_blank_one_is_none()
    {
        Assert.Null(Kept(A.Submission() with { JobId = " " }).Job);
        Assert.Equal([("jobId", ProblemKind.NotOneOf)], Problems(A.Submission() with { JobId = A.Id<JobId>(1).Value + "\n" }));
    }

    [Fact]
    public void A_contact_alone_is_checked_the_same_way_and_keeps_what_is_right()
    {
        var (contact, problems) = SubmissionGate.CheckContact("נועה", "noa", "054-123-4567");
        Assert.Equal(new("נועה", null, "+972541234567"), contact);
        Assert.Equal(["customer.email"], problems.Select(problem => problem.Field));
    }

    private static CheckedSubmission Kept(Submission submission)
    {
        var (kept, problems) = SubmissionGate.Check(submission);
        Assert.Empty(problems);
        return kept!;
    }

    private static IEnumerable<(string Field, ProblemKind Kind)> Problems(Submission submission)
    {
        var (kept, problems) = SubmissionGate.Check(submission);
        Assert.Null(kept);
        return problems.Select(problem => (problem.Field, problem.Kind));
    }
}
