using FeedbackFlow.Pipeline.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>The database file: how it is made, and how connections to it are opened.</summary>
internal sealed class SqliteFile
{
    private readonly string path;
    private readonly SqliteTuning tuning;

    private SqliteFile(string path, SqliteTuning tuning) => (this.path, this.tuning) = (path, tuning);

    /// <summary>Makes the file, or upgrades an older one.</summary>
    public static SqliteFile Open(string path, SqliteTuning tuning)
    {
        try
        {
            path = Path.GetFullPath(path);
            MakeFolder(Path.GetDirectoryName(path)!);
            var file = new SqliteFile(path, tuning);
            using var session = file.Connect(SqliteOpenMode.ReadWriteCreate);
            SqliteSchema.Check(session);
            // For a new file. A row of two kilobytes fits into a page of this size; the usual 4,096 sends most to a page of its own.
            session.Script("PRAGMA page_size = 8192");
            UseWriteAheadLog(session, path);
            SqliteSchema.Upgrade(session);
            return file;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw new StoreRefusedException($"The file {path} is not a FeedbackFlow store.", error);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translated(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The folder of {path} cannot be written.", error);
        }
    }

    /// <summary>A new folder is for its owner alone: it will hold customers' words and addresses.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Never creates: a file that vanished under a running server must not be replaced by an empty one.
    public SqliteSession OpenWriter()
    {
        var session = Connect(SqliteOpenMode.ReadWrite);
        // What is replaced or removed is overwritten with zeros, so that erasing leaves nothing in pages that are free.
        session.Script("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON");
        tuning.WriterOpened?.Invoke(session.Connection);
        return session;
    }

    public SqliteSession OpenReader()
    {
        var session = Connect(SqliteOpenMode.ReadWrite);
        session.Script("PRAGMA query_only = ON");
        return session;
    }

    public SqliteSession OpenForBackup() => Connect(SqliteOpenMode.ReadWrite);

    public static SqliteSession OpenReadOnly(string path) => new SqliteFile(path, new()).Connect(SqliteOpenMode.ReadOnly);

    private SqliteSession Connect(SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // SQLite itself waits (below), and its wait is finer than the library's; 0 would mean forever.
            DefaultTimeout = 1,
        };
        var session = new SqliteSession(new SqliteConnection(settings.ConnectionString));
        try
        {
            session.Connection.Open();
            raw.sqlite3_busy_timeout(session.Connection.Handle, (int)tuning.BusyFor.TotalMilliseconds);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void UseWriteAheadLog(SqliteSession session, string path)
    {
        using var reader = session.Read("PRAGMA journal_mode = WAL");
        reader.Read();
        if (reader.GetString(0) != "wal")
        {
            throw new StoreRefusedException($"The disk of {path} does not support a write-ahead log. Use a local disk.");
        }
    }
}
