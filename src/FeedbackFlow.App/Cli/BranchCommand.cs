using System.CommandLine;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Cli;

/// <summary><c>branch add</c>: a place with hours, zone, city or phone of its own. Adding one that is there changes it.</summary>
internal static class BranchCommand
{
    public static Command Make(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var id = new Argument<string>("BRANCH") { Description = "Its id in submissions and links: lower case letters, digits and hyphens." };
        id.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Slug.IsWellFormed(result.Tokens[0].Value)) result.AddError($"BRANCH is '{result.Tokens[0].Value}'. Write 2 to 40 lower case letters, digits and hyphens, such as 'haifa'.");
        });
        var name = Checked.Words("--name", "What customers call the place.", "NAME");
        var hours = HoursOptions.Hours();
        var city = HoursOptions.City();
        var zone = Checked.Option("--zone", "IANA time zone, where it is another than the business's.", "ZONE", false, text => WorkingWeekCheck.CheckZone(text) is [var problem, ..] ? problem.Message : null);
        var phone = Checked.Phone("--phone", "Where a customer reaches a person of this place.");
        var add = new Command("add", "Add a branch, or change it. What is left out is as in the business.") { slug, id, name, hours, city, zone, phone, StoreOptions.Data };
        add.SetAction(async parsed =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                var branch = new Branch(
                    parsed.GetRequiredValue(id), PlainText.OneLine(parsed.GetRequiredValue(name)), parsed.GetValue(hours) is { } week ? business.Week with { Hours = WeekText.Read(week)! } : null,
                    parsed.GetValue(zone), parsed.GetValue(city), parsed.GetValue(phone) is { } number ? PhoneNumber.Normalise(number) : null);
                return BusinessChange.To(business with { Branches = [.. business.Branches.Where(other => other.Id != branch.Id), branch] });
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"{changed.After!.Slug} has the branch {parsed.GetRequiredValue(id)}. A form of its own: link add {changed.After.Slug} --label LABEL --branch {parsed.GetRequiredValue(id)}");
            return Say.Ok;
        });
        return new("branch", "Say which places a business has.") { add };
    }
}
