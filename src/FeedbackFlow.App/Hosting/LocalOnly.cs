namespace FeedbackFlow.App.Hosting;

/// <summary>
/// The demo key and the mailbox exist only in Development, never under the Functions host, and only for a browser on this machine: a Host other
/// than a loopback name or a forwarding header means that somebody stands between.
/// </summary>
internal sealed class LocalOnly(Settings settings)
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] ForwardingHeaders =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-ARR-LOG-ID",
        // What remains of those that were believed.
        "X-Original-For", "X-Original-Host", "X-Original-Proto",
    ];

    public bool Allows(HttpRequest request) =>
        settings.IsDevelopment && Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) && !ForwardingHeaders.Any(request.Headers.ContainsKey);
}
