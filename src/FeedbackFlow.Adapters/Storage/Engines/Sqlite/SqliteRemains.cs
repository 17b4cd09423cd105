using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>Bytes of rows that are gone, and how they leave the file.</summary>
internal static class SqliteRemains
{
    /// <summary>
    /// Writes the file anew from the rows that are there, and cuts the log to nothing. <c>secure_delete</c> does not suffice: a row that SQLite once moved to another
    /// page leaves a copy in the gap of the old one, and only the row's last place is overwritten when it goes. Writers wait meanwhile, about a second for each 100 MB;
    /// who has waited as long as for any other lock is told that the store is unavailable, and tries again. False while somebody reads from the file or writes to it.
    /// </summary>
    public static bool Wipe(SqliteFile file)
    {
        try
        {
            using var session = file.OpenForBackup();
            session.Script("VACUUM");
            using var reader = session.Read("PRAGMA wal_checkpoint(TRUNCATE)");
            reader.Read();
            return reader.GetInt32(0) == 0;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translated(error);
        }
    }
}
