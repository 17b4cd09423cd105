using System.Globalization;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>The tables, step by step: step N makes format N out of format N-1. A step that was released is never changed.</summary>
internal static class SqliteSchema
{
    // "FFlw": tells our file from another program's.
    private const int ApplicationId = 0x46466C77;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE rows (
            partition TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL,
            commit_id TEXT NOT NULL, etag TEXT NOT NULL,
            PRIMARY KEY (partition, key)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, due INTEGER NOT NULL,
            receipt TEXT NOT NULL, dequeued INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX messages_due ON messages (queue, due, id);
        """,
    ];

    public static int Newest => Steps.Length;

    /// <summary>The format of the file, 0 for an empty one. Refuses what this program cannot read.</summary>
    public static int Check(SqliteSession session)
    {
        var path = session.Connection.DataSource;
        var (version, application, isEmpty) = Facts(session);
        if (application != ApplicationId && (application != 0 || version != 0 || !isEmpty))
        {
            throw new StoreRefusedException($"The file {path} is not a FeedbackFlow store.");
        }

        if (version > Newest)
        {
            throw new StoreRefusedException(
                $"The store {path} has format {version}, newer than the {Newest} this program knows. Run the newer program on it.");
        }

        return version;
    }

    public static void Upgrade(SqliteSession session)
    {
        if (Check(session) == Newest)
        {
            return;
        }

        session.Script("BEGIN IMMEDIATE");
        // Asked again under the lock: another process may have been upgrading.
        for (var version = Check(session); version < Newest; version++)
        {
            session.Script(Steps[version]);
        }

        session.Script(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Newest}; COMMIT"));
    }

    // One statement, so one state of the file: another process may be making the tables right now.
    private static (int Version, int Application, bool IsEmpty) Facts(SqliteSession session)
    {
        using var reader = session.Read(
            "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version, pragma_application_id");
        reader.Read();
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2) == 0);
    }
}
