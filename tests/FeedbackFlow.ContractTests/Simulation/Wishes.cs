using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>How people and systems want to be told, drawn: ways in any order, some marked for quiet hours, hours of quiet, digests, listeners.</summary>
internal static class Wishes
{
    private static readonly WayKind[] Kinds = Enum.GetValues<WayKind>();

    public static Person Wishing(this Chance chance, Person person) => chance.Once(0.4) ? person : person with { Ways = chance.Ways(), Quiet = chance.Quiet(), Digest = chance.Digest() };

    /// <summary>Some put mail among them, and some leave it where it is: last.</summary>
    public static IReadOnlyList<Way> Ways(this Chance chance)
    {
        var kinds = Kinds.ToArray();
        chance.Random.Shuffle(kinds);
        return [.. kinds.Take(chance.Random.Next(4)).Select(kind => new Way(kind, kind == WayKind.Mail ? "" : $"https://chat.example/{kind}", chance.Once(0.4)))];
    }

    /// <summary>Of the night, of the day, and so long that the business is hardly open outside of them.</summary>
    public static QuietHours? Quiet(this Chance chance) => chance.Once(0.4) ? null : chance.Of(
        new QuietHours(new(21, 0), new(7, 0)), new(new(17, 30), new(9, 30)), new(new(12, 0), new(16, 0)), new(TimeOnly.MinValue, new(15, 0)), new(new(18, 0), TimeOnly.MinValue));

    public static DigestWish? Digest(this Chance chance) => chance.Once(0.4) ? null : chance.Of(Enum.GetValues<DigestWish>());

    /// <summary>The first is nearly always there; the second is away for days.</summary>
    public static IReadOnlyList<Listener> Listeners(this Chance chance, DateTimeOffset now) =>
        [.. new[] { SimPost.Steady, SimPost.Shaky }.Where(_ => chance.Once(0.3)).Select(name => new Listener(
            name, $"https://{name}.example/events", [.. OutboundEvents.Names.Where(_ => chance.Once(0.8))], [new SourceSecret("s0", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", now, null)], now, null, null))];
}
