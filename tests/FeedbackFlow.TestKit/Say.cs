using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.TestKit;

/// <summary>Submissions as a door would read them.</summary>
public static class Say
{
    public const string Complaint = "שמונה ימים אני מחכה ואף אחד לא חזר אליי 😡";

    /// <summary>One star with words and both contacts: task, alert and apology.</summary>
    public static Submission Angry(int customer = 1, string text = Complaint) =>
        new("form", "stars", 1, text, false, "נועה " + customer, $"noa{customer}@customers.example", Phone(customer), null);

    /// <summary>Neither good nor bad, but somebody waits for an answer.</summary>
    public static Submission Question(int customer = 1, string text = "When will somebody come?") => Angry(customer, text) with { Scale = null, Score = null };

    /// <summary>One star from nobody we know.</summary>
    public static Submission Nameless(string text = Complaint) => new("form", "stars", 1, text, false, null, null, null, null);

    public static string Phone(int customer) => "+97254" + customer.ToString("D7", System.Globalization.CultureInfo.InvariantCulture);
}
