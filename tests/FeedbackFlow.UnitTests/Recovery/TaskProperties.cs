using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Outcome = FeedbackFlow.Pipeline.Recovery.Outcome;

namespace FeedbackFlow.Tests.Recovery;

/// <summary>Whatever people and time do to a task, and in whatever order.</summary>
public class TaskProperties
{
    private static readonly Act?[] Moves =
    [
        null, new Claim(A.Manager.Id, "a"), new Claim(A.Backup.Id, "b"), new NoAnswer("c"), new Close(Outcome.Saved, "r", null, "d"), new Close(Outcome.NotReached, "r", null, "e"),
        new Close(Outcome.NoFault, "r", null, "f"), new Close(Outcome.Duplicate, "r", "g", "g"), new HandOver(A.Owner.Id, "h"), new Reopen("r", "i"), new SendApology("j"),
    ];

    private static readonly Arbitrary<(int Move, int Minutes)[]> Histories = Arb.From(Gen.ArrayOf(
        from move in Gen.Choose(0, Moves.Length - 1)
        from minutes in Gen.OneOf(Gen.Choose(0, 60), Gen.Choose(0, 3000))
        select (move, minutes)));

    [Fact]
    public void A_settled_promise_never_changes_and_none_is_lost() => Holds((before, after) =>
        before.EarlierPromises.SequenceEqual(after.EarlierPromises.Take(before.EarlierPromises.Count))
        && (before.Promise.State == PromiseState.Pending || before.Promise == after.Promise || after.EarlierPromises.Contains(before.Promise)));

    [Fact]
    public void A_time_that_was_told_is_never_moved() => Holds((before, after) =>
        after.EarlierPromises.Append(after.Promise).Any(promise =>
            (promise.MadeAt, promise.By, promise.BreaksAt) == (before.Promise.MadeAt, before.Promise.By, before.Promise.BreaksAt) && promise.Told.SequenceEqual(before.Promise.Told)));

    [Fact]
    public void Only_an_attempt_by_its_time_keeps_a_promise() => Holds((_, after) => after.EarlierPromises.Append(after.Promise).All(promise =>
        promise.State != PromiseState.Kept || after.Attempts.Any(attempt => attempt.At == promise.SettledAt && attempt.At <= promise.By)));

    [Fact]
    public void While_a_promise_is_pending_time_has_a_next_step() => Holds((_, after) =>
        (after.Promise.State != PromiseState.Pending || after.Ladder.NextAt is not null) && after.Ladder.Next.HasValue == after.Ladder.NextAt.HasValue);

    [Fact]
    public void A_closed_task_says_how_and_an_open_one_does_not() => Holds((_, after) => after.IsOpen == (after.Closing is null));

    [Fact]
    public void Attempts_are_never_forgotten() => Holds((before, after) => before.Attempts.SequenceEqual(after.Attempts.Take(before.Attempts.Count)));

    [Fact]
    public void Every_owner_works_there() => Holds((_, after) => A.Business().Find(after.Owner) is not null);

    private static void Holds(Func<CallBackTask, CallBackTask, bool> property) => Check.QuickThrowOnFailure(Prop.ForAll(Histories, history =>
    {
        var (task, now) = (A.Task(), A.Now);
        foreach (var (move, minutes) in history)
        {
            var before = task;
            now = now.AddMinutes(minutes);
            if (Moves[move] is { } act) task = task.After(act, now).After ?? task;
            else if (EscalationLadder.Due(task, Changed.Hours, now) is { } step) task = EscalationLadder.Take(task, step, Changed.Hours, now);
            if (!property(before, task)) return false;
        }

        return true;
    }));
}
