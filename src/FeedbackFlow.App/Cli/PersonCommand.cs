using System.CommandLine;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Cli;

/// <summary><c>person add</c>, <c>person away</c>, <c>person duty</c>, <c>person digest</c>, <c>person reach</c> and <c>person quiet</c>.</summary>
internal static class PersonCommand
{
    public static Command Make(string[] settings) => new("person", "Say who works in a business, when somebody is away, and how alerts come.")
    {
        Add(settings), GoesAway(settings), OnDuty(settings), ReadsDigest(settings), ReachCommand.Reach(settings), ReachCommand.Quiet(settings),
    };

    private static Command Add(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var name = Checked.Words("--name", "As customers will read it: who calls them.", "NAME");
        var email = Checked.Email("--email", "Where alerts go, and what signs in.", required: true);
        var phone = Checked.Phone("--phone", "The number that customers will see.");
        var role = Checked.OneOf("--role", "A manager gets the tasks; a backup when no manager is there; the owner when nobody else is. Backups and owner are told when a promise is late.", true, "manager", "backup", "owner");
        var language = Checked.OneOf("--language", "Language of letters and pages for this person. Default: the business's.", false, "he", "en");
        var branch = Checked.Option("--branch", "The branch this person works in. Default: all of them.", "BRANCH", false, text => Hosting.Slug.IsWellFormed(text) ? null : "Write the branch's id, such as 'haifa'.");
        var command = new Command("add", "Add somebody to a business.") { slug, name, email, phone, role, language, branch, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var address = EmailAddress.Normalise(parsed.GetRequiredValue(email))!;
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                if (business.Find(address) is { } known) return BusinessChange.No($"{address} is {known.Name} already. Nothing was changed.");
                if (parsed.GetValue(branch) is { } place && business.Branches.All(known => known.Id != place)) return BusinessChange.No($"{business.Slug} has no branch '{place}'. Make it with 'branch add'.");
                var person = new Person(
                    NewId.At<PersonId>(MachineClock.Instance.GetUtcNow()), PlainText.OneLine(parsed.GetRequiredValue(name)), address,
                    parsed.GetValue(phone) is { } number ? PhoneNumber.Normalise(number) : null, RoleOf(parsed.GetRequiredValue(role)), parsed.GetValue(language) ?? business.Language, [])
                {
                    Branch = parsed.GetValue(branch),
                };
                return BusinessChange.To(business with { People = [.. business.People, person] });
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"Added {address} to {changed.After!.Slug}.");
            return Say.Ok;
        });
        return command;
    }

    private static Command GoesAway(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var email = Checked.Email("--email", "Who is away.", required: true);
        var from = Checked.Option("--from", "First day, or the time it begins, by the clock of the business.", "DAY[THH:MM]", true, text => WallTime.IsOne(text) ? null : WallTime.Form);
        var until = Checked.Option("--until", "Last day, or the time it ends.", "DAY[THH:MM]", true, text => WallTime.IsOne(text) ? null : WallTime.Form);
        var command = new Command("away", "Say when somebody gets no tasks: their deadlines in that time go to others. Tasks that are open and due then go to whoever is on duty.") { slug, email, from, until, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var address = EmailAddress.Normalise(parsed.GetRequiredValue(email))!;
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                if (business.Find(address) is not { } person) return BusinessChange.No($"Nobody in {business.Slug} has the address {address}. 'business list' shows who is there.");
                var absence = new Absence(
                    WallTime.At(parsed.GetRequiredValue(from), endOfDay: false, business)!.Value.ToUniversalTime(),
                    WallTime.At(parsed.GetRequiredValue(until), endOfDay: true, business)!.Value.ToUniversalTime());
                if (absence.Until <= absence.From) return BusinessChange.No("--until lies before --from. Nothing was changed.");
                if (person.Away.Contains(absence)) return BusinessChange.No($"{person.Name} is away then already. Nothing was changed.");
                return BusinessChange.To(business.With(person.Id, known => known with { Away = [.. known.Away, absence] }));
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            var added = changed.After!.Find(address)!.Away[^1];
            Console.WriteLine($"{address} is away from {WallTime.Say(added.From, changed.After)} to {WallTime.Say(added.Until, changed.After)}.");
            return Say.Ok;
        });
        return command;
    }

    private static Command OnDuty(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var email = Checked.Email("--email", "Whose duty it is.", required: true);
        var hours = Checked.Option("--hours", "When this person gets tasks, such as 'sun-thu 08:00-13:00'; 'always' for no rota.", "WEEK", true, text => text == "always" ? null : HoursOptions.FixWeek(text));
        var command = new Command("duty", "Say in which hours of the week somebody is on duty. Open tasks go to whoever is on duty at their deadline.") { slug, email, hours, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (address, week) = (EmailAddress.Normalise(parsed.GetRequiredValue(email))!, parsed.GetRequiredValue(hours));
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                if (business.Find(address) is not { } person) return BusinessChange.No($"Nobody in {business.Slug} has the address {address}. 'business list' shows who is there.");
                return BusinessChange.To(business.With(person.Id, known => known with { Duty = week == "always" ? [] : Pipeline.Recovery.BusinessHours.WeekText.Read(week)! }));
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"{address} is on duty {(week == "always" ? "always" : week)}.");
            return Say.Ok;
        });
        return command;
    }

    private static Command ReadsDigest(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var email = Checked.Email("--email", "Who reads it.", required: true);
        var often = Checked.OneOf("--often", "daily: at the opening of each working day, on the first of a week with the week before; weekly: the week alone; none. The owner reads it daily unless something else was said.", true, "daily", "weekly", "none");
        var command = new Command("digest", "Say how often somebody gets a letter on how the business stands.") { slug, email, often, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (address, wish) = (EmailAddress.Normalise(parsed.GetRequiredValue(email))!, Enum.Parse<DigestWish>(parsed.GetRequiredValue(often), ignoreCase: true));
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                if (business.Find(address) is not { } person) return BusinessChange.No($"Nobody in {business.Slug} has the address {address}. 'business list' shows who is there.");
                return BusinessChange.To(business.With(person.Id, known => known with { Digest = wish }));
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine(wish == DigestWish.None ? $"{address} gets no digest." : $"{address} gets a digest: {parsed.GetRequiredValue(often)}.");
            return Say.Ok;
        });
        return command;
    }

    private static PersonRole RoleOf(string role) => role switch
    {
        "manager" => PersonRole.Manager,
        "backup" => PersonRole.Backup,
        "owner" => PersonRole.Owner,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
