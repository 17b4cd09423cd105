using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>The ways by which a letter may reach its reader now.</summary>
/// <param name="Ways">In order; empty where there is only mail.</param>
/// <param name="OthersFrom">When the ways that are not among them may be used too; null when all are.</param>
public sealed record Reach(IReadOnlyList<Way> Ways, DateTimeOffset? OthersFrom)
{
    private static readonly Reach ByMail = new([], null);

    public IReadOnlyList<WayKind> Kinds => [.. Ways.Select(way => way.Kind)];

    public Way? Find(WayKind? kind) => Ways.FirstOrDefault(way => way.Kind == kind);

    /// <summary>
    /// In quiet hours the ways that are marked for them; what must not wait goes on to the others after them. Customers, systems and sign-in links know no ways: those letters have
    /// no brief.
    /// </summary>
    public static Reach Of(Letter letter, Business business, DateTimeOffset now)
    {
        if (letter.Brief is null || business.Find(letter.To.Address) is not { Ways.Count: > 0 } reader) return ByMail;
        if (reader.Quiet?.EndOf(now, business.Zone) is not { } end) return new(reader.WaysInOrder, null);
        var marked = reader.WaysInOrder.Where(way => way.InQuietHours).ToList();
        return marked.Count > 0 && end <= letter.MayWaitUntil ? new(marked, end) : new([.. marked, .. reader.WaysInOrder.Where(way => !way.InQuietHours)], null);
    }
}
