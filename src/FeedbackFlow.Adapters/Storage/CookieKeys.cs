using System.Xml.Linq;
using FeedbackFlow.Adapters.Storage.Engines;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FeedbackFlow.Adapters.Storage;

/// <summary>
/// The keys that sign cookies and forms, in the store: every server of a deployment believes the others' cookies, and a store that moves takes its sign-ins along.
/// </summary>
internal sealed class CookieKeys(IRowEngine rows) : IXmlRepository
{
    private sealed record StoredKey(string Xml);

    public IReadOnlyCollection<XElement> GetAllElements() => AllAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        var change = new RowChange(RowAction.Put, friendlyName, RowFormat.Write(new StoredKey(element.ToString(SaveOptions.DisableFormatting))), RowFormat.Version);
        rows.CommitAsync(Keys.CookieKeys, Guid.NewGuid().ToString("N"), [change], CancellationToken.None).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> AllAsync()
    {
        var (elements, next) = (new List<XElement>(), (string?)null);
        do
        {
            var page = await rows.RangeAsync(Keys.CookieKeys, "", "~", Limits.PageLength, next, CancellationToken.None);
            elements.AddRange(page.Rows.Select(row => XElement.Parse(RowFormat.Read<StoredKey>(row).Xml)));
            next = page.Continuation;
        }
        while (next is not null);
        return elements;
    }
}
