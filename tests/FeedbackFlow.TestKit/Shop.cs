using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.TestKit;

/// <summary>A business with a manager, a backup and an owner, and a Sunday morning on which its stories begin.</summary>
public static class Shop
{
    public const string Slug = "shop";

    /// <summary>Sunday, 9:00 in Jerusalem; no holiday within three weeks.</summary>
    public static readonly DateTimeOffset SundayMorning = new(2026, 2, 1, 7, 0, 0, TimeSpan.Zero);

    public static readonly Person Manager = Someone(1, "דנה מנהלת", PersonRole.Manager);
    public static readonly Person Backup = Someone(2, "גיא גיבוי", PersonRole.Backup);
    public static readonly Person Owner = Someone(3, "רות בעלים", PersonRole.Owner);

    public static Business Make(string slug = Slug) => new(
        slug, "מזגני השכונה", "he", "Asia/Jerusalem", WorkingWeek.Israeli, Policy.Default, "+97231234567", $"service@{slug}.example", null,
        [Manager, Backup, Owner], [], Convert.ToBase64String(new byte[32]), SundayMorning);

    public static Person Someone(int number, string name, PersonRole role) =>
        new(new PersonId(number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture)), name, $"person{number}@shop.example", null, role, "he", []);
}
