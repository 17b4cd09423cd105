using System.Globalization;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.App.Hosting;

/// <summary>A setting that cannot be used. Ends the start with its name, its value and how to mend it.</summary>
public sealed class WrongSettingException(string name, string? value, string fix)
    : Exception($"Setting {name} is {(string.IsNullOrEmpty(value) ? "missing" : $"'{value}'")}. {fix}");

/// <summary>
/// Everything that can be configured, read once at start, but for the secrets of sources (<see cref="Webhooks.HookSecrets"/>), which are read at each delivery: which of them are needed stands in the store. A setting <c>A:B</c> may be given in appsettings.json, as environment variable
/// <c>A__B</c>, or on the command line as <c>--A:B value</c>.
/// </summary>
/// <param name="PublicUrl">What addresses in letters and pages begin with; required in Production.</param>
/// <param name="UnderFunctionsHost">The Functions host started us: its port variable is set.</param>
public sealed record Settings(Uri PublicUrl, AdapterSettings Adapters, bool IsDevelopment, bool UnderFunctionsHost, IReadOnlyList<string> Proxies)
{
    public const string DefaultUrl = "http://localhost:7071";
    public const string FunctionsPort = "FUNCTIONS_CUSTOMHANDLER_PORT";

    public static Settings Read(IConfiguration configuration, bool isDevelopment)
    {
        var underFunctions = !string.IsNullOrEmpty(configuration[FunctionsPort]);
        return new(
            ReadPublicUrl(configuration, isDevelopment && !underFunctions),
            ReadAdapters(configuration, underFunctions) with { PostsToThisMachine = isDevelopment && !underFunctions },
            isDevelopment && !underFunctions,
            underFunctions,
            ReadProxies(configuration));
    }

    /// <summary>Where to listen: the Functions host's port, else <c>--urls</c>, else the default.</summary>
    public static string ListenOn(IConfiguration configuration) =>
        configuration[FunctionsPort] is { Length: > 0 } port ? "http://127.0.0.1:" + port : configuration["urls"] ?? DefaultUrl;

    /// <summary>Where the store is, the same for the server and the commands.</summary>
    public static string DataFolder(IConfiguration configuration) =>
        Path.GetFullPath(configuration["data"] is { Length: > 0 } folder ? folder : "data");

    /// <summary>Store and letters, the same for the server and the commands.</summary>
    public static AdapterSettings ReadAdapters(IConfiguration configuration, bool underFunctions = false)
    {
        var adapters = new AdapterSettings(DataFolder(configuration), ReadSmtp(configuration))
        {
            Cloud = ReadCloud(configuration),
            Email = ServiceSettings.ReadEmail(configuration),
            Reports = ReadReports(configuration),
            Language = ServiceSettings.ReadLanguage(configuration),
            Channels = ServiceSettings.ReadChannels(configuration),
            Texts = ServiceSettings.ReadTexts(configuration),
        };
        // Its machines come and go, and nothing on their disks is kept.
        if (underFunctions && adapters.Cloud is null)
            throw new WrongSettingException("Storage:Tables", null, "Under the Functions host the store is a storage account: give Storage:Tables and Storage:Queues, the addresses of its services.");
        if (underFunctions && adapters.Smtp is null && adapters.Email is null)
            throw new WrongSettingException("Smtp:Host", null, "Under the Functions host letters need a mail service: give Smtp:Host and Smtp:From, or Email:Endpoint and Email:From.");
        return adapters;
    }

    private static CloudSettings? ReadCloud(IConfiguration configuration)
    {
        var (tables, queues, key) = (configuration["Storage:Tables"], configuration["Storage:Queues"], configuration["Storage:ConnectionString"]);
        if (!string.IsNullOrWhiteSpace(key))
        {
            try
            {
                return CloudSettings.OfConnectionString(key);
            }
            catch (FormatException wrong)
            {
                // Its value may be a secret and is not repeated.
                throw new WrongSettingException("Storage:ConnectionString", "…", $"{wrong.Message} Give UseDevelopmentStorage=true, or AccountName=NAME;AccountKey=KEY;TableEndpoint=URL;QueueEndpoint=URL.");
            }
        }

        if (string.IsNullOrWhiteSpace(tables) && string.IsNullOrWhiteSpace(queues)) return null;
        return CloudSettings.OfIdentity(Endpoint("Storage:Tables", tables, "table"), Endpoint("Storage:Queues", queues, "queue"), configuration["AZURE_CLIENT_ID"]);
    }

    /// <summary>Where a store in a file hears of letters that did not arrive: the queues of an account that Event Grid can reach.</summary>
    private static CloudSettings? ReadReports(IConfiguration configuration)
    {
        var (name, given) = ("Email:Reports", configuration["Email:Reports"]);
        if (string.IsNullOrWhiteSpace(given)) return null;
        if (given.StartsWith("https://", StringComparison.Ordinal) && Endpoint(name, given, "queue") is var queues) return CloudSettings.OfIdentity(queues, queues, configuration["AZURE_CLIENT_ID"]);
        try
        {
            return CloudSettings.OfConnectionString(given);
        }
        catch (FormatException wrong)
        {
            // Its value may be a secret and is not repeated.
            throw new WrongSettingException(name, "…", $"{wrong.Message} Give the https address of a storage account's queue service, or its connection string.");
        }
    }

    private static Uri Endpoint(string name, string? value, string service) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == "https"
            ? url
            : throw new WrongSettingException(name, value, $"It must be the https address of the storage account's {service} service, such as https://ACCOUNT.{service}.core.windows.net.");

    private static Uri ReadPublicUrl(IConfiguration configuration, bool isDevelopment)
    {
        var (name, value) = ("PublicUrl", configuration["PublicUrl"]);
        if (string.IsNullOrWhiteSpace(value))
        {
            if (!isDevelopment) throw new WrongSettingException(name, value, "Give the address that customers and managers open, such as https://feedback.example.com.");
            name = "urls";
            value = ListenOn(configuration).Split(';')[0].Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new WrongSettingException(name, value, "It must be an absolute http or https address without query, such as https://feedback.example.com.");
        return value.EndsWith('/') ? url : new Uri(value + "/");
    }

    private static SmtpSettings? ReadSmtp(IConfiguration configuration)
    {
        var host = configuration["Smtp:Host"];
        if (string.IsNullOrWhiteSpace(host)) return null;
        var from = configuration["Smtp:From"];
        if (from is null || EmailAddress.Normalise(from) is not { } sender)
            throw new WrongSettingException("Smtp:From", from, "Give the address at your own domain that letters come from, such as service@example.com.");
        if (!int.TryParse(configuration["Smtp:Port"] ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new WrongSettingException("Smtp:Port", configuration["Smtp:Port"], "Give a port from 1 to 65535; 587 is usual.");
        if (!bool.TryParse(configuration["Smtp:StartTls"] ?? "true", out var startTls))
            throw new WrongSettingException("Smtp:StartTls", configuration["Smtp:StartTls"], "Give true or false.");
        if (configuration["Smtp:User"] is { Length: > 0 } && string.IsNullOrEmpty(configuration["Smtp:Password"]))
            throw new WrongSettingException("Smtp:Password", null, "A user without a password cannot sign in: give both or neither.");
        return new(host, port, sender, configuration["Smtp:User"] is { Length: > 0 } user ? user : null, configuration["Smtp:Password"], startTls);
    }

    private static IReadOnlyList<string> ReadProxies(IConfiguration configuration)
    {
        var proxies = (configuration["Proxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var proxy in proxies)
        {
            if (!System.Net.IPAddress.TryParse(proxy, out _))
                throw new WrongSettingException("Proxies", proxy, "Give the IP addresses of your own proxies, separated by commas.");
        }

        return proxies;
    }
}
