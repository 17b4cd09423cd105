using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>
/// One server for a folder: holds <c>feedbackflow.lock</c> in it until disposed. The operating system gives it up when the process dies, so
/// the file itself may stay and means nothing. Command line tools do not take it; the database is safe for two writing processes.
/// </summary>
public sealed class StoreLock : IDisposable
{
    public const string FileName = "feedbackflow.lock";

    private readonly FileStream held;

    private StoreLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock at once or throws <see cref="StoreRefusedException"/>; the folder is made when it is missing.</summary>
    public static StoreLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            SqliteFile.MakeFolder(folder);
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            var text = $"Another FeedbackFlow server is using the folder {folder}. Stop it, or choose another folder with --data.";
            throw new StoreRefusedException(text, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The folder {folder} cannot be written.", error);
        }
    }

    public void Dispose() => held.Dispose();
}
