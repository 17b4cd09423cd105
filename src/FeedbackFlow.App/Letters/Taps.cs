using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Letters;

/// <summary>The taps of a letter in the order in which they are shown.</summary>
public static class Taps
{
    private static readonly LinkPurpose[] Order =
        [LinkPurpose.Claim, LinkPurpose.SendApology, LinkPurpose.ReachedSaved, LinkPurpose.ReachedLost, LinkPurpose.NoAnswer, LinkPurpose.HandOver];

    public static IEnumerable<(LinkPurpose Purpose, Uri Url)> Of(IReadOnlyDictionary<LinkPurpose, Uri> links) =>
        Order.Where(links.ContainsKey).Select(purpose => (purpose, links[purpose]));

    public static string Say(Words words, LinkPurpose purpose) => words[$"action.{Words.Kebab(purpose.ToString())}.tap"];
}
