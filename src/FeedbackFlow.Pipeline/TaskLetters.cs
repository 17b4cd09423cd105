using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>A written letter and the rows of the links that stand in it; both belong into the same commit.</summary>
public sealed record WrittenLetter(Letter Letter, IReadOnlyList<Link> Links);

/// <summary>Writes the letters of a task, each with links of its own: a link acts for the person it was sent to and for one purpose.</summary>
public sealed class TaskLetters(ILetterWriter writer, SiteAddresses addresses)
{
    /// <summary>Words repeated to the customer; the rest stays on the task's page.</summary>
    private const int LongestQuote = 1_000;

    public async ValueTask<WrittenLetter> AlertAsync(
        Business business, CallBackTask task, ReadFeedback cause, IReadOnlyList<DateTimeOffset> earlier, bool joined, bool standsIn, bool offersApology, DateTimeOffset now)
    {
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        var (addressesByPurpose, links) = Links(business, task, owner, offersApology, now);
        var draft = new AlertDraft(
            NewId.At<LetterId>(now), business, To(owner), now, task, owner, cause.Feedback, cause.Reading, earlier, joined, standsIn, addressesByPurpose,
            addresses.TaskPage(task.Id));
        return new(await writer.WriteAsync(draft), links);
    }

    public async ValueTask<WrittenLetter> StepAsync(Business business, CallBackTask task, ReadFeedback cause, LadderStep step, Person to, DateTimeOffset now)
    {
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        var (byPurpose, links) = Links(business, task, to, offersApology: false, now);
        var id = NewId.At<LetterId>(now);
        var page = addresses.TaskPage(task.Id);
        LetterDraft draft = step is LadderStep.Half or LadderStep.Late
            ? new ReminderDraft(id, business, To(to), now, task, owner, cause.Feedback, cause.Reading, step, byPurpose, page)
            : new EscalationDraft(id, business, To(to), now, task, owner, cause.Feedback, cause.Reading, step, byPurpose, page);
        return new(await writer.WriteAsync(draft), links);
    }

    /// <summary>From an open link nobody is known: its apology repeats nothing that was typed there (design 4.9).</summary>
    public async ValueTask<Letter> ApologyAsync(Business business, CallBackTask task, ReadFeedback cause, bool takesBlame, DateTimeOffset now)
    {
        var (feedback, contact) = (cause.Feedback, task.Contact);
        var owner = business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business);
        var language = cause.Reading.Language is "he" or "en" ? cause.Reading.Language : business.Language;
        var known = feedback.Origin != Origin.OpenLink;
        var to = new Recipient(known ? contact.Name ?? "" : "", contact.Email!, language);
        var quote = known ? Shortened(feedback.Text) : null;
        var draft = new ApologyDraft(NewId.At<LetterId>(now), business, to, now, task, owner, quote, takesBlame, contact.Phone is not null);
        return await writer.WriteAsync(draft);
    }

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
