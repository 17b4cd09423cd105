using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>From what was said, the score and the history to the reasons for a person to look. No reason, no task.</summary>
public static class RiskReasons
{
    /// <summary>How far back an unanswered contact still counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>Words without a low score: how surely negative they must be to ask for a person by themselves.</summary>
    private const double SurelyNegative = 0.8;

    /// <summary>Strongest reasons first.</summary>
    public static IReadOnlyList<Reason> For(Feedback feedback, Reading reading, History history, Policy policy)
    {
        var reasons = new List<Reason>();
        foreach (var signal in reading.Signals.Where(signal => IsRisk(signal.Kind) && signal.Confidence >= policy.AlertThreshold))
            reasons.Add(new(ReasonKind.Signal, signal.Kind, signal.Strength));

        var contacts = history.Waiting.Count(at => feedback.At - at <= Memory) + 1;
        if (contacts >= 2 && ExpectsAnswer(feedback, reading) && !IsBeingAnswered(history, feedback.At)) reasons.Add(new(ReasonKind.Unanswered, Count: contacts));
        if (feedback.WantsCall) reasons.Add(new(ReasonKind.AsksForCall));
        if (feedback.Rating is { IsLow: true } low) reasons.Add(new(ReasonKind.LowScore, Count: low.Value, Detail: low.Scale.ToString()));
        if (feedback.Text is not null && NeedsReader(feedback, reading) is { } unread) reasons.Add(unread);
        if (reading.WordsWereRead && reading.Sentiment == Sentiment.Negative && reading.Confidence.Negative >= SurelyNegative
            && feedback.Rating is not { IsLow: true })
            reasons.Add(new(ReasonKind.NegativeWords));
        if (reasons.Count > 0 && reading.Has(FindingKind.ScoreConflict)) reasons.Add(new(ReasonKind.ScoreConflict));
        return [.. reasons.OrderBy(PriorityOf)];
    }

    /// <summary>
    /// Whether a person is waiting for an answer. Who phones or writes does, unless it was to say thank you; who fills in a survey does when asking, when
    /// complaining, or when writing without a score.
    /// </summary>
    public static bool ExpectsAnswer(Feedback feedback, Reading reading)
    {
        if (feedback.WantsCall || reading.Signals.Any(signal => IsRisk(signal.Kind))) return true;
        if (feedback.Text is null) return false;
        if (feedback.Channel is Channel.Phone or Channel.Mail or Channel.Letter) return reading.Find(SignalKind.Praise) is null || reading.Sentiment != Sentiment.Positive;
        return feedback.Rating is { } rating
            ? !rating.IsHigh && reading.Sentiment is (Sentiment.Negative or Sentiment.Mixed)
            : reading.Sentiment != Sentiment.Positive;
    }

    /// <summary>Somebody has promised a call and its time has not passed: writing once more meanwhile is no contact without an answer.</summary>
    private static bool IsBeingAnswered(History history, DateTimeOffset at) =>
        history.OpenTask is { Promise: { State: PromiseState.Pending } promise } && !promise.IsOverdue(at);

    public static Priority PriorityOf(Reason reason) => reason.Kind switch
    {
        ReasonKind.Signal when reason.Signal is SignalKind.Leave or SignalKind.Publish or SignalKind.Legal or SignalKind.Safety => Priority.Critical,
        ReasonKind.Signal => Priority.High,
        ReasonKind.Unanswered or ReasonKind.NobodyCalled or ReasonKind.NotSolved => Priority.Critical,
        ReasonKind.AsksForCall => Priority.High,
        ReasonKind.NegativeWords => Priority.High,
        ReasonKind.LowScore or ReasonKind.ScoreConflict or ReasonKind.NotAnalysed or ReasonKind.OtherLanguage => Priority.Normal,
        ReasonKind.AsksForOtherTime or ReasonKind.AsksForWriting or ReasonKind.AsksForNoCall => Priority.Normal,
    };

    private static Reason? NeedsReader(Feedback feedback, Reading reading)
    {
        if (reading.AnalysedBy == Reading.NotAnalysed) return new(ReasonKind.NotAnalysed);
        return reading.WordsWereRead || feedback.Rating is { IsHigh: true } ? null : new(ReasonKind.OtherLanguage, Detail: reading.Language);
    }

    private static bool IsRisk(SignalKind kind) => kind switch
    {
        SignalKind.Leave or SignalKind.Publish or SignalKind.Legal or SignalKind.Safety => true,
        SignalKind.Unreachable or SignalKind.PromiseBroken or SignalKind.CallMe => true,
        SignalKind.Rude or SignalKind.Money or SignalKind.Praise => false,
    };
}
