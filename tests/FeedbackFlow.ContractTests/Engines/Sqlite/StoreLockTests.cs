using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Xunit;

namespace FeedbackFlow.ContractTests.Engines.Sqlite;

public sealed class StoreLockTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_server_on_a_folder_is_refused_until_the_first_ends()
    {
        using (StoreLock.Take(folder.Path))
        {
            var refused = Assert.Throws<StoreRefusedException>(() => StoreLock.Take(folder.Path));
            Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
        }

        StoreLock.Take(folder.Path).Dispose();
    }

    [Fact]
    public void A_lock_file_left_by_a_dead_process_does_not_matter()
    {
        File.WriteAllText(folder.File(StoreLock.FileName), "left over");

        StoreLock.Take(folder.Path).Dispose();
    }

    [Fact]
    public void Two_folders_have_two_locks_and_a_missing_folder_is_made()
    {
        using var first = StoreLock.Take(folder.File("one"));
        using var second = StoreLock.Take(folder.File("two"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_unavailable()
    {
        File.WriteAllText(folder.File("file"), "not a folder");

        Assert.Throws<StoreUnavailableException>(() => StoreLock.Take(folder.File("file")));
    }
}
