using FeedbackFlow.App;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Pages;
using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.App.Pages.Development;
using FeedbackFlow.App.Pages.Forms;
using FeedbackFlow.App.Pages.Health;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.App.Pages.Promises;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
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
        await Add<PromisePage>("own-page", samples.OwnPage);
        await Add<PromisePage>("own-page-overdue", samples.OwnPageOverdue);
        await Add<PromisePage>("own-page-closed", samples.OwnPageClosed);
        await Add<PromisePage>("own-page-answered", samples.OwnPageClosed with { Offers = PromiseOffers.Nothing with { AsksSolved = true, Answer = true }, Notice = null });
        foreach (var state in new[] { MatterState.Tried, MatterState.LetOff, MatterState.Erasing, MatterState.Erased })
            await Add<PromisePage>($"own-page-{state}", samples.OwnPage with { State = state, Promise = null, Said = [], Offers = PromiseOffers.Nothing, WrittenBy = WrittenBy.Mail, NotBefore = Samples.Now });
        await Add<ErasePage>("erase", samples.Erase);
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
        await Add<TaskPage>("task-wishes", samples.TaskPageModel with { Task = samples.AtAnotherTime });
        await Add<TaskPage>("task-without-call", samples.TaskPageModel with { Task = samples.WithoutCall });
        await Add<TaskPage>("task-errors", samples.TaskPageWithErrors);
        await Add<TaskPage>("task-closed", samples.ClosedTaskPage);
        await Add<FeedbackListPage>("feedbacks", samples.FeedbackList);
        await Add<FeedbackListPage>("feedbacks-empty", samples.FeedbackList with { Feedbacks = [], NextUrl = null });
        await Add<FeedbackPage>("feedback", samples.FeedbackPageModel);
        foreach (var state in new[] { LetterState.Sent, LetterState.SetAside, LetterState.Waiting, LetterState.Withdrawn })
            await Add<FeedbackPage>($"feedback-reply-{state}", samples.FeedbackPageModel with { Said = samples.FeedbackPageModel.Said with { PublicReply = samples.Typed, CanSendReply = true, LastReply = samples.Reply(state) } });
        foreach (var sends in new[] { true, false })
        {
            var words = Words.For(samples.Language);
            var why = sends ? words.Count("reply.error.too-long", 12) : words["reply.error.not-connected"];
            await Add<FeedbackPage>($"feedback-reply-refused-{sends}", samples.FeedbackPageModel with { Notice = null, Said = samples.FeedbackPageModel.Said with { PublicReply = samples.Typed, CanSendReply = sends, TypedReply = samples.Typed, ReplyError = why } });
        }

        await Add<CustomerPage>("customer", samples.CustomerPageModel);
        await Add<CustomerPage>("customer-alone", samples.CustomerPageModel with { PerhapsSame = null, NextUrl = null });
        await Add<CorrectionsPage>("corrections", samples.CorrectionsModel);
        await Add<CorrectionsPage>("corrections-empty", samples.CorrectionsModel with { Corrections = [] });
        await Add<ExportPage>("export", samples.Export);
        await Add<SettingsPage>("settings", samples.Settings);
        await Add<SettingsPage>("settings-seen", samples.Settings with { MayChange = false, Notice = Words.For(samples.Language)["settings.saved"] });
        await Add<SettingsPage>("settings-errors", samples.Settings with { Errors = [new(SettingsFields.Day(DayOfWeek.Sunday), Words.For(samples.Language)["settings.error.day"])] });
        await Add<PersonPage>("person", samples.Person);
        await Add<PersonPage>("person-errors", samples.PersonWithErrors);
        await Add<PersonPage>("person-seen", samples.Person with { MayChange = false, Offered = [] });
        await Add<PromisesPage>("promises", samples.Promises);
        await Add<PromisesPage>("promises-empty", samples.Promises with { Rows = [], NextUrl = null });
        await Add<OutboxPage>("outbox", samples.Outbox);
        await Add<OutboxPage>("outbox-reply", samples.Outbox with { SetAside = [new(samples.Reply(LetterState.SetAside), "/manage/outbox/l1/send-again")] });
        await Add<OutboxPage>("outbox-empty", samples.EmptyOutbox);
        await Add<MailboxPage>("mailbox", samples.Mailbox);
        await Add<LetterPage>("mailbox-letter", samples.LetterPage(await WriteAsync(samples.Alert)));
        await Add<StaffPage>("staff", samples.Staff);
        await Add<StaffPage>("staff-errors", samples.StaffWithErrors);
        await Add<ListenersPage>("listeners", samples.Listeners);
        await Add<ListenersPage>("listeners-none", samples.Listeners with { Listeners = [], Errors = [] });
        await Add<ListenerPage>("listener", samples.ListenerPage);
        await Add<SourcesPage>("sources", samples.Sources);
        await Add<SourcesPage>("sources-errors", samples.SourcesWithErrors);
        await Add<SourcePage>("source", samples.Source("json"));
        await Add<SourcePage>("source-new", samples.Source("trustpilot", withSecret: true));
        await Add<SourcePage>("source-push", samples.Source("google"));
        await Add<SourcePage>("source-verify", samples.Source("facebook"));
        await Add<SourcePage>("source-setting", samples.SourceInSettings);
        await Add<SourcePage>("source-errors", samples.SourceWithErrors);
        await Add<DrillPage>("drill", samples.Drill);
        await Add<DrillPage>("drill-none", samples.Drill with { Drill = null });
        await Add<DrillPage>("drill-ended", samples.Drill with { Drill = samples.Drill.Drill! with { EndedAt = Samples.Now.AddMinutes(10) } });
        await Add<StatusPage>("status", samples.Status with { DrillUrl = "/manage/drill" });
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
