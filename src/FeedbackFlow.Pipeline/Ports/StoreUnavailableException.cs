namespace FeedbackFlow.Pipeline.Ports;

/// <summary>
/// The store could not commit or answer in time. Nobody may be told that anything was kept; the web edge answers 503 with Retry-After.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    public StoreUnavailableException()
    {
    }
}
