using System.Text.RegularExpressions;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.App.Webhooks;

/// <summary>
/// Secrets of sources that are not in the store but in the settings, as <c>WebhookSecrets:NAME</c>. In Azure each such setting is a reference into the vault
/// (<c>infra/modules/app.bicep</c>), so a secret that a platform gave never stands in the table.
/// </summary>
public sealed partial class HookSecrets(IConfiguration configuration)
{
    public const string Section = "WebhookSecrets";

    /// <summary>They are read at each delivery: sources are added while we run. One that is missing is believed by nobody, and the source's page says so.</summary>
    public Source Open(Source source) => source.Opened(name => configuration[Key(name)]);

    public static string Key(string name) => Section + ":" + name;

    /// <summary>Letters and digits, which both a vault and an environment variable take.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9]{1,40}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
