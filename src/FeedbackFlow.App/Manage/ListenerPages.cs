using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/listeners</c>: which systems of the business's own are told, with the log of what was posted and "post again".</summary>
internal sealed class ListenerPages(
    Visitors visitors, ILists lists, ICommits commits, INudges nudges, ChangeBusiness businesses, ReplayEvent replay, Settings settings, TimeProvider clock)
{
    private const string Start = "/manage/listeners";
    private const int PageSize = 20;
    private const int LongestAddress = 500;

    public Task<IResult> ListAsync(HttpContext context, Visitor visitor, string? notice, CancellationToken ct) => ListAsync(context, visitor, null, [], notice, ct);

    public async Task<IResult> AddAsync(HttpContext context, Visitor visitor, IFormCollection form, CancellationToken ct)
    {
        var (typed, words, now) = (form[ListenerFields.Address].ToString().Trim(), visitor.Words, clock.GetUtcNow());
        if (!IsAddress(typed)) return await ListAsync(context, visitor, typed, [new(ListenerFields.Address, words["listeners.error.address"])], null, ct);
        var events = OutboundEvents.Names.Where(name => form[ListenerFields.Event].Contains(name)).ToList();
        if (events.Count == 0) return await ListAsync(context, visitor, typed, [new(null, words["listeners.error.events"])], null, ct);
        var secret = new StandardProof().NewSecret();
        var listener = new Listener(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), new Uri(typed).AbsoluteUri, events, [NewSecret(secret, now)], now, null, null);
        var changed = await businesses.RunAsync(visitor.Business.Slug, before => before.Listeners.Count >= Listener.Most
            ? BusinessChange.No(words["listeners.error.too-many"])
            : BusinessChange.To(before with { Listeners = [.. before.Listeners, listener] }));
        return changed.Refusal is { } refusal
            ? await ListAsync(context, visitor, typed, [new(ListenerFields.Address, refusal)], null, ct)
            : await ShowAsync(context, visitor, listener, secret, null, words["listeners.added"], ct);
    }

    public async Task<IResult> ActAsync(HttpContext context, Visitor visitor, Listener listener, string act, IFormCollection form, CancellationToken ct)
    {
        var (words, now) = (visitor.Words, clock.GetUtcNow());
        switch (act)
        {
            case ListenerActions.NewSecret:
                var secret = new StandardProof().NewSecret();
                var rotated = await ChangedAsync(visitor, listener, before => before with
                {
                    Secrets = [NewSecret(secret, now), .. before.Secrets.Where(old => old.Until is not { } until || now < until).Select(old => old with { Until = old.Until ?? now + Source.OldSecretsLast }).Take(2)],
                });
                return await ShowAsync(context, visitor, rotated, secret, null, words["source.secret.change.done"], ct);
            case ListenerActions.SwitchOn:
                return await ShowAsync(context, visitor, await ChangedAsync(visitor, listener, before => before with { DisabledAt = null, DisabledBecause = null }), null, null, words["listener.on"], ct);
            case ListenerActions.SwitchOff:
                return await ShowAsync(context, visitor, await ChangedAsync(visitor, listener, before => before with { DisabledAt = now, DisabledBecause = "person" }), null, null, words["listener.off"], ct);
            case ListenerActions.Test:
                var letter = TellListeners.Letter(visitor.Business, listener, new("test.ping", new JsonObject { ["business"] = visitor.Business.Slug }), now);
                await commits.CommitAsync(
                    new Commit(visitor.Business.Slug) { Letters = [Change.New(OutboxEntry.Waiting(letter, now))] }, [Nudge.ForCommit(visitor.Business.Slug, [letter.Id], null, now)], nudges, clock, ct);
                await nudges.EnqueueAsync(new Nudge(visitor.Business.Slug, [letter.Id], null, now, now), ct);
                return await ShowAsync(context, visitor, listener, null, null, words["listener.test.done"], ct);
            case ListenerActions.Replay:
                var id = form[ListenerFields.Letter].ToString();
                var again = NewId.IsWellFormed(id) && await replay.RunAsync(visitor.Business.Slug, new(id), ct);
                return await ShowAsync(context, visitor, listener, null, null, words[again ? "listener.replay.done" : "done.already-done"], ct);
            case ListenerActions.Remove:
                await businesses.RunAsync(visitor.Business.Slug, before => BusinessChange.To(before with { Listeners = [.. before.Listeners.Where(known => known.Id != listener.Id)] }));
                return Results.LocalRedirect(Start + "?done=listener-removed");
            default:
                return Edge.NothingThere(context);
        }
    }

    public async Task<IResult> ShowAsync(HttpContext context, Visitor visitor, Listener listener, string? newSecret, string? next, string? notice, CancellationToken ct)
    {
        if (!PageToken.Read(next, out var continuation)) continuation = null;
        var posted = await lists.PostedAsync(visitor.Business.Slug, listener.Id, PageSize, continuation, ct);
        var url = $"{Start}/{listener.Id}";
        var model = new ListenerModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), url, listener, newSecret, posted.Items, posted.Next is null ? null : $"{url}?next={PageToken.Write(posted.Next)}", notice,
            visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<ListenerPage>(new { Model = model });
    }

    private async Task<IResult> ListAsync(HttpContext context, Visitor visitor, string? typed, IReadOnlyList<FieldError> errors, string? notice, CancellationToken ct)
    {
        var model = new ListenersModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), visitor.Business.Listeners, typed, errors, notice, visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<ListenersPage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    /// <summary>Without TLS anybody on the way could read and change what is told; only a developer's own machine may go without.</summary>
    private bool IsAddress(string typed) =>
        typed.Length <= LongestAddress && Uri.TryCreate(typed, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (settings.IsDevelopment && url.Scheme == Uri.UriSchemeHttp));

    private async Task<Listener> ChangedAsync(Visitor visitor, Listener listener, Func<Listener, Listener> change)
    {
        var changed = await businesses.RunAsync(visitor.Business.Slug, before =>
            BusinessChange.To(before with { Listeners = [.. before.Listeners.Select(known => known.Id == listener.Id ? change(known) : known)] }));
        return changed.After?.Listeners.FirstOrDefault(known => known.Id == listener.Id) ?? listener;
    }

    private static SourceSecret NewSecret(string value, DateTimeOffset now) => new(NewId.At<ReceiptId>(now).Value, value, now, null);
}
