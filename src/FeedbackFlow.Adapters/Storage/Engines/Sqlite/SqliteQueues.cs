using System.Globalization;

namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>The statements on messages. Times are UTC ticks of the clock that was handed in.</summary>
internal static class SqliteQueues
{
    private const string NotReceived = "";

    public static Outcome<bool> Enqueue(SqliteSession session, string queue, string body, DateTimeOffset due)
    {
        session.Run(
            "INSERT INTO messages (queue, due, receipt, dequeued, body) VALUES ($1, $2, $3, 0, $4)", queue, due.UtcTicks, NotReceived, body);
        return new(true);
    }

    public static bool AnyDue(SqliteSession session, string queue, DateTimeOffset now)
    {
        using var reader = session.Read("SELECT 1 FROM messages WHERE queue = $1 AND due <= $2 LIMIT 1", queue, now.UtcTicks);
        return reader.Read();
    }

    public static Outcome<IReadOnlyList<QueueMessage>> Receive(SqliteSession session, string queue, int max, DateTimeOffset now, TimeSpan hideFor)
    {
        var messages = Due(session, queue, now, max);
        foreach (var message in messages)
        {
            session.Run(
                "UPDATE messages SET receipt = $2, due = $3, dequeued = $4 WHERE id = $1",
                long.Parse(message.Id, CultureInfo.InvariantCulture), message.Receipt, (now + hideFor).UtcTicks, message.DequeueCount);
        }

        return new(messages);
    }

    public static Outcome<bool> Delete(SqliteSession session, string queue, QueueMessage message) =>
        message.Receipt != NotReceived && long.TryParse(message.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new(session.Run("DELETE FROM messages WHERE id = $1 AND queue = $2 AND receipt = $3", id, queue, message.Receipt) == 1)
            : new(false);

    public static IReadOnlyList<QueueMessage> Peek(SqliteSession session, string queue, int max)
    {
        using var reader = session.Read("SELECT id, body, dequeued FROM messages WHERE queue = $1 ORDER BY due, id LIMIT $2", queue, max);
        List<QueueMessage> messages = [];
        while (reader.Read())
        {
            messages.Add(new(Text(reader.GetInt64(0)), reader.GetString(1), NotReceived, reader.GetInt32(2)));
        }

        return messages;
    }

    private static List<QueueMessage> Due(SqliteSession session, string queue, DateTimeOffset now, int max)
    {
        using var reader = session.Read(
            "SELECT id, body, dequeued FROM messages WHERE queue = $1 AND due <= $2 ORDER BY due, id LIMIT $3", queue, now.UtcTicks, max);
        List<QueueMessage> messages = [];
        while (reader.Read())
        {
            messages.Add(new(Text(reader.GetInt64(0)), reader.GetString(1), Guid.NewGuid().ToString("N"), reader.GetInt32(2) + 1));
        }

        return messages;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
