using FeedbackFlow.Adapters.AzureRest;

namespace FeedbackFlow.Adapters;

/// <summary>The storage account of a deployment: its two addresses and an identity, or a connection string where there is a key (the emulator, development).</summary>
public sealed class CloudSettings
{
    private readonly StorageConnection connection;

    private CloudSettings(StorageConnection connection) => this.connection = connection;

    /// <param name="tables">Such as <c>https://ACCOUNT.table.core.windows.net</c>.</param>
    /// <param name="queues">Such as <c>https://ACCOUNT.queue.core.windows.net</c>.</param>
    /// <param name="clientId">Of the user-assigned managed identity; null for whoever is signed in on this machine.</param>
    public static CloudSettings OfIdentity(Uri tables, Uri queues, string? clientId) => new(new(tables, queues, null, Identities.Of(clientId)));

    /// <summary><c>UseDevelopmentStorage=true</c>, or <c>AccountName=…;AccountKey=…</c> with endpoints or a suffix.</summary>
    /// <exception cref="FormatException">Says what is missing without repeating what is there.</exception>
    public static CloudSettings OfConnectionString(string text) => new(StorageConnection.Parse(text));

    internal StorageConnection Connection() => connection;
}
