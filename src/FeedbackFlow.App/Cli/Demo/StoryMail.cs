using System.Text.RegularExpressions;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>The mailboxes of everybody in the story.</summary>
internal sealed partial class StoryMail(ILists lists, ILookups lookups, SiteAddresses addresses, TimeProvider clock)
{
    private const int MostLetters = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly HashSet<LetterId> read = [];

    public string PageOf(Letter letter) => addresses.At($"mailbox/{letter.Business}/{letter.Id}").ToString();

    /// <summary>The letters of a kind that nobody has read yet, as soon as there are enough of them; a story in which they do not come has failed.</summary>
    public async Task<IReadOnlyList<Letter>> ReceiveAsync(LetterKind kind, int count, CancellationToken ct)
    {
        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience; await Task.Delay(Pause, ct))
        {
            var sent = (await lists.LettersAsync(DemoBusiness.Slug, MostLetters, null, ct)).Items
                .Where(entry => entry.State == LetterState.Sent && entry.Letter.Kind == kind && !read.Contains(entry.Letter.Id)).Select(entry => entry.Letter)
                .OrderBy(letter => letter.To.Address, StringComparer.Ordinal).ToList();
            if (sent.Count < count) continue;
            read.UnionWith(sent.Select(letter => letter.Id));
            return sent;
        }

        throw new StoryStoppedException($"No {kind} letter within {Patience.TotalSeconds} seconds.");
    }

    /// <summary>The address in a letter that does one thing.</summary>
    public async Task<Uri> LinkAsync(Letter letter, LinkPurpose purpose, CancellationToken ct)
    {
        foreach (Match match in ActionAddress().Matches(letter.Text))
        {
            var token = match.Groups[1].Value;
            if (await lookups.LinkAsync(letter.Business, Token.Hash(token), ct) is { } link && link.Value.Purpose == purpose) return addresses.Action(token);
        }

        throw new StoryStoppedException($"The letter '{letter.Subject}' has no link for {purpose}.");
    }

    [GeneratedRegex("/a/([a-z0-9-]+\\.[0-9a-f]{32})")]
    private static partial Regex ActionAddress();
}
