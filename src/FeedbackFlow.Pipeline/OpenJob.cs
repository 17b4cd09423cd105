using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Records a job that was done and makes its one feedback link, which is returned and never stored itself.</summary>
public sealed class OpenJob(ICommits commits, SiteAddresses addresses, TimeProvider clock)
{
    public async Task<(JobId Job, Uri Link)> RunAsync(Business business, Contact contact, string service, string? branch = null)
    {
        var now = clock.GetUtcNow();
        var token = Token.New(business.Slug);
        var job = new Job(NewId.At<JobId>(now), now, contact, service) { Branch = branch, Link = Token.Hash(token) };
        var link = new Link(job.Link, LinkPurpose.JobForm, null, null, job.Id, null, now + Link.FormLife, null) { About = job };
        using var limit = new CancellationTokenSource(Races.CommitLimit);
        var stored = await commits.CommitAsync(new Commit(business.Slug) { Job = Change.New(job), JobContacts = Hashes(business, contact), Links = [Change.New(link)] }, limit.Token);
        return stored == CommitResult.Committed
            ? (job.Id, addresses.Form(token))
            : throw new StoreUnavailableException("A fresh job met rows of its own id.");
    }

    private static IReadOnlyList<string> Hashes(Business business, Contact contact) =>
    [
        .. contact.Phone is { } phone ? [CustomerIdentity.PhoneHash(business.ContactKey, phone)] : Array.Empty<string>(),
        .. contact.Email is { } email ? [CustomerIdentity.EmailHash(business.ContactKey, email)] : Array.Empty<string>(),
    ];
}
