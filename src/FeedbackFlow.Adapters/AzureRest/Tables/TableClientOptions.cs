namespace FeedbackFlow.Adapters.AzureRest.Tables;

internal sealed class TableClientOptions : RestClientOptions;
