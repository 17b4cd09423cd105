namespace FeedbackFlow.Adapters.Storage.Engines.Sqlite;

/// <summary>
/// The store cannot be used as it is and trying again does not help: a newer format, another program's file, a damaged backup, a folder that
/// another server holds. The message says which and what to do, for the operator.
/// </summary>
public sealed class StoreRefusedException : Exception
{
    public StoreRefusedException(string message) : base(message)
    {
    }

    public StoreRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    public StoreRefusedException()
    {
    }
}
