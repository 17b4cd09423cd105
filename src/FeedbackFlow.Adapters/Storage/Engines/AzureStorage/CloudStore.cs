using Azure.Core.Pipeline;
using FeedbackFlow.Adapters.AzureRest;
using FeedbackFlow.Adapters.AzureRest.Queues;
using FeedbackFlow.Adapters.AzureRest.Tables;

namespace FeedbackFlow.Adapters.Storage.Engines.AzureStorage;

/// <summary>The two engines of one storage account.</summary>
internal sealed class CloudStore
{
    /// <summary>One table: a business is a partition in it.</summary>
    public const string TableName = "FeedbackFlow";

    /// <param name="transport">What tests put in the place of the wire, for counting and for breaking it.</param>
    /// <param name="commitLimit">See <see cref="TablesEngine"/>.</param>
    /// <param name="tune">Shorter times, for tests of what happens when they are over.</param>
    public CloudStore(StorageConnection connection, HttpPipelineTransport? transport = null, TimeSpan? commitLimit = null, Action<RestClientOptions>? tune = null)
    {
        var (tables, queues) = (new TableClientOptions(), new QueueClientOptions());
        foreach (var options in new RestClientOptions[] { tables, queues })
        {
            if (transport is not null) options.Transport = transport;
            tune?.Invoke(options);
        }

        var table = connection.Key is { } key
            ? new TableClient(connection.Tables, TableName, key, tables)
            : new TableClient(connection.Tables, TableName, connection.Token!, tables);
        Rows = new(table, commitLimit ?? TablesEngine.CommitLimit);
        var pipeline = connection.Key is { } shared ? QueueClient.BuildPipeline(shared, queues) : QueueClient.BuildPipeline(connection.Token!, queues);
        Queues = new(name => new(connection.Queues, name, pipeline));
    }

    public TablesEngine Rows { get; }

    public QueuesEngine Queues { get; }
}
