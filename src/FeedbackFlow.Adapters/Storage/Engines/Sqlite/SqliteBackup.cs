using Microsoft.Data.Sqlite;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>A consistent copy of a store in use, and the check of such a copy.</summary>
internal static class SqliteBackup
{
    public static void Write(SqliteFile file, string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"The file {path} exists already; a backup never overwrites.");
        }

        // Written aside: a file with the backup's name is a whole backup.
        var aside = path + ".partial";
        try
        {
            MakeEmpty(aside);
            using (var session = file.OpenForBackup())
            {
                session.Run("VACUUM INTO $1", aside);
            }

            Check(aside);
            using (var written = new FileStream(aside, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: false);
        }
        catch (Exception error)
        {
            File.Delete(aside);
            throw SqliteErrors.Translated(error);
        }
    }

    public static int Check(string path)
    {
        if (!File.Exists(path))
        {
            throw new StoreRefusedException($"There is no file {path}.");
        }

        try
        {
            using var session = SqliteFile.OpenReadOnly(path);
            var version = SqliteSchema.Check(session);
            if (version == 0)
            {
                throw new StoreRefusedException($"The file {path} is empty.");
            }

            using var reader = session.Read("PRAGMA integrity_check(1)");
            reader.Read();
            return reader.GetString(0) == "ok" ? version : throw new StoreRefusedException($"The store {path} is damaged.");
        }
        catch (SqliteException error)
        {
            throw new StoreRefusedException($"The file {path} cannot be read as a FeedbackFlow store: {error.Message}", error);
        }
    }

    // SQLite takes an empty file for its copy; made by us, it can be for its owner alone.
    private static void MakeEmpty(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var empty = new FileStream(path, options);
    }
}
