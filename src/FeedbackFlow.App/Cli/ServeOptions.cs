using System.CommandLine;
using FeedbackFlow.App.Hosting;

namespace FeedbackFlow.App.Cli;

/// <summary>What the server takes besides settings with a colon. The configuration reads them; here they are listed and checked for slips.</summary>
internal static class ServeOptions
{
    /// <summary>Commands that print addresses take it too.</summary>
    public static Option<string> PublicUrl { get; } =
        Setting("PublicUrl", "What addresses in letters and pages begin with, such as https://feedback.example.com. Required in Production.", "URL");

    public static IReadOnlyList<Option> All { get; } =
    [
        Setting("urls", $"Where to listen; several with ';'. Default: {Settings.DefaultUrl}", "URLS"),
        StoreOptions.Data,
        PublicUrl,
        Setting("Proxies", "IP addresses of your own proxies, with commas: only their forwarded headers are believed.", "IPS"),
        Setting("environment", "Production, or Development: a demo business, its key and a mailbox page. Default: Production, under 'dotnet run' Development.", "NAME"),
        .. Unlisted("contentRoot", "applicationName", "webroot", "AllowedHosts", "http_ports", "https_ports", "shutdownTimeoutSeconds", "DetailedErrors"),
    ];

    /// <summary>The configuration takes names in any case; so do we.</summary>
    public static string[] InOurCase(string[] args) => [.. args.Select(argument =>
        All.FirstOrDefault(option => argument.Split('=')[0].Equals(option.Name, StringComparison.OrdinalIgnoreCase)) is { } known ? known.Name + argument[known.Name.Length..] : argument)];

    private static Option<string> Setting(string name, string description, string value) => new("--" + name) { Description = description, HelpName = value };

    private static IEnumerable<Option> Unlisted(params string[] names) => names.Select(name =>
    {
        var option = Setting(name, "", "VALUE");
        option.Hidden = true;
        return option;
    });
}
