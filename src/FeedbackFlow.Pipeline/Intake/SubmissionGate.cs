using System.Globalization;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>Checks a submission and normalises what is kept of it. Every problem is reported at once.</summary>
public static class SubmissionGate
{
    public const int LongestText = 10_000;
    public const int LongestName = 200;

    /// <summary>Either a checked submission and no problems, or null and at least one.</summary>
    public static (CheckedSubmission? Submission, IReadOnlyList<FieldProblem> Problems) Check(Submission submission)
    {
        var problems = new List<FieldProblem>();
        var channel = ChannelOf(submission.Channel, problems);
        var rating = RatingOf(submission.Scale, submission.Score, problems);
        var text = string.IsNullOrWhiteSpace(submission.Text) ? null : PlainText.WellFormed(submission.Text);
        if (text?.Length > LongestText) problems.Add(new("text", ProblemKind.TooLong, $"at most {LongestText} characters"));
        if (submission is { Scale: null, Score: null, WantsCall: false } && text is null)
            problems.Add(new("text", ProblemKind.Required, "a rating or a text"));
        var contact = ContactOf(submission.Name, submission.Email, submission.Phone, problems);
        var job = JobOf(submission.JobId, problems);
        return problems.Count > 0 ? (null, problems) : (new(channel, rating, text, submission.WantsCall, contact, job) { Branch = submission.Branch }, problems);
    }

    /// <summary>The contact normalised; fields with problems are left out of it.</summary>
    public static (Contact Contact, IReadOnlyList<FieldProblem> Problems) CheckContact(string? name, string? email, string? phone)
    {
        var problems = new List<FieldProblem>();
        return (ContactOf(name, email, phone, problems), problems);
    }

    private static Channel ChannelOf(string? channel, List<FieldProblem> problems)
    {
        switch (channel)
        {
            case null or "form": return Channel.Form;
            case "review": return Channel.Review;
            case "phone": return Channel.Phone;
            case "mail": return Channel.Mail;
            case "letter": return Channel.Letter;
            default:
                problems.Add(new("channel", ProblemKind.NotOneOf, "form, review, phone, mail, letter"));
                return Channel.Form;
        }
    }

    private static Rating? RatingOf(string? scale, int? score, List<FieldProblem> problems)
    {
        if (scale is null && score is null) return null;
        RatingScale? known = scale switch { "nps" => RatingScale.Nps, "csat" => RatingScale.Csat, "stars" => RatingScale.Stars, _ => null };
        if (known is not { } found)
        {
            problems.Add(new("rating.scale", scale is null ? ProblemKind.Required : ProblemKind.NotOneOf, "nps, csat, stars"));
            return null;
        }

        var (lowest, highest) = (Rating.Lowest(found), Rating.Highest(found));
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from {lowest} to {highest}");
        if (score is not { } value) problems.Add(new("rating.value", ProblemKind.Required, allowed));
        else if (value < lowest || value > highest) problems.Add(new("rating.value", ProblemKind.OutOfRange, allowed));
        else return new Rating(found, value);
        return null;
    }

    private static Contact ContactOf(string? givenName, string? givenEmail, string? givenPhone, List<FieldProblem> problems)
    {
        var name = string.IsNullOrWhiteSpace(givenName) ? null : PlainText.OneLine(givenName);
        if (name?.Length > LongestName) problems.Add(new("customer.name", ProblemKind.TooLong, $"at most {LongestName} characters"));
        string? email = null, phone = null;
        if (!string.IsNullOrWhiteSpace(givenEmail) && (email = EmailAddress.Normalise(givenEmail)) is null)
            problems.Add(new("customer.email", ProblemKind.NotAnEmail, "one address such as name@example.com"));
        if (!string.IsNullOrWhiteSpace(givenPhone) && (phone = PhoneNumber.Normalise(givenPhone)) is null)
            problems.Add(new("customer.phone", ProblemKind.NotAPhone, "a number such as 054-123-4567 or +972 54 123 4567"));
        return new(string.IsNullOrEmpty(name) ? null : name, email, phone);
    }

    private static JobId? JobOf(string? job, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(job)) return null;
        if (NewId.IsWellFormed(job)) return new JobId(job);
        problems.Add(new("jobId", ProblemKind.NotOneOf, "an id given by POST /api/jobs"));
        return null;
    }
}
