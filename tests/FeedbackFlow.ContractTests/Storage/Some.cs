using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Storage;

/// <summary>Things to store, whole in every field.</summary>
internal static class Some
{
    /// <summary>Points, marks of direction, emoji of several code points, quotes and line ends.</summary>
    public const string Words = "שָׁלוֹם, אֲנִי מְחַכֶּה כְּבָר שְׁמוֹנָה יָמִים 😡👩‍👩‍👧\r\n\"די!\" \u200F<b>&\u202Bימין\u202C C:\\temp 'quoted' e\u0301";

    public static DateTimeOffset Moment { get; } = Shop.SundayMorning;

    public static string Hash() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    public static Feedback Feedback(DateTimeOffset? at = null, CustomerId? customer = null) => new(
        NewId.At<FeedbackId>(at ?? Moment), at ?? Moment, Channel.Form, Origin.JobLink, new(RatingScale.Nps, 2), Words, true,
        new("נֹעָה 👩", "noa@customers.example", "+972541234567"), customer, NewId.At<JobId>(Moment), "מקרר 🧲");

    public static ReadFeedback Read(DateTimeOffset? at = null, CustomerId? customer = null) => new(
        Feedback(at, customer),
        new("he", Sentiment.Mixed, new(0.1, 0.2, 0.7), [new(SignalKind.Publish, SignalStrength.Threat, 0.97, [new(3, 5), new(10, 2)])], [new(FindingKind.Sarcasm, [new(0, 1)])], "plain/1"));

    public static CustomerLine Customer(CustomerId? id = null) => new(
        id ?? NewId.At<CustomerId>(Moment), new("נֹעָה", "noa@customers.example", null), Moment, Moment.AddHours(1), 7, NewId.At<TaskId>(Moment), [Moment], [new(RatingScale.Stars, 1)],
        NewId.At<CustomerId>(Moment));

    public static CallBackTask Task(DateTimeOffset? by = null, DateTimeOffset? next = null)
    {
        var deadline = by ?? Moment.AddHours(3);
        return new(
            NewId.At<TaskId>(Moment), Moment, TaskState.Open, Priority.Critical, Shop.Manager.Id, NewId.At<CustomerId>(Moment), new("נֹעָה", null, "+972541234567"),
            [NewId.At<FeedbackId>(Moment)], [new(ReasonKind.Signal, SignalKind.Leave, SignalStrength.Done), new(ReasonKind.Unanswered, Count: 3)],
            Promise.Make(Moment, deadline, deadline.AddDays(1), [ToldBy.Page, ToldBy.Mail]), [Promise.Make(Moment.AddDays(-1), Moment, Moment, []) with { State = PromiseState.Late, SettledAt = Moment }],
            [new(Moment, false, "דנה")], null, Ladder.Fresh with { Done = [LadderStep.Half], Next = LadderStep.Late, NextAt = next ?? Moment.AddHours(2), LastAt = Moment }, Moment.AddMinutes(1));
    }

    public static CallBackTask Closed(CallBackTask task, DateTimeOffset at) => task with
    {
        State = TaskState.Closed,
        Closing = new(Outcome.Saved, "דיברנו 😊", "ביקור חינם", "דנה", at),
        Ladder = task.Ladder with { Next = null, NextAt = null },
    };

    public static OutboxEntry Letter(DateTimeOffset? at = null, DateTimeOffset? due = null, TaskId? task = null) => OutboxEntry.Waiting(
        new(NewId.At<LetterId>(at ?? Moment), LetterKind.Alert, Shop.Slug, "מזגני השכונה", null, new("דָּנָה", "dana@shop.example", "he"), "נושא 🔔", "<p>" + Words + "</p>", Words, task,
            at ?? Moment, Moment.AddDays(1)),
        due ?? Moment.AddSeconds(30));

    public static Link Link(DateTimeOffset? until = null) => new(Hash(), LinkPurpose.Claim, NewId.At<TaskId>(Moment), Shop.Manager.Id, null, "מקרר", until ?? Moment.AddDays(14), null);

    public static StoredAnswer Answer(DateTimeOffset? until = null) => new(Hash(), Hash(), NewId.At<FeedbackId>(Moment), NewId.At<TaskId>(Moment), "דָּנָה", Moment.AddHours(3), until ?? Moment.AddDays(7));
}
