using System.CommandLine;
using FeedbackFlow.App.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Cli;

/// <summary><c>person reach</c> and <c>person quiet</c>: by which ways somebody is told of tasks, in which order, and when not.</summary>
internal static class ReachCommand
{
    private static readonly string Names = string.Join(", ", WayInput.Kinds.Select(WayInput.NameOf));

    public static Command Reach(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var email = Checked.Email("--email", "Whose alerts.", required: true);
        var by = Checked.Option("--by", $"The ways in their order, such as 'slack,sms,mail'; of {Names}. Mail comes last where it is not named; ways that are not named are forgotten.", "WAYS", true, FixWays);
        var quietToo = Checked.Option("--in-quiet-hours", "Those of them that may be used in quiet hours, such as 'sms'. Default: none.", "WAYS", false, FixWays);
        var addresses = WayInput.Kinds.Where(kind => kind != WayKind.Mail).ToDictionary(kind => kind, AddressOf);
        var command = new Command("reach", "Say by which ways alerts reach somebody: the next one follows where one fails. Addresses of webhooks are secrets and are not shown again.")
        {
            slug, email, by, quietToo, StoreOptions.Data,
        };
        foreach (var option in addresses.Values) command.Add(option);
        command.SetAction(async parsed =>
        {
            var (address, kinds, marked) = (EmailAddress.Normalise(parsed.GetRequiredValue(email))!, KindsOf(parsed.GetRequiredValue(by)), KindsOf(parsed.GetValue(quietToo) ?? ""));
            if (marked.Except(kinds).ToList() is [var odd, ..]) return Say.No($"--in-quiet-hours names {WayInput.NameOf(odd)}, which is not in --by. Nothing was changed.");
            if (addresses.Keys.Except(kinds).FirstOrDefault(kind => parsed.GetValue(addresses[kind]) is not null) is var stray and not WayKind.Mail)
                return Say.No($"--{WayInput.NameOf(stray)} has an address, and {WayInput.NameOf(stray)} is not in --by. Nothing was changed.");
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business =>
            {
                if (business.Find(address) is not { } person) return BusinessChange.No($"Nobody in {business.Slug} has the address {address}. 'business list' shows who is there.");
                var ways = new List<Way>();
                foreach (var kind in kinds)
                {
                    var given = kind == WayKind.Mail ? "" : parsed.GetValue(addresses[kind]) ?? person.Ways.FirstOrDefault(way => way.Kind == kind)?.Address;
                    if (given is null) return BusinessChange.No($"{WayInput.NameOf(kind)} has no address yet. Give it with --{WayInput.NameOf(kind)}.");
                    ways.Add(new(kind, kind == WayKind.Mail ? "" : WayInput.Read(kind, given, false, thisMachineToo: true).Way?.Address ?? given, marked.Contains(kind)));
                }

                return BusinessChange.To(business.With(person.Id, known => known with { Ways = ways }));
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            foreach (var way in changed.After!.Find(address)!.WaysInOrder) Console.WriteLine($"{WayInput.NameOf(way.Kind)} {way.Masked}{(way.InQuietHours ? " (in quiet hours too)" : "")}".TrimEnd());
            return Say.Ok;
        });
        return command;
    }

    public static Command Quiet(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var email = Checked.Email("--email", "Whose quiet hours.", required: true);
        var hours = Checked.Option("--hours", "Such as '21:00-07:00', by the clock of the business, at most 16 hours; 'never' for none.", "FROM-UNTIL", true,
            text => text == "never" || QuietHours.Read(text) is not null ? null : "Write two different times such as 21:00-07:00, at most 16 hours, or never.");
        var command = new Command("quiet", "Say when somebody is not to be disturbed. What cannot wait goes to somebody else on duty, in the end to the business owner all the same.") { slug, email, hours, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (address, quiet) = (EmailAddress.Normalise(parsed.GetRequiredValue(email))!, QuietHours.Read(parsed.GetRequiredValue(hours)));
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(parsed.GetRequiredValue(slug), business => business.Find(address) is { } person
                ? BusinessChange.To(business.With(person.Id, known => known with { Quiet = quiet }))
                : BusinessChange.No($"Nobody in {business.Slug} has the address {address}. 'business list' shows who is there."));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine(quiet is null ? $"{address} has no quiet hours." : $"{address} has quiet hours {quiet.Written}.");
            return Say.Ok;
        });
        return command;
    }

    private static Option<string> AddressOf(WayKind kind)
    {
        var name = "--" + WayInput.NameOf(kind);
        return kind is WayKind.Sms or WayKind.WhatsApp
            ? Checked.Option(name, $"The number for {kind}, with its country.", "NUMBER", false, text => Fix(kind, text))
            : Checked.Secret(name, $"The address for {kind}; a secret.", "URL", text => Fix(kind, text));
    }

    private static string? Fix(WayKind kind, string text) => WayInput.Read(kind, text, false, thisMachineToo: false).Problem is not { } problem ? null : problem switch
    {
        WayProblem.NotHttps => "Write the whole address, beginning with https://, without a user and without #.",
        WayProblem.NotInternational => "Write the number with its country, such as +442079460000.",
        WayProblem.NoTopic => "Write an address that ends with the topic: letters, digits, - and _, at most 64.",
        WayProblem.Private => "It leads into a private network or to this machine: write a public address.",
    };

    private static string? FixWays(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.All(name => WayInput.KindOf(name) is not null) && names.Distinct().Count() == names.Length ? null : $"Write each way once, separated by commas: {Names}.";
    }

    private static IReadOnlyList<WayKind> KindsOf(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => WayInput.KindOf(name)!.Value)];
}
