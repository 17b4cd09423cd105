using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Makes a link to the open form that hangs in one place (a magnet, a van, a branch) and never ends. It is returned and never stored itself.</summary>
public sealed class OpenPlace(ICommits commits, SiteAddresses addresses)
{
    public async Task<Uri> RunAsync(Business business, string label, string? branch = null)
    {
        var token = Token.New(business.Slug);
        var link = new Link(Token.Hash(token), LinkPurpose.OpenForm, null, null, null, label, null, null) { Branch = branch };
        using var limit = new CancellationTokenSource(Races.CommitLimit);
        var stored = await commits.CommitAsync(new Commit(business.Slug) { Links = [Change.New(link)] }, limit.Token);
        return stored == CommitResult.Committed ? addresses.Form(token) : throw new StoreUnavailableException("A fresh link met a row of its own id.");
    }
}
