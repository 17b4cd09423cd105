using System.Text;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.App.Webhooks;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FeedbackFlow.App.Manage;

/// <summary><c>/manage/sources</c>: where feedback comes from elsewhere. Secrets are shown once, when they are made.</summary>
internal sealed class SourcePages(Visitors visitors, ILists lists, ChangeBusiness businesses, FetchReview fetch, Hooks hooks, SiteAddresses addresses, TimeProvider clock)
{
    private const string Start = "/manage/sources";
    private const int MostSources = 30;
    private const int ReceiptsShown = 10;
    private const int UnreadShown = 20;

    public async Task<IResult> ListAsync(HttpContext context, Visitor visitor, string? notice, CancellationToken ct) =>
        await ListAsync(context, visitor, null, null, [], notice, ct);

    public async Task<IResult> AddAsync(HttpContext context, Visitor visitor, IFormCollection form, CancellationToken ct)
    {
        var words = visitor.Words;
        var (typedName, typedFormat) = (form[SourceFields.Name].ToString().Trim(), form[SourceFields.Format].ToString());
        var (format, name) = (FormatTable.Find(typedFormat), typedName.Length == 0 ? typedFormat : typedName);
        var errors = new List<FieldError>();
        if (format is null) errors.Add(new(SourceFields.Format, words["sources.error.format"]));
        else if (!Slug.IsWellFormed(name)) errors.Add(new(SourceFields.Name, words["sources.error.name"]));
        if (errors.Count > 0) return await ListAsync(context, visitor, typedName, typedFormat, errors, null, ct);

        var (secret, now) = (format!.Proof.HasSecrets ? format.Proof.NewSecret() : null, clock.GetUtcNow());
        var source = new Source(name, format.Name, secret is null ? [] : [NewSecret(secret, now)], now) { VerifyToken = new TokenProof().NewSecret() };
        var changed = await businesses.RunAsync(visitor.Business.Slug, before =>
            before.FindSource(name) is not null ? BusinessChange.No(words["sources.error.taken"])
            : before.Sources.Count >= MostSources ? BusinessChange.No(words["sources.error.too-many"])
            : BusinessChange.To(before with { Sources = [.. before.Sources, source] }));
        if (changed.Refusal is { } refusal) return await ListAsync(context, visitor, typedName, typedFormat, [new(SourceFields.Name, refusal)], null, ct);
        return await ShowAsync(context, visitor, source, Shown.Plain with { NewSecret = secret, Notice = words["sources.added"] }, ct);
    }

    public async Task<IResult> ActAsync(HttpContext context, Visitor visitor, Source source, string act, IFormCollection form, CancellationToken ct)
    {
        var words = visitor.Words;
        switch (act)
        {
            case SourceActions.NewSecret:
                return await RotateAsync(context, visitor, source, form[SourceFields.Secret].ToString().Trim(), ct);
            case SourceActions.EndSecret:
                var ended = form[SourceFields.SecretId].ToString();
                return await SaveAsync(context, visitor, source, before => before with { Secrets = [.. before.Secrets.Where(secret => secret.Id != ended)] }, words["source.secret.end.done"], ct);
            case SourceActions.Test:
                return await TestAsync(context, visitor, source, ct);
            case SourceActions.Mapping or SourceActions.Preview:
                return await MapAsync(context, visitor, source, form, act == SourceActions.Preview, ct);
            case SourceActions.Push:
                return await PushAsync(context, visitor, source, form, ct);
            case SourceActions.FetchAgain:
                var asked = await fetch.TryAgainAsync(visitor.Business.Slug, ReviewOf(form), ct);
                return await ShowAsync(context, visitor, source, Shown.Plain with { Notice = words[asked ? "source.unread.again.done" : "done.already-done"] }, ct);
            case SourceActions.PutAway:
                var away = await fetch.PutAwayAsync(visitor.Business.Slug, ReviewOf(form), ct);
                return await ShowAsync(context, visitor, source, Shown.Plain with { Notice = words[away ? "source.unread.away.done" : "done.already-done"] }, ct);
            case SourceActions.Remove:
                await businesses.RunAsync(visitor.Business.Slug, before => BusinessChange.To(before with { Sources = [.. before.Sources.Where(known => known.Name != source.Name)] }));
                return Results.LocalRedirect(Start + "?done=source-removed");
            default:
                return Edge.NothingThere(context);
        }
    }

    public async Task<IResult> ShowAsync(HttpContext context, Visitor visitor, Source source, Shown shown, CancellationToken ct)
    {
        var format = FormatTable.Find(source.Format)!;
        var receipts = await lists.ReceiptsAsync(visitor.Business.Slug, source.Name, ReceiptsShown, null, ct);
        var unread = await lists.UnreadReviewsAsync(visitor.Business.Slug, source.Name, UnreadShown, null, ct);
        var model = new SourceModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), $"{Start}/{source.Name}", source, format, addresses.Hook(visitor.Business.Slug, source.Name), shown.NewSecret, receipts.Items, unread.Items,
            shown.Values ?? ValuesOf(source), shown.Preview, shown.TestResult, shown.TestPassed, shown.Errors, shown.Notice, visitor.Business.Zone, clock.GetUtcNow())
        {
            EmptySettings = [.. hooks.Opened(source).Secrets.Where(secret => secret is { Setting: not null, Value: "" }).Select(secret => secret.Id)],
        };
        return new RazorComponentResult<SourcePage>(new { Model = model }) { StatusCode = shown.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    private async Task<IResult> ListAsync(
        HttpContext context, Visitor visitor, string? typedName, string? typedFormat, IReadOnlyList<FieldError> errors, string? notice, CancellationToken ct)
    {
        var rows = await Task.WhenAll(visitor.Business.Sources.Select(async source =>
        {
            var last = await lists.ReceiptsAsync(visitor.Business.Slug, source.Name, 1, null, ct);
            var unread = await lists.UnreadReviewsAsync(visitor.Business.Slug, source.Name, UnreadShown, null, ct);
            return new SourceRow(source, FormatTable.Find(source.Format)?.Brand ?? source.Format, $"{Start}/{source.Name}", last.Items is [var newest, ..] ? newest : null, unread.Items);
        }));
        var model = new SourcesModel(
            visitor.Frame, await visitors.NavAsync(context, visitor, ct), rows, FormatTable.All, typedName, typedFormat, errors, notice, visitor.Business.Zone, clock.GetUtcNow());
        return new RazorComponentResult<SourcesPage>(new { Model = model }) { StatusCode = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK };
    }

    private async Task<IResult> RotateAsync(HttpContext context, Visitor visitor, Source source, string given, CancellationToken ct)
    {
        var (proof, now) = (FormatTable.Find(source.Format)!.Proof, clock.GetUtcNow());
        if (given.Length > 0 && proof.WrongSecret(given) is { } wanted)
            return await ShowAsync(context, visitor, source, Shown.Plain with { Errors = [new(SourceFields.Secret, visitor.Words.Say("source.error.secret", ("wanted", wanted)))] }, ct);
        var secret = given.Length > 0 ? given : proof.NewSecret();
        var after = await ChangedAsync(visitor, source, before => before.WithSecret(NewSecret(secret, now), now));
        // A secret that somebody brought is known to them; it is not shown again.
        return await ShowAsync(context, visitor, after, Shown.Plain with { NewSecret = given.Length > 0 ? null : secret, Notice = visitor.Words["source.secret.change.done"] }, ct);
    }

    /// <summary>A sample as the sender would write it, signed with the newest secret, through everything that a real delivery meets.</summary>
    private async Task<IResult> TestAsync(HttpContext context, Visitor visitor, Source source, CancellationToken ct)
    {
        var (format, now, words) = (FormatTable.Find(source.Format)!, clock.GetUtcNow(), visitor.Words);
        var id = "test-" + NewId.At<ReceiptId>(now);
        var sample = format.Sample(id, now);
        var body = Encoding.UTF8.GetBytes(sample.Body);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = sample.ContentType };
        foreach (var (name, value) in format.Proof.Sign(body, hooks.Opened(source).Secrets is [var newest, ..] ? newest.Value : "", id, now) ?? new Dictionary<string, string>()) headers[name] = value;
        var arrival = new Arrival(sample.ContentType.Split(';')[0], headers, new Dictionary<string, string>(), body, null);
        var received = await hooks.ReceiveAsync(visitor.Business, source, arrival, isTest: true, ct);
        var reason = received.Signature != SignatureResult.Genuine ? ReceiveHook.Words.Of(received.Signature) : received.Refusal is { } refusal ? ReceiveHook.Words.Of(refusal.Reason) : null;
        var said = received.Events is [var first, ..] ? first.Read.Submission?.Text : null;
        var result = reason is null ? words.Say("source.test.passed", ("text", Plain.Shorten(Plain.Line(said ?? ""), 80))) : words.Say("source.test.failed", ("why", words.Refusal(reason)));
        return await ShowAsync(context, visitor, source, Shown.Plain with { TestResult = result, TestPassed = reason is null }, ct);
    }

    private async Task<IResult> MapAsync(HttpContext context, Visitor visitor, Source source, IFormCollection form, bool previews, CancellationToken ct)
    {
        var (words, format) = (visitor.Words, FormatTable.Find(source.Format)!);
        var (mapping, wrong) = Mapping.Of(field => form[SourceFields.Pointer(field)]);
        var scale = form[SourceFields.Scale].ToString() is "nps" or "csat" or "stars" ? form[SourceFields.Scale].ToString() : null;
        var values = Mapping.Own.Fields.ToDictionary(field => SourceFields.Pointer(field.Field), field => form[SourceFields.Pointer(field.Field)].ToString());
        (values[SourceFields.Scale], values[SourceFields.Sample]) = (scale ?? "", form[SourceFields.Sample].ToString());
        var mapped = source with { Mapping = mapping == Mapping.Own || mapping == new Mapping() ? null : mapping, Scale = scale };
        if (wrong.Count > 0)
            return await ShowAsync(context, visitor, source, Shown.Plain with { Values = values, Errors = [.. wrong.Select(field => new FieldError(SourceFields.Pointer(field), words["source.error.pointer"]))] }, ct);
        if (previews) return await ShowAsync(context, visitor, source, Shown.Plain with { Values = values, Preview = SourcePreview.Of(format, mapped, values[SourceFields.Sample], words) }, ct);
        return await SaveAsync(context, visitor, source, before => before with { Mapping = mapped.Mapping, Scale = scale }, words["source.saved"], ct);
    }

    private async Task<IResult> PushAsync(HttpContext context, Visitor visitor, Source source, IFormCollection form, CancellationToken ct)
    {
        string? Typed(string field) => PlainText.OneLine(form[field].ToString()) is { Length: > 0 and <= 600 } text ? text : null;
        string[] required = [SourceFields.Audience, SourceFields.Email, SourceFields.Subscription];
        var errors = required.Where(field => Typed(field) is null).Select(field => new FieldError(field, visitor.Words["source.error.required"])).ToList();
        if (errors.Count > 0)
        {
            var typed = required.Append(SourceFields.ClientId).ToDictionary(field => field, field => form[field].ToString());
            return await ShowAsync(context, visitor, source, Shown.Plain with { Values = typed, Errors = errors }, ct);
        }

        var known = source.Push;
        var account = new PushAccount(
            Typed(SourceFields.Audience)!, Typed(SourceFields.Email)!, Typed(SourceFields.Subscription)!, Typed(SourceFields.ClientId),
            Typed(SourceFields.ClientSecret) ?? known?.ClientSecret, Typed(SourceFields.RefreshToken) ?? known?.RefreshToken);
        return await SaveAsync(context, visitor, source, before => before with { Push = account }, visitor.Words["source.saved"], ct);
    }

    private async Task<IResult> SaveAsync(HttpContext context, Visitor visitor, Source source, Func<Source, Source> change, string notice, CancellationToken ct) =>
        await ShowAsync(context, visitor, await ChangedAsync(visitor, source, change), Shown.Plain with { Notice = notice }, ct);

    private async Task<Source> ChangedAsync(Visitor visitor, Source source, Func<Source, Source> change)
    {
        var changed = await businesses.RunAsync(visitor.Business.Slug, before =>
            BusinessChange.To(before with { Sources = [.. before.Sources.Select(known => known.Name == source.Name ? change(known) : known)] }));
        return changed.After?.FindSource(source.Name) ?? source;
    }

    /// <summary>Keys hold nothing but hexadecimal digits; anything else names no review.</summary>
    private static string ReviewOf(IFormCollection form) => form[SourceFields.Review].ToString() is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower) ? hash : new string('0', 64);

    private static SourceSecret NewSecret(string value, DateTimeOffset now) => new(NewId.At<ReceiptId>(now).Value, value, now, null);

    /// <summary>Secrets are no values: their fields are always empty.</summary>
    private static Dictionary<string, string> ValuesOf(Source source)
    {
        var values = (source.Mapping ?? Mapping.Own).Fields.ToDictionary(field => SourceFields.Pointer(field.Field), field => field.Pointer ?? "");
        values[SourceFields.Scale] = source.Scale ?? "";
        if (source.Push is { } push)
        {
            (values[SourceFields.Audience], values[SourceFields.Email]) = (push.Audience, push.Email);
            (values[SourceFields.Subscription], values[SourceFields.ClientId]) = (push.Subscription, push.ClientId ?? "");
        }

        return values;
    }

    /// <param name="Values">What was typed; null for what is set.</param>
    public sealed record Shown(
        string? NewSecret, IReadOnlyDictionary<string, string>? Values, MappingPreview? Preview, string? TestResult, bool TestPassed, IReadOnlyList<FieldError> Errors, string? Notice)
    {
        public static Shown Plain { get; } = new(null, null, null, null, false, [], null);
    }
}
