using FeedbackFlow.Pipeline.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

internal static class SqliteErrors
{
    /// <summary>The disk, the file or another process is in the way. Other codes mean that the program is wrong and pass through.</summary>
    public static bool IsUnavailable(this SqliteException error) => error.SqliteErrorCode is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_NOMEM or raw.SQLITE_INTERRUPT or
        raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB;

    public static Exception Translated(Exception error) =>
        error is SqliteException sqlite && sqlite.IsUnavailable() ? Unavailable(sqlite) : error;

    public static StoreUnavailableException Unavailable(Exception error) => new($"The store did not take or give the data: {error.Message}", error);
}
