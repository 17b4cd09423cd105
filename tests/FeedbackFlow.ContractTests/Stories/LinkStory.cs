using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

public class LinkStory : Story
{
    [Fact]
    public async Task A_sign_in_link_works_once_and_no_longer_than_fifteen_minutes()
    {
        var first = await AskAsync(Shop.Manager.Email);
        await World.PassAsync(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        var spent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => World.SignIn.SpendAsync(Site.Business, first, Ct))));
        Assert.Equal(Shop.Manager.Id, Assert.Single(spent, person => person is not null)!.Id);
        Assert.Null(await World.SignIn.SpendAsync(Site.Business, first, Ct));

        var second = await AskAsync(Shop.Manager.Email);
        await World.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Null(await World.SignIn.SpendAsync(Site.Business, second, Ct));
    }

    [Fact]
    public async Task An_unknown_address_gets_no_letter_and_leaves_no_trace()
    {
        Assert.Empty(await World.SignIn.AskAsync(Site.Business, "stranger@elsewhere.example", Ct));

        Assert.Equal(0, Site.CountRows("link-"));
        Assert.Equal(0, Site.CountNudges());
    }

    [Fact]
    public async Task An_action_link_signs_nobody_in()
    {
        await OpenedAsync();

        Assert.Null(await World.SignIn.SpendAsync(Site.Business, Mail.Arrived[0].TokenOf(LinkPurpose.Claim), Ct));
    }

    [Fact]
    public async Task The_links_of_an_alert_are_known_with_their_purpose_person_and_task()
    {
        var task = await OpenedAsync();

        foreach (var purpose in new[] { LinkPurpose.Claim, LinkPurpose.ReachedSaved, LinkPurpose.ReachedLost, LinkPurpose.NoAnswer, LinkPurpose.HandOver })
        {
            var link = await World.Store.LinkAsync(Slug, Token.Hash(Mail.Arrived[0].TokenOf(purpose)), Ct);
            Assert.Equal((purpose, task.Id, Shop.Manager.Id), (link!.Value.Purpose, link.Value.Task, link.Value.Person));
        }
    }

    [Fact]
    public async Task A_jobs_link_is_opened_often_and_spent_by_one_submission()
    {
        var (job, address) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, Say.Phone(7)), "Repair");
        var rows = Site.CountRows("");
        Versioned<Link> link = null!;
        for (var i = 0; i < 100; i++) link = (await World.Store.LinkAsync(Slug, Token.Hash(address.Segments[^1]), Ct))!;
        Assert.Equal(rows, Site.CountRows(""));

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            World.SayAsync(Say.Nameless($"Form {i}"), "form-" + i, link, Origin.JobLink, shownOnPage: true))));

        var stored = Assert.Single(all, accepted => accepted.Kind == AcceptKind.Stored);
        Assert.Equal(19, all.Count(accepted => accepted.Kind == AcceptKind.LinkSpent));
        // She is known from the job although she typed no contact.
        Assert.Equal((job, Say.Phone(7)), (stored.Feedback!.Feedback.Job, stored.Feedback.Feedback.Contact.Phone));
        Assert.Equal((stored.Feedback.Feedback.At, job), ((await World.Store.LinkAsync(Slug, link.Value.Hash, Ct))!.Value.SpentAt, link.Value.About!.Id));
    }

    [Fact]
    public async Task The_same_form_twice_is_one_feedback()
    {
        var (_, address) = await World.Jobs.RunAsync(Site.Business, new("נועה", null, Say.Phone(7)), "Repair");
        var link = await World.Store.LinkAsync(Slug, Token.Hash(address.Segments[^1]), Ct);

        var first = await World.SayAsync(Say.Nameless(), "form", link, Origin.JobLink);
        var second = await World.SayAsync(Say.Nameless(), "form", link, Origin.JobLink);

        Assert.Equal((AcceptKind.Stored, AcceptKind.Repeated), (first.Kind, second.Kind));
        Assert.Equal(first.Feedback!.Feedback.Id, second.Feedback!.Feedback.Id);
    }

    [Fact]
    public async Task A_job_nobody_knows_is_said_so()
    {
        var said = Say.Angry() with { JobId = NewId.At<JobId>(Shop.SundayMorning).Value };

        Assert.Equal(AcceptKind.JobUnknown, (await World.SayAsync(said)).Kind);
        Assert.Empty(await World.FeedbacksAsync());
    }

    private async Task<string> AskAsync(string email)
    {
        var letters = await World.SignIn.AskAsync(Site.Business, email, Ct);
        await World.CarryAsync(letters);
        return Mail.Of(LetterKind.SignIn)[^1].Text.Split('/')[^1];
    }
}
