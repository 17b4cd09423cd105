using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using SignalKind = FeedbackFlow.Pipeline.Signals.SignalKind;

namespace FeedbackFlow.Pipeline;

/// <summary>A written letter and the rows of the links that stand in it; both belong into the same commit.</summary>
public sealed record WrittenLetter(Letter Letter, IReadOnlyList<Link> Links)
{
    /// <summary>The sheet that a summary empties.</summary>
    public Change<SummarySheet>? Sheet { get; init; }
}

/// <summary>Writes the letters of a task, each with links of its own: a link acts for the person it was sent to and for one purpose.</summary>
public sealed class TaskLetters(ILetterWriter writer, SiteAddresses addresses)
{
    /// <summary>Words repeated to the customer; the rest stays on the task's page.</summary>
    private const int LongestQuote = 1_000;

    public async ValueTask<WrittenLetter> AlertAsync(
        Business business, CallBackTask task, ReadFeedback cause, IReadOnlyList<DateTimeOffset> earlier, bool joined, bool standsIn, bool offersApology, DateTimeOffset now,
        LetterId? again = null)
    {
        var (owner, told) = (OwnerOf(business, task), WhoIsTold.Of(business, task, now));
        var (addressesByPurpose, links) = Links(business, task, told.Person, offersApology, now);
        var draft = new AlertDraft(
            again ?? NewId.At<LetterId>(now), business, To(told.Person), now, task, owner, cause.Feedback, cause.Reading, earlier, joined, standsIn, addressesByPurpose,
            addresses.TaskPage(task.Id));
        return new(await writer.WriteAsync(draft) with { IsDrill = task.IsDrill, Owner = task.Owner, MayWaitUntil = task.IsDrill ? null : told.MayWaitUntil }, links);
    }

    public async ValueTask<WrittenLetter> StepAsync(Business business, CallBackTask task, ReadFeedback cause, LadderStep step, Told told, DateTimeOffset now, LetterId? again = null)
    {
        var (owner, to) = (OwnerOf(business, task), told.Person);
        var (byPurpose, links) = Links(business, task, to, offersApology: false, now);
        var id = again ?? NewId.At<LetterId>(now);
        var page = addresses.TaskPage(task.Id);
        LetterDraft draft = step is LadderStep.Half or LadderStep.Late
            ? new ReminderDraft(id, business, To(to), now, task, owner, cause.Feedback, cause.Reading, step, byPurpose, page)
            : new EscalationDraft(id, business, To(to), now, task, owner, cause.Feedback, cause.Reading, step, byPurpose, page);
        return new(
            await writer.WriteAsync(draft) with { Step = step, IsDrill = task.IsDrill, Owner = task.Owner, MayWaitUntil = task.IsDrill ? null : told.MayWaitUntil }, links);
    }

    /// <summary>From an open link nobody is known: its apology repeats nothing that was typed there and carries no page (design 4.9).</summary>
    public async ValueTask<WrittenLetter> ApologyAsync(Business business, CallBackTask task, ReadFeedback cause, DateTimeOffset now, LetterId? again = null)
    {
        var (feedback, to) = (cause.Feedback, ToCustomer(business, task, cause));
        var takesBlame = !task.Reasons.Any(reason => reason.Signal is SignalKind.Legal or SignalKind.Safety);
        var quote = feedback.Origin == Origin.OpenLink ? null : Shortened(feedback.Text);
        var page = PageOf(business, task, cause, to, now);
        var draft = new ApologyDraft(again ?? NewId.At<LetterId>(now), business, to, now, task, OwnerOf(business, task), quote, takesBlame, task.Contact.Phone is not null) { Page = page?.Address };
        return new(await writer.WriteAsync(draft), RowsOf(page));
    }

    /// <summary>What the customer chose on the own page, to whoever has the task.</summary>
    public async ValueTask<WrittenLetter> WishAsync(Business business, CallBackTask task, DateTimeOffset now, LetterId? again = null)
    {
        var told = WhoIsTold.Of(business, task, now);
        var (byPurpose, links) = Links(business, task, told.Person, offersApology: false, now);
        var draft = new WishDraft(again ?? NewId.At<LetterId>(now), business, To(told.Person), now, task, byPurpose, addresses.TaskPage(task.Id));
        return new(await writer.WriteAsync(draft) with { Owner = task.Owner, MayWaitUntil = told.MayWaitUntil }, links);
    }

    /// <summary>Written as of the day on which it will be sent.</summary>
    /// <param name="cause">The feedback that gave the address.</param>
    public async ValueTask<WrittenLetter> CheckBackAsync(Business business, CallBackTask task, ReadFeedback cause, DateTimeOffset due, LetterId? again = null)
    {
        var to = ToCustomer(business, task, cause);
        var page = CustomerPage(business, task, cause.Feedback.SenderIsKnown ? cause.Feedback.Id : null, to.Language, due);
        return new(await writer.WriteAsync(new CheckBackDraft(again ?? NewId.At<LetterId>(due), business, to, due, task, OwnerOf(business, task), page.Address)), [page.Link]);
    }

    /// <summary>An address of the customer's page and its row; the address stands only where it is sent or shown.</summary>
    /// <param name="shown">The feedback whose sender may see own words there; null where that is not surely known.</param>
    public (Uri Address, Link Link) CustomerPage(Business business, CallBackTask task, FeedbackId? shown, string language, DateTimeOffset now)
    {
        var token = Token.New(business.Slug);
        var link = new Link(Token.Hash(token), LinkPurpose.CustomerPage, task.Id, null, null, null, now + Link.CustomerPageLife, null) { Feedback = shown };
        return (addresses.CustomerPage(token, language == business.Language ? null : language), link);
    }

    /// <summary>What a customer gets instead of the apology while the business rests and softens.</summary>
    public async ValueTask<WrittenLetter> AcknowledgementAsync(Business business, CallBackTask task, ReadFeedback cause, LetterId again, DateTimeOffset now)
    {
        var to = ToCustomer(business, task, cause);
        var page = PageOf(business, task, cause, to, now);
        var draft = new AcknowledgementDraft(again, business, to, now, task, OwnerOf(business, task), task.Contact.Phone is not null) { Page = page?.Address };
        return new(await writer.WriteAsync(draft), RowsOf(page));
    }

    /// <summary>After no answer: the next call, or after the last one the way back. Repeats nothing that was typed.</summary>
    public async ValueTask<WrittenLetter> AfterNoAnswerAsync(Business business, CallBackTask task, ReadFeedback cause, DateTimeOffset now, LetterId? again = null)
    {
        var (id, to, owner) = (again ?? NewId.At<LetterId>(now), ToCustomer(business, task, cause), OwnerOf(business, task));
        if (!task.IsOpen) return new(await writer.WriteAsync(new GaveUpDraft(id, business, to, now, task, owner, task.AttemptsNow.Count, addresses.OpenForm(business.Slug))), []);
        var page = PageOf(business, task, cause, to, now);
        return new(await writer.WriteAsync(new TriedDraft(id, business, to, now, task, owner, task.AttemptsNow.Count) { Page = page?.Address }), RowsOf(page));
    }

    /// <summary>Null where who wrote is not surely known.</summary>
    private (Uri Address, Link Link)? PageOf(Business business, CallBackTask task, ReadFeedback cause, Recipient to, DateTimeOffset now) =>
        cause.Feedback.SenderIsKnown ? CustomerPage(business, task, cause.Feedback.Id, to.Language, now) : null;

    private static IReadOnlyList<Link> RowsOf((Uri Address, Link Link)? page) => page is { } given ? [given.Link] : [];

    private static Recipient ToCustomer(Business business, CallBackTask task, ReadFeedback cause) => new(
        cause.Feedback.Origin == Origin.OpenLink ? "" : task.Contact.Name ?? "", task.Contact.Email!,
        cause.Reading.Language is "he" or "en" ? cause.Reading.Language : business.Language);

    private static Person OwnerOf(Business business, CallBackTask task) => business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);

    private static string? Shortened(string? text)
    {
        if (text is null || text.Length <= LongestQuote) return text;
        var end = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return text[..end] + "…";
    }

    private static Recipient To(Person person) => new(person.Name, person.Email, person.Language);

    private (IReadOnlyDictionary<LinkPurpose, Uri> ByPurpose, IReadOnlyList<Link> Links) Links(
        Business business, CallBackTask task, Person person, bool offersApology, DateTimeOffset now)
    {
        var purposes = new List<LinkPurpose> { LinkPurpose.Claim, LinkPurpose.ReachedSaved, LinkPurpose.ReachedLost, LinkPurpose.NoAnswer };
        if (business.People.Count > 1) purposes.Add(LinkPurpose.HandOver);
        if (offersApology) purposes.Add(LinkPurpose.SendApology);
        var byPurpose = new Dictionary<LinkPurpose, Uri>();
        var links = new List<Link>();
        foreach (var purpose in purposes)
        {
            var token = Token.New(business.Slug);
            byPurpose[purpose] = addresses.Action(token);
            links.Add(new(Token.Hash(token), purpose, task.Id, person.Id, null, null, now + Link.ActionLife, null));
        }

        return (byPurpose, links);
    }
}
