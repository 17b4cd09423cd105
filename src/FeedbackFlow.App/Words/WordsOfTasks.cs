using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App;

/// <summary>The words of the model in the words of people.</summary>
public sealed partial class Words
{
    /// <summary>Beyond this a count of contacts is said as a number.</summary>
    private const int LastOrdinal = 10;

    public Times Times(string zone, DateTimeOffset now) => new(this, WorkingTime.ZoneOf(zone), now);

    /// <summary>One reason as a phrase that stands after a colon: "threat to tell others".</summary>
    public string Reason(Reason reason) => reason.Kind switch
    {
        ReasonKind.Signal when reason.Signal is { } signal => Signal(signal, reason.Strength),
        ReasonKind.Signal => this["reason.signal"],
        ReasonKind.LowScore => LowScore(reason),
        ReasonKind.AsksForCall => this["reason.asks-for-call"],
        ReasonKind.Unanswered => Unanswered(reason.Count ?? LastOrdinal + 1),
        ReasonKind.ScoreConflict => this["reason.score-conflict"],
        ReasonKind.NegativeWords => this["reason.negative-words"],
        ReasonKind.NotAnalysed => this["reason.not-analysed"],
        ReasonKind.NobodyCalled => this["reason.nobody-called"],
        ReasonKind.NotSolved => this["reason.not-solved"],
        ReasonKind.AsksForOtherTime => this["reason.asks-for-other-time"],
        ReasonKind.AsksForWriting => this[reason.Detail == nameof(WrittenBy.WhatsApp) ? "reason.asks-for-writing.whatsapp" : "reason.asks-for-writing.mail"],
        ReasonKind.AsksForNoCall => this["reason.asks-for-no-call"],
        ReasonKind.OtherLanguage => Say("reason.other-language", ("language", LanguageName(reason.Detail))),
    };

    /// <summary>All reasons in one line, each once.</summary>
    public string Reasons(IEnumerable<Reason> reasons) => string.Join(this["list.separator"], reasons.Select(Reason).Distinct());

    public string Signal(SignalKind kind, SignalStrength? strength)
    {
        var key = "signal." + Kebab(kind.ToString());
        return strength is { } firm && Has($"{key}.{Kebab(firm.ToString())}") ? this[$"{key}.{Kebab(firm.ToString())}"] : this[key];
    }

    public string Finding(FindingKind kind) => this["finding." + Kebab(kind.ToString())];

    public string Sentiment(Sentiment sentiment) => this["sentiment." + Kebab(sentiment.ToString())];

    public string Channel(Channel channel) => this["channel." + Kebab(channel.ToString())];

    public string Role(PersonRole role) => this["role." + Kebab(role.ToString())];

    public string Outcome(Outcome outcome) => this["outcome." + Kebab(outcome.ToString())];

    public string Priority(Priority priority) => this["priority." + Kebab(priority.ToString())];

    /// <summary>A way to tell somebody, as it is called: "Slack".</summary>
    public string Way(WayKind kind) => this["way." + Kebab(kind.ToString())];

    public string Ways(IEnumerable<WayKind> kinds) => string.Join(this["list.separator"], kinds.Select(Way));

    public string Event(TaskEventKind kind) => this["event." + Kebab(kind.ToString())];

    /// <summary>Why a letter did not arrive, as far as we have words for it; otherwise null, and the service's own words are all there is.</summary>
    public string? Problem(string problem)
    {
        var key = "outbox.problem." + (problem == Delivery.NoChannelLeft ? "no-channel" : Kebab(problem));
        return Has(key) ? this[key] : null;
    }

    /// <summary>A score on its scale: "2 of 5".</summary>
    public string Score(Rating rating) =>
        Say("score." + Kebab(rating.Scale.ToString()), ("n", Number(rating.Value)), ("max", Number(Rating.Highest(rating.Scale))));

    private string LowScore(Reason reason) =>
        Enum.TryParse<RatingScale>(reason.Detail, ignoreCase: true, out var scale) && reason.Count is { } value
            ? Say("reason.low-score", ("score", Score(new Rating(scale, value))))
            : this["reason.low-score.bare"];

    private string Unanswered(int count) =>
        count is >= 2 and <= LastOrdinal
            ? Say("reason.unanswered", ("ordinal", this["ordinal." + Number(count)]))
            : Count("reason.unanswered-count", count);

    private string LanguageName(string? code) => code is not null && Has("language.name." + code) ? this["language.name." + code] : code ?? this["language.name.und"];

    internal static string Kebab(string name) =>
        string.Concat(name.Select((c, at) => char.IsAsciiLetterUpper(c) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
