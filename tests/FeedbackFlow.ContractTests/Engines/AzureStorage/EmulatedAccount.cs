using FeedbackFlow.Adapters.AzureRest;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

internal static class EmulatedAccount
{
    /// <summary>A machine that is busy with other tests may let the emulator wait; what happens when time is over is tested elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The engines on an account of their own; the test is skipped where the emulator is missing.</summary>
    public static async Task<CloudStore> NewStoreAsync(this Azurite azurite) =>
        new(await azurite.NewConnectionAsync(), commitLimit: Patience, tune: options => options.Retry.NetworkTimeout = Patience);

    public static async Task<StorageConnection> NewConnectionAsync(this Azurite azurite)
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        return StorageConnection.Parse((await azurite.NewAccountAsync()).ConnectionString);
    }
}
