using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Cli;

/// <summary><c>business add</c> and <c>business list</c>.</summary>
internal static class BusinessCommand
{
    private const string IsraeliZone = "Asia/Jerusalem";
    private const int PageSize = 100;

    public static Command Make(string[] settings) => new("business", "Add a business, say when it works and rests, or list them.") { Add(settings), Set(settings), List(settings) };

    private static Command Add(string[] settings)
    {
        var slug = Checked.SlugOf("Its name in addresses: lower case letters, digits and hyphens. It cannot be changed later.");
        var name = Checked.Words("--name", "What customers call it.", "NAME");
        var language = Checked.OneOf("--language", "Language of its pages, and of letters to people whose language is not known.", true, "he", "en");
        var zone = Checked.Zone("--zone");
        var phone = Checked.Phone("--phone", "Where a customer reaches a person.");
        var replyTo = Checked.Email("--reply-to", "Mailbox that people read: replies to letters go there.", required: false);
        var review = Checked.HttpsUrl("--review-url", "Where everyone is invited to review in public, whatever the score.");
        var command = new Command("add", "Add a business. Hours are the Israeli week for --language he or the zone Asia/Jerusalem, else Monday to Friday 09:00-17:00.")
        {
            slug, name, language, zone, phone, replyTo, review, StoreOptions.Data,
        };
        command.SetAction(async parsed =>
        {
            var (speaks, where) = (parsed.GetRequiredValue(language), parsed.GetRequiredValue(zone));
            var business = new Business(
                parsed.GetRequiredValue(slug), PlainText.OneLine(parsed.GetRequiredValue(name)), speaks, where,
                speaks == "he" || where == IsraeliZone ? WorkingWeek.Israeli : WorkingWeek.International, Policy.Default,
                parsed.GetValue(phone) is { } number ? PhoneNumber.Normalise(number) : null,
                parsed.GetValue(replyTo) is { } mailbox ? EmailAddress.Normalise(mailbox) : null,
                parsed.GetValue(review), [], [], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), MachineClock.Instance.GetUtcNow());
            await using var store = OpenedStore.ExistingOrNew(parsed, settings);
            if ((await store.Businesses.AddAsync(business)).Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"Added the business {business.Slug}. It takes feedback once somebody works there: person add {business.Slug} --name NAME --email ADDRESS --role manager");
            return Say.Ok;
        });
        return command;
    }

    private static Command Set(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var hours = HoursOptions.Hours();
        var holidays = Checked.OneOf("--holidays", "Closed on Jewish holidays, short on their eves.", false, "yes", "no");
        var fast = Checked.OneOf("--tisha-bav", "Closed on the ninth of Av too.", false, "yes", "no");
        var closed = Checked.Option("--closed", "All own closing days, in the place of those before; 'none' for none.", "DAYS", false, HoursOptions.FixDays);
        var promise = Checked.Option("--promise", "One business hour for what cannot wait; the Israeli three-hour call-back rule; or minutes for critical, high and normal.", "hour|statutory|C,H,N", false, HoursOptions.FixPromise);
        var miss = Checked.Option("--miss-costs", "How many false alarms you would rather look at than miss one leaving customer: sets from what confidence on a task opens.", "NUMBER", false, HoursOptions.FixMiss);
        var rest = Checked.OneOf("--rest", "On Shabbat and holidays: everything waits, customers get a confirmation only, or nothing changes.", false, "hold", "soften", "off");
        var city = HoursOptions.City();
        var command = new Command("set", "Change when it works, rests, and what it promises. Times that were told already stay.") { slug, hours, holidays, fast, closed, promise, miss, rest, city, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business => BusinessChange.To(business with
            {
                Week = new WorkingWeek(
                    parsed.GetValue(hours) is { } week ? WeekText.Read(week)! : business.Week.Hours,
                    parsed.GetValue(holidays) is { } keeps ? keeps == "yes" : business.Week.JewishHolidays,
                    parsed.GetValue(closed) is { } days ? HoursOptions.Days(days)! : business.Week.ClosedDays)
                {
                    ClosesOnTishaBAv = parsed.GetValue(fast) is { } fasts ? fasts == "yes" : business.Week.ClosesOnTishaBAv,
                },
                Policy = WithAlerts(parsed.GetValue(miss), parsed.GetValue(promise) is { } preset ? HoursOptions.PolicyOf(preset, business.Policy)! : business.Policy),
                Rest = HoursOptions.RestOf(parsed.GetValue(rest)) ?? business.Rest,
                City = parsed.GetValue(city) ?? business.City,
            }));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            var after = changed.After!;
            Console.WriteLine($"{after.Slug}\t{WeekText.Write(after.Week.Hours)}\tholidays {(after.Week.JewishHolidays ? "closed" : "open")}\trest {Words.Kebab(after.RestsBy.ToString())} by {after.City}\tpromise {Pages.Manage.PromisePresets.Of(after.Policy)}\talerts from {after.Policy.AlertThreshold.ToString("0.00", CultureInfo.InvariantCulture)}");
            return Say.Ok;
        });
        return command;
    }

    private static Policy WithAlerts(string? glances, Policy policy) =>
        HoursOptions.MissOf(glances) is { } cost ? policy with { AlertThreshold = Policy.AlertThresholdFor(cost) } : policy;

    private static Command List(string[] settings)
    {
        var command = new Command("list", "List the businesses with their people and the labels of their keys.") { StoreOptions.Data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            string? next = null;
            do
            {
                var page = await store.Lists.BusinessesAsync(PageSize, next, ct);
                foreach (var slug in page.Items)
                {
                    if (await store.Lookups.BusinessAsync(slug, ct) is { } business) Write(business.Value);
                }

                next = page.Next;
            }
            while (next is not null);
            return Say.Ok;
        });
        return command;
    }

    private static void Write(Business business)
    {
        Console.WriteLine($"{business.Slug}\t{business.Name}\t{business.Language}\t{business.Zone}");
        foreach (var person in business.People) Console.WriteLine($"  {person.Role.ToString().ToLowerInvariant()}\t{person.Name}\t{person.Email}{Away(person, business)}");
        foreach (var key in business.Keys) Console.WriteLine($"  key\t{key.Label}\tsince {WallTime.Say(key.CreatedAt, business)}");
    }

    private static string Away(Person person, Business business)
    {
        var now = MachineClock.Instance.GetUtcNow();
        var absences = person.Away.Where(absence => absence.Until > now).Select(absence => $"{WallTime.Say(absence.From, business)} to {WallTime.Say(absence.Until, business)}");
        return string.Join("", absences.Select(absence => "\taway " + absence));
    }
}
