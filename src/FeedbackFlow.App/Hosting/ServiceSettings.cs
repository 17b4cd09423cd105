using System.Globalization;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Analysers;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Channels.Ways;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Hosting;

/// <summary>The settings of services that may be there: Communication Services e-mail and AI Language.</summary>
internal static class ServiceSettings
{
    /// <summary>What an Azure domain allows without a quota request; an own one allows 30 and 100.</summary>
    private static readonly SendingQuota Cautious = new(5, 10);

    public static EmailSettings? ReadEmail(IConfiguration configuration)
    {
        var (endpoint, key) = (configuration["Email:Endpoint"], configuration["Email:ConnectionString"]);
        if (string.IsNullOrWhiteSpace(endpoint) && string.IsNullOrWhiteSpace(key)) return null;
        var from = configuration["Email:From"];
        if (from is null || EmailAddress.Normalise(from) is not { } sender)
            throw new WrongSettingException("Email:From", from, "Give a sender of a domain that is linked to the resource, such as service@example.com.");
        var quota = new SendingQuota(
            Count(configuration, "Email:PerMinute", Cautious.PerMinute), Count(configuration, "Email:PerHour", Cautious.PerHour));
        if (string.IsNullOrWhiteSpace(key)) return EmailSettings.OfIdentity(Https("Email:Endpoint", endpoint, "https://NAME.europe.communication.azure.com"), configuration["AZURE_CLIENT_ID"], sender, quota);
        try
        {
            return EmailSettings.OfConnectionString(key, sender, quota);
        }
        catch (FormatException wrong)
        {
            // Its value is a secret and is not repeated.
            throw new WrongSettingException("Email:ConnectionString", "…", $"{wrong.Message} Give endpoint=URL;accesskey=KEY.");
        }
    }

    public static LanguageSettings? ReadLanguage(IConfiguration configuration)
    {
        var endpoint = configuration["Language:Endpoint"];
        if (string.IsNullOrWhiteSpace(endpoint)) return null;
        var use = configuration["Language:Use"];
        var asks = use switch
        {
            null or "" or "cascade" => AskPolicy.Cascade,
            "always" => AskPolicy.Always,
            _ => throw new WrongSettingException("Language:Use", use, "Give always, or cascade to ask only where the local reading is unsure; leave Language:Endpoint out to ask never."),
        };
        return new(Https("Language:Endpoint", endpoint, "https://NAME.cognitiveservices.azure.com"), configuration["Language:Key"], configuration["AZURE_CLIENT_ID"], asks);
    }

    /// <summary>What a new account may send without asking anybody, and a night of alerts does not need more.</summary>
    private static readonly SendingQuota FewTexts = new(30, 200);

    public static TextSettings? ReadTexts(IConfiguration configuration)
    {
        var account = configuration["Texts:Account"];
        if (string.IsNullOrWhiteSpace(account)) return null;
        if (account.Length != 34 || !account.StartsWith("AC", StringComparison.Ordinal) || !account.All(char.IsAsciiLetterOrDigit))
            throw new WrongSettingException("Texts:Account", account, "Give the account SID of Twilio: AC and 32 hexadecimal digits.");
        var secret = configuration["Texts:Secret"];
        if (string.IsNullOrWhiteSpace(secret)) throw new WrongSettingException("Texts:Secret", null, "Give the secret of the API key that Texts:User names, or the account's auth token.");
        var (from, whatsApp, template) = (Given(configuration["Texts:From"]), Given(configuration["Texts:WhatsAppFrom"]), Given(configuration["Texts:WhatsAppTemplate"]));
        if (from is null && whatsApp is null) throw new WrongSettingException("Texts:From", null, "Give the number or messaging service that SMS come from, or Texts:WhatsAppFrom with Texts:WhatsAppTemplate.");
        if (whatsApp is not null && (!whatsApp.StartsWith('+') || PhoneNumber.Normalise(whatsApp) != whatsApp))
            throw new WrongSettingException("Texts:WhatsAppFrom", whatsApp, "Give the number of the WhatsApp sender with its country, such as +14155238886.");
        if (whatsApp is null != template is null)
            throw new WrongSettingException(template is null ? "Texts:WhatsAppTemplate" : "Texts:WhatsAppFrom", null, "WhatsApp needs both: a sender, and the content SID of an approved template with three variables.");
        var endpoint = configuration["Texts:Endpoint"];
        return new(
            string.IsNullOrWhiteSpace(endpoint) ? new("https://api.twilio.com") : Https("Texts:Endpoint", endpoint, "https://api.dublin.ie1.twilio.com"), account, Given(configuration["Texts:User"]) ?? account,
            secret, from, whatsApp, template, new(Count(configuration, "Texts:PerMinute", FewTexts.PerMinute), Count(configuration, "Texts:PerHour", FewTexts.PerHour)));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>Where traces and metrics go; null for nowhere.</summary>
    public static Uri? ReadCollector(IConfiguration configuration)
    {
        var given = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (string.IsNullOrWhiteSpace(given)) return null;
        return Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new WrongSettingException("OTEL_EXPORTER_OTLP_ENDPOINT", given, "Give the address of a collector that takes OTLP over HTTP, such as http://localhost:4318.");
    }

    public static IReadOnlyList<string> ReadChannels(IConfiguration configuration)
    {
        var given = configuration["Channels"];
        if (string.IsNullOrWhiteSpace(given)) return AdapterServices.ChannelNames;
        var names = given.Split(',', StringSplitOptions.TrimEntries);
        if (names.Distinct().Count() != names.Length || names.Any(name => !AdapterServices.ChannelNames.Contains(name)))
            throw new WrongSettingException("Channels", given, $"Name each channel once, the first to be tried first: {string.Join(',', AdapterServices.ChannelNames)}.");
        return names;
    }

    private static int Count(IConfiguration configuration, string name, int otherwise)
    {
        var given = configuration[name];
        if (string.IsNullOrWhiteSpace(given)) return otherwise;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000
            ? count
            : throw new WrongSettingException(name, given, "Give how many letters the service allows, 1 or more.");
    }

    private static Uri Https(string name, string? value, string example) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme == "https" || url.IsLoopback)
            ? url
            : throw new WrongSettingException(name, value, $"It must be the https address of the resource, such as {example}.");
}
