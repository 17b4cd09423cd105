using System.Security.Cryptography;
using System.Text;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>Name and key of a storage account: for the emulator and for development. Accounts of production refuse shared keys.</summary>
internal sealed class StorageSharedKeyCredential(string accountName, string accountKey)
{
    private readonly byte[] key = Convert.FromBase64String(accountKey);

    public string AccountName { get; } = accountName;

    public string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
