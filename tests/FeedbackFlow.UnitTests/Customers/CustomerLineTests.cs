using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Customers;

public class CustomerLineTests
{
    private static readonly DateTimeOffset Later = A.Now.AddHours(3);

    [Fact]
    public void A_new_line_waits_for_nothing() =>
        Assert.Equal((A.Now, A.Now, 0, 0), (A.CustomerLine().FirstAt, A.CustomerLine().LastAt, A.CustomerLine().Feedbacks, A.CustomerLine().Waiting.Count));

    [Fact]
    public void A_feedback_is_counted_and_the_newest_contact_kept()
    {
        var line = A.CustomerLine().AfterFeedback(
            A.Feedback() with { At = Later, Contact = new(null, "new@example.com", null) }, expectsAnswer: true, A.Id<TaskId>(10));
        Assert.Equal((A.Now, Later, 1, A.Id<TaskId>(10)), (line.FirstAt, line.LastAt, line.Feedbacks, line.OpenTask!.Value));
        Assert.Equal(new("נועה", "new@example.com", "+972541234567"), line.Contact);
        Assert.Equal([Later], line.Waiting);
    }

    [Fact]
    public void A_feedback_that_expects_nothing_and_opens_nothing_leaves_the_rest_as_it_was()
    {
        var before = A.CustomerLine() with { OpenTask = A.Id<TaskId>(10), Waiting = [A.Now], LastScores = [new(RatingScale.Nps, 3)] };
        var after = before.AfterFeedback(A.Feedback() with { At = Later }, expectsAnswer: false, openTask: null);
        Assert.Equal(before with { LastAt = Later, Feedbacks = 1 }, after);
    }

    [Fact]
    public void An_open_link_does_not_change_the_address_of_somebody_who_is_known()
    {
        var known = A.CustomerLine();
        var after = known.AfterFeedback(A.Feedback() with { Origin = Origin.OpenLink, Contact = new("Somebody", "else@example.com", known.Contact.Phone) }, true, null);
        Assert.Equal(known.Contact.Name, after.Contact.Name);
        Assert.Equal(known.Contact.Email ?? "else@example.com", after.Contact.Email);
    }

    [Fact]
    public void Scores_stand_newest_first_and_only_the_last_five()
    {
        var line = Enumerable.Range(1, 7).Aggregate(A.CustomerLine(), (line, score) => line.AfterFeedback(A.Feedback().WithNps(score), false, null));
        Assert.Equal([7, 6, 5, 4, 3], line.LastScores.Select(rating => rating.Value));
    }

    [Fact]
    public void The_newest_fifty_contacts_wait_oldest_first()
    {
        var line = Enumerable.Range(0, 60).Aggregate(
            A.CustomerLine(), (line, hour) => line.AfterFeedback(A.Feedback() with { At = A.Now.AddHours(hour) }, expectsAnswer: true, null));
        Assert.Equal(Enumerable.Range(10, 50).Select(hour => A.Now.AddHours(hour)), line.Waiting);
    }

    [Fact]
    public void After_an_attempt_nothing_waits_any_more()
    {
        var before = A.CustomerLine() with { Waiting = [A.Now, Later], OpenTask = A.Id<TaskId>(10) };
        var after = before.AfterAttempt();
        Assert.Empty(after.Waiting);
        Assert.Equal(before, after with { Waiting = before.Waiting });
    }

    [Fact]
    public void A_decision_sees_the_open_task_the_waiting_contacts_the_scores_and_the_last_apology()
    {
        var line = A.CustomerLine() with { Waiting = [A.Now], LastScores = [new(RatingScale.Csat, 2)] };
        var task = A.Task();
        Assert.Equal(new History(task, line.Waiting, line.LastScores, Later), line.ToHistory(task, Later));
        Assert.Null(line.ToHistory(null, null).OpenTask);
    }
}
