using System.Globalization;
using System.Text;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.Adapters.AzureRest;

/// <summary>Signs with the account's key. The time in the signature is the wall's: a service does not believe a driven clock.</summary>
internal abstract class SharedKeyPolicy(StorageSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        // The service compares it with its own clock, so it cannot be one that a test moves.
#pragma warning disable RS0030
        request.Headers.SetValue("x-ms-date", TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
#pragma warning restore RS0030
        request.Headers.SetValue("Authorization", $"{Scheme} {credential.AccountName}:{credential.Sign(StringToSign(request, credential.AccountName))}");
    }

    protected abstract string Scheme { get; }

    protected abstract string StringToSign(Request request, string account);

    protected static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value ?? "" : "";
}

/// <summary>Tables: date and address only. The address counts as it is sent, percent-encoded.</summary>
internal sealed class SharedKeyLitePolicy(StorageSharedKeyCredential credential) : SharedKeyPolicy(credential)
{
    protected override string Scheme => "SharedKeyLite";

    protected override string StringToSign(Request request, string account)
    {
        var uri = request.Uri.ToUri();
        var component = HttpUtility.ParseQueryString(uri.Query)["comp"];
        return $"{Header(request, "x-ms-date")}\n/{account}{uri.AbsolutePath}{(component is null ? "" : "?comp=" + component)}";
    }
}

/// <summary>Queues: method, standard headers, all <c>x-ms-</c> headers, address and every query value.</summary>
internal sealed class SharedKeyFullPolicy(StorageSharedKeyCredential credential) : SharedKeyPolicy(credential)
{
    private static readonly string[] StandardHeaders =
        ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    protected override string Scheme => "SharedKey";

    protected override string StringToSign(Request request, string account)
    {
        var text = new StringBuilder(request.Method.Method).Append('\n');
        foreach (var name in StandardHeaders) text.Append(name == "Content-Length" ? Length(request) : Header(request, name)).Append('\n');
        var vendor = request.Headers.Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));
        foreach (var header in vendor.OrderBy(header => header.Name.ToLowerInvariant(), StringComparer.Ordinal))
            text.Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value.Trim()).Append('\n');
        var uri = request.Uri.ToUri();
        text.Append('/').Append(account).Append(uri.AbsolutePath);
        var query = HttpUtility.ParseQueryString(uri.Query);
        foreach (var name in query.AllKeys.OfType<string>().Order(StringComparer.Ordinal)) text.Append('\n').Append(name.ToLowerInvariant()).Append(':').Append(query[name]);
        return text.ToString();
    }

    private static string Length(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "";
}
