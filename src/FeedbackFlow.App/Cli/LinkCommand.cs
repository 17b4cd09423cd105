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
        var add = new Command("add", "Make a feedback form for one place. Its address never ends and is printed once; each call makes another.") { slug, label, ServeOptions.PublicUrl, StoreOptions.Data };
        add.SetAction(async (parsed, ct) =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var places = store.Places(parsed, settings);
            var name = parsed.GetRequiredValue(slug);
            if (await store.Lookups.BusinessAsync(name, ct) is not { } business) return Say.No($"There is no business '{name}'. Make it with 'business add'.");
            var address = await places.RunAsync(business.Value, PlainText.OneLine(parsed.GetRequiredValue(label)));
            Say.Secret("address", address.ToString());
            return Say.Ok;
        });
        return new("link", "Make addresses of feedback forms.") { add };
    }
}
