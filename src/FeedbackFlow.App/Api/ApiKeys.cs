using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Api;

/// <summary>Whose key a request carries. A key begins with its business, so only that business's row is read.</summary>
internal sealed class ApiKeys(ILookups lookups, LocalOnly local)
{
    public async Task<Business?> BusinessAsync(HttpRequest request, CancellationToken ct)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var key = header[scheme.Length..].Trim();
        var slug = key == DemoBusiness.Key && local.Allows(request) ? DemoBusiness.Slug : Token.BusinessOf(key);
        if (slug is null || !Slug.IsWellFormed(slug) || await lookups.BusinessAsync(slug, ct) is not { } business) return null;
        var hash = Encoding.ASCII.GetBytes(Token.Hash(key));
        return business.Value.Keys.Any(known => CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(known.Hash))) ? business.Value : null;
    }

    public static IResult Missing(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(StatusCodes.Status401Unauthorized, "A key is needed.", "Send Authorization: Bearer KEY with a key made by 'key add'.");
    }
}
