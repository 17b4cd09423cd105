using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Manage;

/// <summary>Names of the fields of the settings page.</summary>
public static class SettingsFields
{
    public const string Holidays = "holidays";
    public const string TishaBAv = "tisha-b-av";
    public const string ClosedDays = "closed-days";
    public const string Rest = "rest";
    public const string City = "city";
    public const string Promise = "promise";
    public const string Critical = "critical";
    public const string High = "high";
    public const string Normal = "normal";
    public const string Person = "person";
    public const string From = "from";
    public const string Until = "until";
    public const string Duty = "duty";
    public const string Digest = "digest";

    public static string Day(DayOfWeek day) => "day-" + Words.Kebab(day.ToString());
}

/// <summary>The three ways to promise a time.</summary>
public static class PromisePresets
{
    public const string Hour = "hour";
    public const string Statutory = "statutory";
    public const string Own = "own";

    public static string Of(Policy policy) =>
        policy.CallBackRule ? Statutory
        : policy with { AlertThreshold = Policy.Default.AlertThreshold, ApologyThreshold = Policy.Default.ApologyThreshold } == Policy.Default ? Hour : Own;
}

/// <summary>What stands in the fields: as stored, or as it was typed when something was wrong with it.</summary>
public sealed record SettingsValues(
    IReadOnlyDictionary<DayOfWeek, string> Days, bool Holidays, bool TishaBAv, string ClosedDays, RestMode Rest, string City, string Promise, string Critical, string High, string Normal);

/// <param name="MayChange">The business owner decides; everybody else sees what was decided.</param>
public sealed record SettingsModel(
    PageFrame Frame, ManageNav Nav, Business Business, SettingsValues Values, bool MayChange, IReadOnlyList<FieldError> Errors, string? Notice, DateTimeOffset Now)
{
    /// <summary>Who reads this page: everybody chooses their own letters.</summary>
    public PersonId? Reader { get; init; }

    public bool MayChangeLettersOf(Person person) => MayChange || person.Id == Reader;
}
