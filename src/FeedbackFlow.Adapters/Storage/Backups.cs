using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>Copies of the store as single files, and their way back.</summary>
public static class Backups
{
    private const string Log = "-wal";
    private const string SharedMemory = "-shm";
    private const string Aside = ".before-restore";

    public static bool StoreExists(AdapterSettings settings) => File.Exists(settings.StoreFile);

    /// <summary>Writes a checked copy of everything committed so far to a new file, while a server may be at work.</summary>
    public static async Task WriteAsync(AdapterSettings settings, string file, TimeProvider clock)
    {
        await using var engine = SqliteEngine.Open(settings.StoreFile, clock);
        engine.BackupTo(Path.GetFullPath(file));
    }

    /// <summary>
    /// Puts a backup in the place of the store and gives the path under which the old store was kept, or null where there was none.
    /// <see cref="StoreRefusedException"/> when a server runs, when the backup is not whole, or when the store holds businesses and may not be replaced.
    /// </summary>
    public static async Task<string?> RestoreAsync(AdapterSettings settings, string file, bool replace, TimeProvider clock)
    {
        var (backup, store) = (Path.GetFullPath(file), settings.StoreFile);
        if (backup == store) throw new StoreRefusedException($"{file} is the store itself.");
        SqliteEngine.CheckBackup(backup);
        if (new FileInfo(backup + Log) is { Exists: true, Length: > 0 })
            throw new StoreRefusedException($"{file} is the file of a store in use, not a backup: part of it is in {file}{Log}. Make backups with 'backup'.");
        using var folder = StoreLock.Take(settings.DataFolder);
        if (!replace && await HoldsBusinessesAsync(store, clock))
            throw new StoreRefusedException($"There is a store in {settings.DataFolder} already. Choose another folder with --data, or keep the old store aside with --replace.");

        var fresh = store + ".restoring";
        await CopyAsync(backup, fresh);
        var kept = SetAside(store);
        File.Move(fresh, store, overwrite: false);
        return kept;
    }

    /// <summary>A store that cannot be read may hold anything.</summary>
    private static async Task<bool> HoldsBusinessesAsync(string store, TimeProvider clock)
    {
        if (!File.Exists(store)) return false;
        try
        {
            await using var engine = SqliteEngine.Open(store, clock);
            return (await new StoreLists(engine).BusinessesAsync(1, null, CancellationToken.None)).Items.Count > 0;
        }
        catch (Exception unreadable) when (unreadable is StoreRefusedException or StoreUnavailableException)
        {
            return true;
        }
    }

    private static async Task CopyAsync(string from, string to)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, options);
        await source.CopyToAsync(target);
        target.Flush(flushToDisk: true);
    }

    /// <summary>
    /// The log goes with its file and first: commits that stand only in it stay part of the kept store, and are never replayed into the restored one.
    /// </summary>
    private static string? SetAside(string store)
    {
        File.Delete(store + SharedMemory);
        if (!File.Exists(store))
        {
            File.Delete(store + Log);
            return null;
        }

        var kept = FreeName(store + Aside);
        if (File.Exists(store + Log)) File.Move(store + Log, kept + Log);
        File.Move(store, kept);
        return kept;
    }

    private static string FreeName(string wanted) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? wanted : $"{wanted}-{number}").First(name => !File.Exists(name) && !File.Exists(name + Log));
}
