using Azure;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>One operation of a transaction failed, so none was applied. Status and code are the operation's.</summary>
internal sealed class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(int status, string? code, string message, int? failedAction) : base(status, message, code, null) =>
        FailedTransactionActionIndex = failedAction;

    /// <summary>From zero; null when the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
