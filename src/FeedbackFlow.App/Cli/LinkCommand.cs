using System.CommandLine;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Cli;

/// <summary><c>link add</c>.</summary>
internal static class LinkCommand
{
    public static Command Make(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var label = Checked.Words("--label", "Where it hangs: a magnet, a van, a branch. Tasks tell it.", "LABEL");
        var branch = Checked.Option("--branch", "The branch where it hangs: its hours and people answer.", "BRANCH", false, text => Hosting.Slug.IsWellFormed(text) ? null : "Write the branch's id, such as 'haifa'.");
        var add = new Command("add", "Make a feedback form for one place. Its address never ends and is printed once; each call makes another.") { slug, label, branch, ServeOptions.PublicUrl, StoreOptions.Data };
        add.SetAction(async (parsed, ct) =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var places = store.Places(parsed, settings);
            var name = parsed.GetRequiredValue(slug);
            if (await store.Lookups.BusinessAsync(name, ct) is not { } business) return Say.No($"There is no business '{name}'. Make it with 'business add'.");
            var place = parsed.GetValue(branch);
            if (place is not null && business.Value.Branches.All(known => known.Id != place)) return Say.No($"{name} has no branch '{place}'. Make it with 'branch add'.");
            var address = await places.RunAsync(business.Value, PlainText.OneLine(parsed.GetRequiredValue(label)), place);
            Say.Secret("address", address.ToString());
            return Say.Ok;
        });
        return new("link", "Make addresses of feedback forms.") { add };
    }
}
