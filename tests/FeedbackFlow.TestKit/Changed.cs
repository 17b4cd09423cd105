using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.TestKit;

/// <summary>What a test changes of the plain things of <see cref="A"/>.</summary>
public static class Changed
{
    public static Feedback WithText(this Feedback feedback, string text) => feedback with { Text = text };

    public static Feedback WithStars(this Feedback feedback, int stars) => feedback with { Rating = new(RatingScale.Stars, stars) };

    public static Feedback WithNps(this Feedback feedback, int score) => feedback with { Rating = new(RatingScale.Nps, score) };

    public static Feedback At(this Feedback feedback, string wallClock) => feedback with { At = A.Time(wallClock) };

    public static Feedback AsksForCall(this Feedback feedback) => feedback with { WantsCall = true };

    public static Feedback WithoutEmail(this Feedback feedback) => feedback with { Contact = feedback.Contact with { Email = null } };

    public static Reading With(this Reading reading, SignalKind kind, double confidence = 0.9, SignalStrength? strength = null) =>
        reading with { Signals = [.. reading.Signals, new(kind, strength, confidence, [new(0, 1)])] };

    public static Reading With(this Reading reading, FindingKind kind) => reading with { Findings = [.. reading.Findings, new(kind, [])] };

    public static Reading Negative(this Reading reading, double confidence = 0.9) =>
        reading with { Sentiment = Sentiment.Negative, Confidence = new(0, 1 - confidence, confidence) };

    public static Reading Positive(this Reading reading) => reading with { Sentiment = Sentiment.Positive, Confidence = new(0.9, 0.1, 0) };

    public static Reading In(this Reading reading, string language) => reading with { Language = language };

    public static Business WithPeople(this Business business, params Person[] people) => business with { People = people };

    public static Person AwayFrom(this Person person, string from, string until) => person with { Away = [.. person.Away, new(A.Time(from), A.Time(until))] };

    /// <summary>The customer's earlier contacts that nobody answered, in days before <see cref="A.Now"/>.</summary>
    public static History WaitingSinceDays(this History history, params double[] days) => history with { Waiting = [.. days.Select(day => A.Now.AddDays(-day))] };

    /// <summary>The task with its next step computed anew, after a test changed something of it.</summary>
    public static CallBackTask Armed(this CallBackTask task) => EscalationLadder.Arm(task, Hours);

    /// <summary>The act on the plain business at a time of Monday 2026-11-23.</summary>
    public static ActDecision After(this CallBackTask task, Act act, DateTimeOffset at) => TaskActs.Decide(task, act, A.Business(), at);

    public static WorkingTime Hours { get; } = A.Business().Hours();
}
