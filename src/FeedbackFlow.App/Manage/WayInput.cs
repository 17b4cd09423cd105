using System.Net;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Manage;

/// <summary>How a person is told, as typed on the page or on the command line.</summary>
internal static class WayInput
{
    public static readonly IReadOnlyList<WayKind> Kinds = Enum.GetValues<WayKind>();

    /// <summary>As it stands in forms and on the command line: <c>slack</c>, <c>whatsapp</c>.</summary>
    public static string NameOf(WayKind kind) => kind.ToString().ToLowerInvariant();

    public static WayKind? KindOf(string? name) => Kinds.Cast<WayKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    /// <summary>Names are looked up when they are connected to; an address that is private as it is written is told at once.</summary>
    /// <param name="thisMachineToo">On a developer's own machine.</param>
    public static (Way? Way, WayProblem? Problem) Read(WayKind kind, string typed, bool inQuietHours, bool thisMachineToo)
    {
        var (way, problem) = WayCheck.Read(kind, typed, inQuietHours, thisMachineToo);
        return way is { IsWebhook: true } && !thisMachineToo && IsPrivate(new Uri(way.Address)) ? (null, WayProblem.Private) : (way, problem);
    }

    /// <summary>The person with this way: in the place of the one of its kind, else last.</summary>
    public static Person With(Person person, Way way) =>
        person.Ways.Any(known => known.Kind == way.Kind)
            ? person with { Ways = [.. person.Ways.Select(known => known.Kind == way.Kind ? way : known)] }
            : person with { Ways = [.. person.Ways, way] };

    /// <summary>Mail stays: it is what is left when nothing else works.</summary>
    public static Person Without(Person person, WayKind kind) => person with { Ways = [.. person.Ways.Where(way => way.Kind != kind || kind == WayKind.Mail)] };

    public static Person Sooner(Person person, WayKind kind)
    {
        var ways = person.WaysInOrder.ToList();
        var at = ways.FindIndex(way => way.Kind == kind);
        if (at > 0) (ways[at - 1], ways[at]) = (ways[at], ways[at - 1]);
        return person with { Ways = ways };
    }

    private static bool IsPrivate(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && !PublicAddresses.Holds(address));
}
