using Azure;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

internal enum TableTransactionActionType
{
    Add,

    /// <summary>With an ETag: only if unchanged.</summary>
    UpdateReplace,
    UpsertReplace,

    /// <summary>With an ETag, or <see cref="ETag.All"/> for whatever is there. A missing entity is an error.</summary>
    Delete,
}

internal sealed record TableTransactionAction(TableTransactionActionType ActionType, TableEntity Entity, ETag ETag = default);
