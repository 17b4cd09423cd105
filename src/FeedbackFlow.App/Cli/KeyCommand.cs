using System.CommandLine;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Cli;

/// <summary><c>key add</c> and <c>key remove</c>.</summary>
internal static class KeyCommand
{
    public static Command Make(string[] settings) => new("key", "Make or end a key of the feedback API. 'business list' shows their labels.") { Add(settings), Remove(settings) };

    private static Command Add(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var label = Checked.Words("--label", "Which system will use it.", "LABEL");
        var command = new Command("add", "Make a key of the feedback API. It is printed once.") { slug, label, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (business, name) = (parsed.GetRequiredValue(slug), PlainText.OneLine(parsed.GetRequiredValue(label)));
            var key = Token.New(business);
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(business, before => before.Keys.Any(known => known.Label == name)
                ? BusinessChange.No($"{business} has a key '{name}' already. Nothing was changed. Choose another label, or end the old key with 'key remove'.")
                : BusinessChange.To(before with { Keys = [.. before.Keys, new(Token.Hash(key), name, MachineClock.Instance.GetUtcNow())] }));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Say.Secret("key", key);
            return Say.Ok;
        });
        return command;
    }

    private static Command Remove(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var label = Checked.Words("--label", "Label of the key.", "LABEL");
        var command = new Command("remove", "End a key: the next request with it is refused.") { slug, label, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (business, name) = (parsed.GetRequiredValue(slug), PlainText.OneLine(parsed.GetRequiredValue(label)));
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(business, before => before.Keys.All(known => known.Label != name)
                ? BusinessChange.No($"{business} has no key '{name}'. 'business list' shows the labels.")
                : BusinessChange.To(before with { Keys = [.. before.Keys.Where(known => known.Label != name)] }));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"The key '{name}' of {business} is ended.");
            return Say.Ok;
        });
        return command;
    }
}
