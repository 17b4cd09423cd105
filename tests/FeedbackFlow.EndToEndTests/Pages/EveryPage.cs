using FeedbackFlow.App;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Development;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.App.Pages.Health;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Every page and every letter, rendered from the samples.</summary>
internal static class EveryPage
{
    private static readonly WebApplication App = Build();

    public static async Task<IReadOnlyDictionary<string, string>> RenderAsync(Samples samples)
    {
        var pages = new Dictionary<string, string>();
        await Add<FormPage>("form", samples.Form);
        await Add<FormPage>("form-known", samples.Form with { ContactKnown = true, BusinessEmail = null });
        await Add<FormPage>("form-errors", samples.FormWithErrors);
        await Add<AnswerPage>("answer", samples.Answer);
        await Add<AnswerPage>("answer-plain", samples.PlainAnswer);
        await Add<AnswerPage>("answer-written", samples.Answer with { Promise = samples.Answer.Promise! with { ByPhone = false, FromPhone = null } });
        await Add<AnswerPage>("answer-no-way-back", samples.AnswerWithoutWayBack);
        await Add<SpentPage>("spent", new SpentModel(samples.Frame, "/b/carmel", null, "0193"));
        await Add<SpentPage>("spent-kept", new SpentModel(samples.Frame, "/b/carmel", samples.FormWithErrors.Values, "0193"));
        await Add<PrivacyPage>("privacy", samples.Notice);
        await Add<AccessibilityPage>("accessibility", samples.Notice);
        await AddFramed<NotFoundPage>("not-found", new() { ["Frame"] = new PageFrame(samples.Language, null, null, null) });
        foreach (var problem in Enum.GetValues<PageProblem>())
        {
            await AddFramed<ErrorPage>($"error-{problem}", new() { ["Frame"] = samples.Frame, ["Problem"] = problem });
        }

        foreach (var purpose in new[] { LinkPurpose.Claim, LinkPurpose.ReachedSaved, LinkPurpose.ReachedLost, LinkPurpose.NoAnswer, LinkPurpose.HandOver, LinkPurpose.SendApology })
        {
            await Add<ActionPage>($"action-{purpose}", samples.Action(purpose));
        }

        await Add<ActionPage>("action-errors", samples.Action(LinkPurpose.ReachedLost) with
        {
            Values = new(null, CloseReasons.Other, "", samples.Typed, null),
            Errors = [new(ActionFields.Reason, Words.For(samples.Language)["action.error.reason"])],
        });
        foreach (var result in Enum.GetValues<ActionResult>()) await Add<ActionDonePage>($"done-{result}", samples.Done(result));

        await Add<SignInPage>("sign-in", new SignInModel(samples.Frame, "/manage/sign-in", samples.Typed, true, [new(SignInFields.Email, Words.For(samples.Language)["sign-in.error.email"])], new("t", "v")));
        await Add<SignInSentPage>("sign-in-sent", new SignInSentModel(samples.Frame, "/manage/sign-in", "/mailbox"));
        await Add<SignInConfirmPage>("sign-in-confirm", new SignInConfirmModel(samples.Frame, "/manage/sign-in/x", new("t", "v")));
        await Add<BoardPage>("board", samples.Board);
        await Add<BoardPage>("board-closed", samples.ClosedBoard);
        await Add<BoardPage>("board-empty", samples.EmptyBoard);
        await Add<TaskPage>("task", samples.TaskPageModel);
        await Add<TaskPage>("task-errors", samples.TaskPageWithErrors);
        await Add<TaskPage>("task-closed", samples.ClosedTaskPage);
        await Add<OutboxPage>("outbox", samples.Outbox);
        await Add<OutboxPage>("outbox-empty", samples.EmptyOutbox);
        await Add<MailboxPage>("mailbox", samples.Mailbox);
        await Add<LetterPage>("mailbox-letter", samples.LetterPage(await WriteAsync(samples.Alert)));
        await Add<StatusPage>("status", samples.Status);
        await Add<StatusPage>("status-bare", samples.Status with { AlertLatencyP95Ms = null, OutboxOldestSeconds = null, Promises = null, SetAside = null, Poison = null });
        return pages;

        async Task Add<TPage>(string name, object model) where TPage : IComponent => await AddFramed<TPage>(name, new() { ["Model"] = model });

        async Task AddFramed<TPage>(string name, Dictionary<string, object?> parameters) where TPage : IComponent => pages.Add(name, await RenderAsync<TPage>(parameters));
    }

    public static async Task<string> RenderAsync<TPage>(Dictionary<string, object?> parameters) where TPage : IComponent
    {
        await using var scope = App.Services.CreateAsyncScope();
        await using var renderer = ActivatorUtilities.CreateInstance<HtmlRenderer>(scope.ServiceProvider);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static async Task<Letter> WriteAsync(LetterDraft draft) => await App.Services.GetRequiredService<ILetterWriter>().WriteAsync(draft);

    /// <summary>Development, because it refuses services of a scope outside of one.</summary>
    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "FeedbackFlow.App" });
        builder.Services.AddPages();
        return builder.Build();
    }
}
