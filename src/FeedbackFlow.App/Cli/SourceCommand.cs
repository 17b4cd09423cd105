using System.CommandLine;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;

namespace FeedbackFlow.App.Cli;

/// <summary><c>source add</c>, <c>source secret</c> and <c>source remove</c>; the pages under Sources do the same and more.</summary>
internal static class SourceCommand
{
    public static Command Make(string[] settings) =>
        new("source", "Connect a review site, form or system that sends feedback to /hooks/SLUG/NAME.") { Add(settings), Secret(settings), Remove(settings) };

    private static Command Add(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var format = Checked.OneOf("--format", "What sends.", true, [.. FormatTable.All.Select(known => known.Name)]);
        var name = Name("Name in its address; that of the format unless given.", required: false);
        var (given, kept) = (Given(), Kept());
        var command = new Command("add", "Connect a source. Its secret is printed once.") { slug, format, name, given, kept, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (business, kind, now) = (parsed.GetRequiredValue(slug), FormatTable.Find(parsed.GetRequiredValue(format))!, MachineClock.Instance.GetUtcNow());
            var called = parsed.GetValue(name) ?? kind.Name;
            if (SecretOf(kind, parsed.GetValue(given)) is not { } secret) return Say.Wrong($"--secret has not the right form for {kind.Brand}: {kind.Proof.WrongSecret(parsed.GetValue(given)!)}.");
            if (parsed.GetValue(kept) is not null && (parsed.GetValue(given) is not null || !kind.Proof.HasSecrets)) return Say.Wrong("--secret-setting stands alone, and only where the sender has a secret.");
            await using var store = OpenedStore.Existing(parsed, settings);
            var source = new Source(called, kind.Name, kind.Proof.HasSecrets ? [New(secret, now, parsed.GetValue(kept))] : [], now) { VerifyToken = new TokenProof().NewSecret() };
            var changed = await store.Businesses.RunAsync(business, before => before.FindSource(called) is not null
                ? BusinessChange.No($"{business} has a source '{called}' already. Nothing was changed. Choose another name, or change its secret with 'source secret'.")
                : BusinessChange.To(before with { Sources = [.. before.Sources, source] }));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"{kind.Brand} may deliver to /hooks/{business}/{called}");
            if (parsed.GetValue(kept) is { } named) Console.WriteLine($"Its secret is read from the setting WebhookSecrets:{named} (environment variable WebhookSecrets__{named}).");
            else if (!kind.Proof.HasSecrets) Console.WriteLine("Which pushes are accepted is set on its page under Sources.");
            else if (parsed.GetValue(given) is null) Say.SharedSecret(secret);
            return Say.Ok;
        });
        return command;
    }

    private static Command Secret(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var name = Name("Name of the source.", required: true);
        var (given, kept) = (Given(), Kept());
        var command = new Command("secret", "Change a source's secret. The old one works for 48 more hours.") { slug, name, given, kept, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (business, called, now) = (parsed.GetRequiredValue(slug), parsed.GetRequiredValue(name), MachineClock.Instance.GetUtcNow());
            await using var store = OpenedStore.Existing(parsed, settings);
            string? made = null;
            var changed = await store.Businesses.RunAsync(business, before =>
            {
                if (before.FindSource(called) is not { } source) return BusinessChange.No($"{business} has no source '{called}'.");
                if (FormatTable.Find(source.Format) is not { Proof.HasSecrets: true } kind) return BusinessChange.No($"'{called}' has no secret: its platform signs by itself.");
                if (SecretOf(kind, parsed.GetValue(given)) is not { } secret) return BusinessChange.No($"--secret has not the right form: {kind.Proof.WrongSecret(parsed.GetValue(given)!)}.");
                made = secret;
                return BusinessChange.To(before with { Sources = [.. before.Sources.Select(known => known == source ? known.WithSecret(New(secret, now, parsed.GetValue(kept)), now) : known)] });
            });
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            if (parsed.GetValue(kept) is { } named) Console.WriteLine($"Its secret is read from the setting WebhookSecrets:{named} from now on.");
            else if (parsed.GetValue(given) is null) Say.SharedSecret(made!);
            else Console.WriteLine($"The secret of '{called}' was changed. The old one works for 48 more hours.");
            return Say.Ok;
        });
        return command;
    }

    private static Command Remove(string[] settings)
    {
        var slug = Checked.SlugOf("The business.");
        var name = Name("Name of the source.", required: true);
        var command = new Command("remove", "Disconnect a source: its next delivery is refused.") { slug, name, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var (business, called) = (parsed.GetRequiredValue(slug), parsed.GetRequiredValue(name));
            await using var store = OpenedStore.Existing(parsed, settings);
            var changed = await store.Businesses.RunAsync(business, before => before.FindSource(called) is null
                ? BusinessChange.No($"{business} has no source '{called}'.")
                : BusinessChange.To(before with { Sources = [.. before.Sources.Where(known => known.Name != called)] }));
            if (changed.Refusal is { } refusal) return Say.No(refusal);
            Console.WriteLine($"The source '{called}' of {business} is disconnected.");
            return Say.Ok;
        });
        return command;
    }

    private static Option<string> Name(string what, bool required) =>
        Checked.Option("--name", what, "NAME", required, text => Slug.IsWellFormed(text) ? null : "Write 2 to 40 lower case letters, digits and hyphens.");

    private static Option<string> Given() => Checked.Option("--secret", "A secret that the sender gave; one is made unless given.", "SECRET", false, _ => null);

    private static Option<string> Kept() => Checked.Option(
        "--secret-setting", "The secret is not stored: it is read from the setting WebhookSecrets:NAME, such as a reference into a vault.", "NAME", false,
        text => Webhooks.HookSecrets.IsName(text) ? null : "Write 1 to 40 letters and digits.");

    /// <summary>Null when the one that was given has not the right form.</summary>
    private static string? SecretOf(WebhookFormat format, string? given) =>
        !format.Proof.HasSecrets ? "" : given is null ? format.Proof.NewSecret() : format.Proof.WrongSecret(given) is null ? given : null;

    private static SourceSecret New(string value, DateTimeOffset now, string? setting) => new(NewId.At<ReceiptId>(now).Value, setting is null ? value : "", now, null) { Setting = setting };
}
