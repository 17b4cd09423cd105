using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FeedbackFlow.App.Letters;

/// <summary>Letters from Razor components: what people typed is encoded by the framework, never glued.</summary>
public sealed class RazorLetterWriter(IServiceScopeFactory scopes, ILoggerFactory logs) : ILetterWriter
{
    public async ValueTask<Letter> WriteAsync(LetterDraft draft)
    {
        var words = Words.For(draft.To.Language);
        var (kind, subject, html, text, task, usefulUntil) = draft switch
        {
            ApologyDraft apology => new Written(
                LetterKind.Apology, ApologyText.Subject(apology, words), await HtmlAsync<ApologyLetter>(apology), ApologyText.Write(apology, words),
                apology.Task.Id, apology.Task.Promise.By),
            AlertDraft alert => new Written(
                LetterKind.Alert, AlertText.Subject(alert, words), await HtmlAsync<AlertLetter>(alert), AlertText.Write(alert, words),
                alert.Task.Id, null),
            ReminderDraft reminder => new Written(
                LetterKind.Reminder, ReminderText.Subject(reminder, words), await HtmlAsync<ReminderLetter>(reminder), ReminderText.Write(reminder, words),
                reminder.Task.Id, reminder.Task.Promise.By),
            EscalationDraft escalation => new Written(
                LetterKind.Escalation, EscalationText.Subject(escalation, words), await HtmlAsync<EscalationLetter>(escalation), EscalationText.Write(escalation, words),
                escalation.Task.Id, null),
            SignInDraft signIn => new Written(
                LetterKind.SignIn, SignInText.Subject(signIn, words), await HtmlAsync<SignInLetter>(signIn), SignInText.Write(signIn, words),
                null, signIn.At + SignInText.GoodFor),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "There is no letter for this draft."),
        };
        return new Letter(
            draft.Id, kind, draft.Business.Slug, Plain.Name(draft.Business.Name), draft.Business.ReplyTo, draft.To, Plain.Line(subject), html, text, task, draft.At, usefulUntil);
    }

    private async Task<string> HtmlAsync<TLetter>(LetterDraft draft) where TLetter : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TLetter>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Draft"] = draft }));
            return root.ToHtmlString();
        });
    }

    private sealed record Written(
        LetterKind Kind, string Subject, string Html, string Text, Pipeline.Intake.TaskId? Task, DateTimeOffset? UsefulUntil);
}
