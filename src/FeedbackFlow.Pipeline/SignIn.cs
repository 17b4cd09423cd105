using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Sign-in by a mailed link: works once, for 15 minutes, and is spent by POST (design 4.9).</summary>
public sealed class SignIn(ILookups lookups, ICommits commits, INudges nudges, ILetterWriter writer, SiteAddresses addresses, Races races, TimeProvider clock)
{
    private sealed record Spent(Person? By);

    /// <summary>Commits the letter with the link. An address nobody has at this business gives no letter; the page says the same either way.</summary>
    public async Task<IReadOnlyList<LetterId>> AskAsync(Business business, string email, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (business.Find(email) is not { } person) return [];
        return await races.RunAsync<IReadOnlyList<LetterId>>(async limit =>
        {
            var now = clock.GetUtcNow();
            var token = Token.New(business.Slug);
            var link = new Link(Token.Hash(token), LinkPurpose.SignIn, null, person.Id, null, null, now + Link.SignInLife, null);
            var to = new Recipient(person.Name, person.Email, person.Language);
            var letter = await writer.WriteAsync(new SignInDraft(NewId.At<LetterId>(now), business, to, now, addresses.SignIn(token)));
            var commit = new Commit(business.Slug)
            {
                Letters = [Change.New(OutboxEntry.Leased(letter, now))],
                Links = [Change.New(link)],
            };
            var nudge = Nudge.ForCommit(business.Slug, [letter.Id], null, now);
            return await commits.CommitAsync(commit, [nudge], nudges, clock, limit) == CommitResult.LostRace ? null : [letter.Id];
        });
    }

    /// <summary>Spends the link and gives the person; null when it is unknown, used or over.</summary>
    public async Task<Person?> SpendAsync(Business business, string token, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return (await races.RunAsync(async limit =>
        {
            var now = clock.GetUtcNow();
            var link = await lookups.LinkAsync(business.Slug, Token.Hash(token), limit);
            if (link is not { Value: { Purpose: LinkPurpose.SignIn, SpentAt: null, Person: { } person } } || link.Value.IsOver(now)) return new Spent(null);
            var spent = new Commit(business.Slug) { Links = [link.To(link.Value with { SpentAt = now })] };
            return await commits.CommitAsync(spent, limit) == CommitResult.LostRace ? null : new Spent(business.Find(person));
        })).By;
    }
}
