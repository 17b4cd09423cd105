using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Outbox;

public class OutboundEventsTests
{
    private static readonly DateTimeOffset InTime = A.Now.AddMinutes(15);
    private static readonly DateTimeOffset Passed = A.Now.AddMinutes(90);

    private static readonly SiteAddresses Site = new(new("https://feedback.example.com/"));
    private static readonly CallBackTask Open = A.Task();
    private static readonly CallBackTask Claimed = Open.After(new Claim(A.Manager.Id, "דנה"), InTime).After!;
    private static readonly CallBackTask Closed = Open.After(new Close(Outcome.Saved, "דיברנו", null, "דנה"), InTime).After!;

    /// <summary>The task before and after a change, and what other systems are told of it.</summary>
    public static TheoryData<string, CallBackTask?, CallBackTask?, string[]> Changes { get; } = new()
    {
        { "no task", null, null, [] },
        { "a new task", null, Open, ["risk.detected"] },
        { "the task is gone", Open, null, [] },
        { "nothing that matters", Open, Open with { Wishes = 1 }, [] },
        { "more urgent", Open with { Priority = Priority.High }, Open, ["risk.detected"] },
        { "less urgent", Open, Open with { Priority = Priority.High }, [] },
        { "claimed", Open, Claimed, ["task.claimed"] },
        { "claimed by another", Claimed, Claimed with { Owner = A.Backup.Id }, [] },
        { "handed over", Claimed, Open, [] },
        { "closed", Open, Closed, ["task.closed"] },
        { "closed after it was claimed", Claimed, Closed, ["task.closed"] },
        { "closed for good", Closed, Closed with { CheckBacks = [new(null, true, Passed)] }, [] },
        { "opened again", Closed, Open with { Promise = Closed.Promise }, [] },
        { "tried in time", Open, Open.After(new NoAnswer("דנה"), InTime).After, ["task.claimed"] },
        { "tried late", Claimed, Claimed.After(new NoAnswer("דנה"), Passed).After, ["promise.late"] },
        { "closed late", Claimed, Claimed.After(new Close(Outcome.Lost, "x", null, "דנה"), Passed).After, ["task.closed", "promise.late"] },
        { "nobody called", Open, Open with { Promise = Open.Promise.AfterTime(Open.Promise.BreaksAt) }, ["promise.broken"] },
        { "the customer let go", Open, Open with { Promise = Open.Promise.Release(InTime) }, [] },
        { "broken before", Open with { Promise = Open.Promise.AfterTime(Open.Promise.BreaksAt) }, Claimed with { Promise = Open.Promise.AfterTime(Open.Promise.BreaksAt) }, ["task.claimed"] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_says_what_it_means_to_others(string story, CallBackTask? before, CallBackTask? after, string[] types) =>
        Assert.Equal((story, string.Join(' ', types)), (story, string.Join(' ', Told(before, after).Select(told => told.Type))));

    [Fact]
    public void What_made_room_for_a_new_promise_is_told_and_what_came_before_is_not()
    {
        var late = Open.After(new NoAnswer("דנה"), Passed).After!;
        Assert.Equal(["promise.late"], Told(Claimed, late).Select(told => told.Type));
        Assert.Empty(Told(late, late.After(new NoAnswer("דנה"), Passed.AddMinutes(5)).After));
    }

    [Fact]
    public void Feedback_is_told_with_its_reading_and_the_task_that_it_made()
    {
        var said = A.Feedback().WithText("הכול גרוע").WithStars(1) with { From = new("google", null, null, null, []) };
        var reading = A.Reading().Negative().With(SignalKind.PromiseBroken).With(SignalKind.Leave);
        var told = OutboundEvents.In(said, reading, null, Open, Site);
        Assert.Equal(["feedback.received", "risk.detected"], told.Select(one => one.Type));
        Assert.Equal(
            """{"type":"feedback.received","timestamp":"2026-11-23T08:00:00Z","data":{"feedbackId":"00000000000000000000000000000064","at":"2026-11-23T08:00:00Z","channel":"form","source":"google","rating":{"scale":"stars","value":1},"language":"he","sentiment":"negative","signals":["promise-broken","leave"],"customerId":"00000000000000000000000000000032","taskId":"0000000000000000000000000000000a"}}""",
            told[0].Body(A.Now));
    }

    [Fact]
    public void What_is_not_known_is_null_and_what_was_not_read_is_not_told()
    {
        var told = Assert.Single(OutboundEvents.In(A.Feedback() with { Customer = null }, A.Reading(), null, null, Site));
        Assert.Equal(
            """{"type":"feedback.received","timestamp":"2026-11-23T08:00:00Z","data":{"feedbackId":"00000000000000000000000000000064","at":"2026-11-23T08:00:00Z","channel":"form","source":null,"rating":null,"language":"he","sentiment":"neutral","signals":[],"customerId":null,"taskId":null}}""",
            told.Body(A.Now));
        Assert.Empty(OutboundEvents.In(A.Feedback(), null, null, null, Site));
        Assert.Empty(OutboundEvents.In(null, A.Reading(), null, null, Site));
    }

    [Fact]
    public void A_task_is_told_with_its_promise_and_its_outcome_only_when_it_ends()
    {
        var unreached = Claimed with { Reasons = [new(ReasonKind.Signal, SignalKind.CallMe), new(ReasonKind.LowScore)], Feedbacks = [A.Id<FeedbackId>(99), A.Id<FeedbackId>(100)] };
        var ended = Told(unreached, unreached.After(new Close(Outcome.NotReached, "x", null, "דנה"), Passed).After);
        const string Data = """
            "taskId":"0000000000000000000000000000000a","status":"closed","priority":"critical","reasons":["call-me","low-score"],"openedAt":"2026-11-23T08:00:00Z","promisedBy":"2026-11-23T09:00:00Z","promise":"late","customerId":"00000000000000000000000000000032","feedbackId":"00000000000000000000000000000064","page":"https://feedback.example.com/manage/tasks/0000000000000000000000000000000a"
            """;
        Assert.Equal("{\"type\":\"task.closed\",\"timestamp\":\"2026-11-23T08:00:00Z\",\"data\":{" + Data + ",\"outcome\":\"not-reached\"}}", ended[0].Body(A.Now));
        Assert.Equal("{\"type\":\"promise.late\",\"timestamp\":\"2026-11-23T08:00:00Z\",\"data\":{" + Data + "}}", ended[1].Body(A.Now));
    }

    private static IReadOnlyList<OutboundEvent> Told(CallBackTask? before, CallBackTask? after) => OutboundEvents.In(null, null, before, after, Site);
}
