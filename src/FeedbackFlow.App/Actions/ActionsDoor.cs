using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Actions;

/// <summary><c>/a/{token}</c>: what a manager does from the mail with one tap. Opening shows, the button acts: mail scanners open every link.</summary>
internal static class ActionsDoor
{
    public static IServiceCollection AddActions(this IServiceCollection services) => services.AddSingleton<Taps>();

    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/a/{token}", ShowAsync);
        routes.MapPost("/a/{token}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext context, Taps taps, CancellationToken ct) =>
        await taps.FindAsync(token, ct) is not { } tap ? Edge.NothingThere(context)
        : taps.Refusal(tap) is { } refusal ? taps.Done(tap, refusal, tap.Task)
        : await taps.PageAsync(tap, ActionValues.Empty, [], ct);

    private static async Task<IResult> ActAsync(string token, HttpContext context, Taps taps, ActOnTask acts, ICourier courier, CancellationToken ct)
    {
        if (await taps.FindAsync(token, ct) is not { } tap) return Edge.NothingThere(context);
        if (taps.IsOver(tap)) return taps.Done(tap, ActionResult.LinkExpired, tap.Task);
        var values = ActionInput.ValuesOf(await PostedForm.ReadAsync(context.Request, ct));
        var (act, errors) = ActionInput.ActOf(tap, values);
        if (act is null) return await taps.PageAsync(tap, values, errors, ct);
        var acted = await acts.RunAsync(tap.Business, tap.Task.Id, act, CancellationToken.None);
        await courier.CarryAsync(tap.Business, acted.OwnLetters);
        return taps.Done(tap, ResultOf(acted, tap.Link.Purpose), acted.Task ?? tap.Task);
    }

    private static ActionResult ResultOf(Acted acted, LinkPurpose purpose) => acted.Result switch
    {
        ActResult.Done => purpose switch
        {
            LinkPurpose.Claim => ActionResult.Claimed,
            LinkPurpose.ReachedSaved => ActionResult.Saved,
            LinkPurpose.ReachedLost => ActionResult.Lost,
            LinkPurpose.NoAnswer => acted.Task!.IsOpen ? ActionResult.NoAnswer : ActionResult.GaveUp,
            LinkPurpose.HandOver => ActionResult.HandedOver,
            LinkPurpose.SendApology => ActionResult.ApologySent,
            LinkPurpose.JobForm or LinkPurpose.OpenForm or LinkPurpose.SignIn or LinkPurpose.CustomerPage => throw new System.Diagnostics.UnreachableException(),
        },
        ActResult.AlreadySo or ActResult.NoApologyNow or ActResult.UnknownPerson => ActionResult.AlreadyDone,
        ActResult.Away => ActionResult.Away,
        ActResult.Erased => ActionResult.Erased,
        ActResult.Closed or ActResult.NotClosed or ActResult.TooLate or ActResult.OtherOpen => ActionResult.TaskClosed,
    };
}
