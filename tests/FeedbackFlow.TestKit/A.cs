using System.Globalization;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;
using NodaTime;

namespace FeedbackFlow.TestKit;

/// <summary>
/// Plain things to begin with; a test says only what matters to it: <c>A.Feedback().WithText("…").WithStars(1)</c>. The business is an Israeli plumber
/// (Sunday to Thursday 08:00-18:00, Friday to 13:00) with a manager, a backup and an owner; everything happens on Monday 2026-11-23 at 10:00 unless said otherwise.
/// </summary>
public static class A
{
    public const string ContactKey = "a2V5IG9mIHRoZSB0ZXN0IGtpdCwgMzIgYnl0ZXMhISE=";

    public static readonly DateTimeOffset Now = Time("Mon 2026-11-23 10:00");

    public static readonly Person Manager = Worker(1, "דנה", PersonRole.Manager);
    public static readonly Person Backup = Worker(2, "יוסי", PersonRole.Backup);
    public static readonly Person Owner = Worker(3, "רות", PersonRole.Owner);

    /// <summary>A time on the wall clock of Jerusalem, as in <c>Thu 2026-11-19 17:40</c> or with seconds.</summary>
    public static DateTimeOffset Time(string wallClock)
    {
        var local = DateTime.ParseExact(wallClock, ["ddd yyyy-MM-dd HH:mm", "ddd yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None);
        return LocalDateTime.FromDateTime(local).InZoneStrictly(WorkingTime.ZoneOf("Asia/Jerusalem")).ToDateTimeOffset();
    }

    /// <summary>The n-th id; the same n gives the same id.</summary>
    public static T Id<T>(int n) where T : struct, IId<T> => T.From(n.ToString("x32", CultureInfo.InvariantCulture));

    public static Person Worker(int n, string name, PersonRole role) =>
        new(Id<PersonId>(n), name, string.Create(CultureInfo.InvariantCulture, $"person{n}@plumber.example"), null, role, "he", []);

    public static Business Business() => new(
        "demo", "האינסטלטור", "he", "Asia/Jerusalem", WorkingWeek.Israeli, Policy.Default, "+97241234567", "service@plumber.example", null,
        [Manager, Backup, Owner], [], ContactKey, Time("Sun 2026-01-04 09:00"));

    public static Feedback Feedback() => new(
        Id<FeedbackId>(100), Now, Channel.Form, Origin.JobLink, null, null, false, Contact(), Id<CustomerId>(50), null, null);

    public static Contact Contact() => new("נועה", "noa@example.com", "+972541234567");

    /// <summary>Words that were read and announce nothing.</summary>
    public static Reading Reading() => new("he", Sentiment.Neutral, new(0.1, 0.8, 0.1), [], [], "local/1");

    /// <summary>An open critical task of the manager, from 10:00 to 11:00; broken on Tuesday at 18:00. Its next step is armed.</summary>
    public static CallBackTask Task()
    {
        var promise = Promise.Make(Now, Now.AddMinutes(60), Time("Tue 2026-11-24 18:00"), [ToldBy.Page]);
        var task = new CallBackTask(
            Id<TaskId>(10), Now, TaskState.Open, Priority.Critical, Manager.Id, Id<CustomerId>(50), Contact(), [Id<FeedbackId>(99)],
            [new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Threat)], promise, [], [], null, Ladder.Fresh, null);
        return EscalationLadder.Arm(task, Business().Hours());
    }

    public static Letter Letter() => new(
        Id<LetterId>(70), LetterKind.Alert, "demo", "האינסטלטור", null, new("דנה", "dana@plumber.example", "he"), "נושא", "<p>שלום</p>", "שלום", Id<TaskId>(10), Now, null);

    public static CustomerLine CustomerLine() => Pipeline.Customers.CustomerLine.New(Id<CustomerId>(50), Contact(), Now);

    public static Submission Submission() => new("form", "stars", 5, "הכול היה מצוין", false, "נועה", "noa@example.com", "054-123-4567", null);
}
