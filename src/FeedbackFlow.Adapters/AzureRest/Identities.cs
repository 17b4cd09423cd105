using Azure.Core;
using Azure.Identity;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>Who the program is in the cloud. No secret is kept anywhere.</summary>
internal static class Identities
{
    /// <param name="clientId">
    /// Client id of the user-assigned managed identity (<c>AZURE_CLIENT_ID</c>). Without one, whoever is signed in on this machine (environment, workload,
    /// <c>az login</c>, <c>azd auth login</c>): the operator.
    /// </param>
    public static TokenCredential Of(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
