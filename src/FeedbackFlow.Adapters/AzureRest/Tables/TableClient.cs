using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest.Tables;

/// <summary>
/// One table over REST, in the names and shapes of the official <c>Azure.Data.Tables.TableClient</c>, so that the package can take the place of this folder.
/// Failures throw <see cref="RequestFailedException"/> with the service's code in <see cref="RequestFailedException.ErrorCode"/>; an answer that cannot be
/// read throws <see cref="JsonException"/> or <see cref="FormatException"/>.
/// </summary>
internal sealed class TableClient
{
    public const string Json = "application/json;odata=minimalmetadata";

    /// <summary>The first that takes Entra tokens, and the official client's default.</summary>
    private const string Version = "2020-12-06";

    private const string NextPartition = "x-ms-continuation-NextPartitionKey";
    private const string NextRow = "x-ms-continuation-NextRowKey";

    private readonly Uri account;
    private readonly Uri table;
    private readonly HttpPipeline pipeline;

    /// <param name="endpoint">The account's table service, such as <c>https://ACCOUNT.table.core.windows.net</c>.</param>
    /// <param name="tableName">3 to 63 letters and digits, a letter first.</param>
    public TableClient(Uri endpoint, string tableName, StorageSharedKeyCredential credential, TableClientOptions options)
        : this(endpoint, tableName, new SharedKeyLitePolicy(credential), options)
    {
    }

    public TableClient(Uri endpoint, string tableName, TokenCredential credential, TableClientOptions options)
        : this(endpoint, tableName, RestPipeline.Token(credential, RestPipeline.StorageScope), options)
    {
    }

    private TableClient(Uri endpoint, string tableName, HttpPipelinePolicy signature, TableClientOptions options)
    {
        account = new(endpoint.AbsoluteUri.TrimEnd('/') + "/");
        (Name, table) = (tableName, new(account, tableName));
        pipeline = RestPipeline.Build(options, signature, new BatchClassifier());
    }

    public string Name { get; }

    /// <summary>Two who create it at once both succeed.</summary>
    public async Task CreateIfNotExistsAsync(CancellationToken ct = default)
    {
        var response = await SendAsync(RequestMethod.Post, new(account, "Tables"), request =>
        {
            request.Headers.SetValue("Content-Type", "application/json");
            request.Headers.SetValue("Prefer", "return-no-content");
            request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new { TableName = Name }));
        }, ct);
        if (response.Status is 201 or 204) return;
        var failure = new RequestFailedException(response);
        if (failure.ErrorCode != TableErrorCode.TableAlreadyExists) throw failure;
    }

    /// <summary>Null when there is none.</summary>
    public async Task<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken ct = default)
    {
        var response = await SendAsync(RequestMethod.Get, TableAddress.Entity(table, partitionKey, rowKey), _ => { }, ct);
        if (response.Status == 200)
        {
            using var json = JsonDocument.Parse(response.Content);
            return TableEntity.Read(json.RootElement);
        }

        var failure = new RequestFailedException(response);
        // A 404 of something in between (a proxy, a wrong address) is not a missing entity.
        return failure.ErrorCode is TableErrorCode.ResourceNotFound or TableErrorCode.EntityNotFound ? null : throw failure;
    }

    /// <summary>Entities in the order of their keys. A page may be empty and still be followed by another; the token is the service's.</summary>
    public AsyncPageable<TableEntity> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken ct = default) => new Query(this, filter, maxPerPage, ct);

    /// <summary>
    /// All actions or none; up to 100 in one partition, each entity once. <see cref="TableTransactionFailedException"/> names the action that failed.
    /// </summary>
    /// <returns>One answer for each action, in order, with the new ETag of what was written.</returns>
    public async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken ct = default)
    {
        var (actions, boundary) = (transactionActions.ToList(), Guid.NewGuid().ToString());
        var body = TableBatch.Write(boundary, table, actions);
        var response = await SendAsync(RequestMethod.Post, new(account, "$batch"), request =>
        {
            request.Headers.SetValue("Content-Type", "multipart/mixed; boundary=batch_" + boundary);
            request.Content = RequestContent.Create(body);
        }, ct);
        if (response.Status != 202) throw new RequestFailedException(response);
        var parts = TableBatch.Read(response.Content.ToString());
        if (parts.FirstOrDefault(part => part.IsError) is { } failed) throw Failure(failed);
        if (parts.Count != actions.Count) throw new FormatException($"A batch of {actions.Count} was answered with {parts.Count} parts.");
        return Response.FromValue<IReadOnlyList<Response>>(parts, response);
    }

    private static TableTransactionFailedException Failure(TableBatchPart part)
    {
        var error = RestErrors.Read(null, part.Content.ToString());
        var index = error.Message?.Split(':', 2)[0];
        return new(
            part.Status, error.Code, $"The batch was refused: {part.Status} {error.Code}",
            int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null);
    }

    private ValueTask<Response> SendAsync(RequestMethod method, Uri address, Action<Request> more, CancellationToken ct) => pipeline.SendAsync(request =>
    {
        request.Method = method;
        request.Uri.Reset(address);
        request.Headers.SetValue("x-ms-version", Version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", Json);
        more(request);
    }, ct);

    private sealed class Query(TableClient client, string? filter, int? maxPerPage, CancellationToken ct) : AsyncPageable<TableEntity>(ct)
    {
        public override async IAsyncEnumerable<Page<TableEntity>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            var token = continuationToken;
            do
            {
                var page = await PageAsync(token, pageSizeHint ?? maxPerPage);
                token = page.ContinuationToken;
                yield return page;
            }
            while (token is not null);
        }

        private async Task<Page<TableEntity>> PageAsync(string? token, int? take)
        {
            var response = await client.SendAsync(RequestMethod.Get, new(client.table.AbsoluteUri + "()" + Parameters(token, take)), _ => { }, CancellationToken);
            if (response.Status != 200) throw new RequestFailedException(response);
            using var json = JsonDocument.Parse(response.Content);
            List<TableEntity> entities = [.. json.RootElement.GetProperty("value").EnumerateArray().Select(TableEntity.Read)];
            return Page<TableEntity>.FromValues(entities, Token(response), response);
        }

        private string Parameters(string? token, int? take)
        {
            var parameters = new List<string>();
            if (filter is not null) parameters.Add("$filter=" + Uri.EscapeDataString(filter));
            if (take is { } top) parameters.Add(string.Create(CultureInfo.InvariantCulture, $"$top={top}"));
            if (token?.Split(' ') is [var partition, .. var row])
            {
                parameters.Add("NextPartitionKey=" + partition);
                if (row.Length > 0) parameters.Add("NextRowKey=" + row[0]);
            }

            return parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
        }

        /// <summary>Both halves percent-encoded, so that a space can part them.</summary>
        private static string? Token(Response response) => response.Headers.TryGetValue(NextPartition, out var partition)
            ? Uri.EscapeDataString(partition) + (response.Headers.TryGetValue(NextRow, out var row) ? " " + Uri.EscapeDataString(row) : "")
            : null;
    }
}
