using System.Globalization;
using FeedbackFlow.App.Cli;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Manage;

/// <summary>From the posted settings to a change of the business, or to what is wrong with them.</summary>
internal static class SettingsInput
{
    /// <summary>A month of working days; whoever promises more promises nothing.</summary>
    private const int LongestPromise = 13_200;
    private const int MostClosedDays = 400;

    public static SettingsValues Of(Business business) => new(
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day, day => WeekText.WriteDay(business.Week.Hours, day)),
        business.Week.JewishHolidays, business.Week.ClosesOnTishaBAv, string.Join('\n', business.Week.ClosedDays.Order().Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        business.RestsBy, business.City, PromisePresets.Of(business.Policy), Number(business.Policy.CriticalMinutes), Number(business.Policy.HighMinutes), Number(business.Policy.NormalMinutes));

    public static SettingsValues Of(IFormCollection form, Business business) => new(
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day, day => Text(form, SettingsFields.Day(day))),
        Text(form, SettingsFields.Holidays) == "yes", Text(form, SettingsFields.TishaBAv) == "yes", Text(form, SettingsFields.ClosedDays),
        Enum.GetValues<RestMode>().Cast<RestMode?>().FirstOrDefault(mode => Words.Kebab(mode!.Value.ToString()) == Text(form, SettingsFields.Rest)) ?? business.RestsBy,
        Cities.IsKnown(Text(form, SettingsFields.City)) ? Text(form, SettingsFields.City) : business.City,
        Text(form, SettingsFields.Promise), Text(form, SettingsFields.Critical), Text(form, SettingsFields.High), Text(form, SettingsFields.Normal));

    /// <summary>Null and at least one error, or the change.</summary>
    public static (Func<Business, BusinessChange>? Change, IReadOnlyList<FieldError> Errors) ChangeOf(SettingsValues values, Words words)
    {
        var errors = new List<FieldError>();
        var hours = new List<OpenHours>();
        foreach (var (day, text) in values.Days)
        {
            var read = WeekText.ReadDay(day, text);
            if (read is null || (read.Count > 0 && new WorkingWeek(read, false, []).Check().Count > 0)) errors.Add(new(SettingsFields.Day(day), words["settings.error.day"]));
            else hours.AddRange(read);
        }

        if (hours.Count == 0 && errors.Count == 0) errors.Add(new(SettingsFields.Day(DayOfWeek.Sunday), words["settings.error.never-open"]));
        var closed = Dates(values.ClosedDays);
        if (closed is null) errors.Add(new(SettingsFields.ClosedDays, words["settings.error.closed-days"]));
        var (critical, high, normal) = (Minutes(values.Critical), Minutes(values.High), Minutes(values.Normal));
        if (values.Promise == PromisePresets.Own)
        {
            foreach (var (field, minutes) in new[] { (SettingsFields.Critical, critical), (SettingsFields.High, high), (SettingsFields.Normal, normal) })
                if (minutes is null) errors.Add(new(field, words["settings.error.minutes"]));
        }

        if (errors.Count > 0) return (null, errors);
        var week = new WorkingWeek(hours, values.Holidays, closed!) { ClosesOnTishaBAv = values.TishaBAv };
        return (business => BusinessChange.To(business with { Week = week, Rest = values.Rest, City = values.City, Policy = PolicyOf(business.Policy) }), []);

        Policy PolicyOf(Policy before) => values.Promise switch
        {
            PromisePresets.Statutory => Policy.Statutory with { AlertThreshold = before.AlertThreshold, ApologyThreshold = before.ApologyThreshold },
            PromisePresets.Own => before with { CallBackRule = false, CriticalMinutes = critical!.Value, HighMinutes = high!.Value, NormalMinutes = normal!.Value },
            _ => Policy.Default with { AlertThreshold = before.AlertThreshold, ApologyThreshold = before.ApologyThreshold },
        };
    }

    public static (Func<Person, Person>? Change, string? Error) AwayOf(IFormCollection form, Business business, Words words)
    {
        var (from, until) = (Text(form, SettingsFields.From), Text(form, SettingsFields.Until));
        if (WallTime.At(from, endOfDay: false, business) is not { } first || WallTime.At(until, endOfDay: true, business) is not { } last || last <= first) return (null, words["settings.error.away"]);
        var absence = new Absence(first.ToUniversalTime(), last.ToUniversalTime());
        return (person => person.Away.Contains(absence) ? person : person with { Away = [.. person.Away, absence] }, null);
    }

    public static (Func<Person, Person>? Change, string? Error) DutyOf(IFormCollection form, Words words)
    {
        var hours = WeekText.Read(Text(form, SettingsFields.Duty));
        if (hours is null || (hours.Count > 0 && new WorkingWeek(hours, false, []).Check().Count > 0)) return (null, words["settings.error.duty"]);
        return (person => person with { Duty = hours }, null);
    }

    public static (Func<Person, Person>? Change, string? Error) DigestOf(IFormCollection form, Words words) =>
        Enum.GetValues<DigestWish>().Cast<DigestWish?>().FirstOrDefault(wish => Words.Kebab(wish!.Value.ToString()) == Text(form, SettingsFields.Digest)) is { } chosen
            ? (person => person with { Digest = chosen }, null)
            : (null, words["settings.error.digest"]);

    private static IReadOnlyList<DateOnly>? Dates(string text)
    {
        var days = new List<DateOnly>();
        foreach (var word in text.Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
            days.Add(day);
        }

        return days.Count <= MostClosedDays ? [.. days.Distinct().Order()] : null;
    }

    private static int? Minutes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= LongestPromise ? minutes : null;

    private static string Text(IFormCollection form, string field) => form[field].ToString().Trim();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
