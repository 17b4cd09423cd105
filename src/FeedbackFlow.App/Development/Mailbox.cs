using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Development;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Development;

/// <summary><c>/mailbox</c>: the letters of this machine, to read them without a mail program. Development and loopback only.</summary>
internal static class Mailbox
{
    private const int PageSize = 50;
    private const string Zone = "Asia/Jerusalem";

    public static void MapMailbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mailbox", ListAsync);
        routes.MapGet("/mailbox/{business}/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LocalOnly local, ILists lists, TimeProvider clock, CancellationToken ct)
    {
        if (!local.Allows(context.Request)) return Edge.NothingThere(context);
        var letters = new List<OutboxEntry>();
        foreach (var business in (await lists.BusinessesAsync(PageSize, null, ct)).Items) letters.AddRange((await lists.LettersAsync(business, PageSize, null, ct)).Items);
        var items = letters.Where(entry => entry is { State: LetterState.Sent, Letter.Kind: not (LetterKind.Event or LetterKind.Reply) }).OrderByDescending(entry => entry.SentAt).Take(PageSize)
            .Select(entry => new MailboxItem($"/mailbox/{entry.Letter.Business}/{entry.Letter.Id}", entry.Letter.To.Address, entry.Letter.Subject, entry.Letter.Kind, entry.SentAt!.Value));
        return new RazorComponentResult<MailboxPage>(new { Model = new MailboxModel(Edge.Frame(context), [.. items], null, Zone, clock.GetUtcNow()) });
    }

    private static async Task<IResult> ShowAsync(string business, string id, HttpContext context, LocalOnly local, ILookups lookups, CancellationToken ct)
    {
        if (!local.Allows(context.Request) || !Slug.IsWellFormed(business) || !NewId.IsWellFormed(id)) return Edge.NothingThere(context);
        if (await lookups.LetterAsync(business, new LetterId(id), ct) is not { Value.State: LetterState.Sent } entry) return Edge.NothingThere(context);
        var letter = entry.Value.Letter;
        context.Response.Headers.ContentSecurityPolicy = Styles.LetterContentSecurityPolicy;
        var headers = new Dictionary<string, string>
        {
            ["From"] = letter.FromName,
            ["To"] = $"{letter.To.Name} <{letter.To.Address}>",
            ["Reply-To"] = letter.ReplyTo ?? "-",
            ["Subject"] = letter.Subject,
            ["Message-ID"] = letter.Id.Value,
        };
        var model = new LetterModel(Edge.Frame(context), letter.Subject, [.. headers], letter.Html, letter.Text, "/mailbox");
        return new RazorComponentResult<LetterPage>(new { Model = model });
    }
}
