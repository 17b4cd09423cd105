using Azure;
using FeedbackFlow.Adapters.AzureRest;
using FeedbackFlow.Adapters.AzureRest.Email;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>Communication Services e-mail: where it is, how requests are signed, from whom letters come and how many it allows.</summary>
public sealed class EmailSettings
{
    private readonly Func<EmailClient> open;
    private readonly string from;
    private readonly SendingQuota quota;

    private EmailSettings(Func<EmailClient> open, string from, SendingQuota quota) => (this.open, this.from, this.quota) = (open, from, quota);

    /// <param name="clientId">Of the user-assigned managed identity; null for whoever is signed in on this machine.</param>
    public static EmailSettings OfIdentity(Uri endpoint, string? clientId, string from, SendingQuota quota) => new(() => new(endpoint, Identities.Of(clientId), new()), from, quota);

    /// <summary><c>endpoint=https://…;accesskey=…</c>, as the portal gives it.</summary>
    /// <exception cref="FormatException">Says what is missing without repeating what is there.</exception>
    public static EmailSettings OfConnectionString(string text, string from, SendingQuota quota)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(parts.GetValueOrDefault("endpoint"), UriKind.Absolute, out var endpoint)) throw new FormatException("endpoint is missing or no address.");
        var key = parts.GetValueOrDefault("accesskey");
        if (string.IsNullOrEmpty(key) || !Convert.TryFromBase64String(key, new byte[key.Length], out _)) throw new FormatException("accesskey is missing or not Base64.");
        return new(() => new(endpoint, new AzureKeyCredential(key), new()), from, quota);
    }

    internal ILetterChannel Channel(IRowEngine rows, TimeProvider clock) => new CommunicationChannel(open(), from, new SharedBudget(rows, quota, clock), clock);
}
