using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
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
            AcknowledgementDraft acknowledgement => await ShortAsync(acknowledgement, LetterKind.Acknowledgement, acknowledgement.Task, words, acknowledgement.Task.Promise.By),
            TriedDraft tried => await ShortAsync(tried, LetterKind.Tried, tried.Task, words, tried.Task.Promise.By),
            GaveUpDraft gaveUp => await ShortAsync(gaveUp, LetterKind.GaveUp, gaveUp.Task, words, null),
            CheckBackDraft question => await ShortAsync(question, LetterKind.CheckBack, question.Task, words, question.At + ShortText.QuestionIsGoodFor),
            WishDraft wish => new Written(LetterKind.Wish, WishText.Subject(wish, words), await HtmlAsync<WishLetter>(wish), WishText.Write(wish, words), wish.Task.Id, null),
            SummaryDraft summary => new Written(
                LetterKind.Summary, SummaryText.Subject(summary, words), await HtmlAsync<SummaryLetter>(summary), SummaryText.Write(summary, words), null, null),
            DigestDraft digest => new Written(
                LetterKind.Digest, DigestText.Subject(digest, words), await HtmlAsync<DigestLetter>(digest), DigestText.Write(digest, words), null, digest.At + DigestDraft.IsGoodFor),
            TrialDraft trial => new Written(LetterKind.Trial, words["trial.subject"], await HtmlAsync<TrialLetter>(trial), TrialText.Write(trial, words), null, null),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "There is no letter for this draft."),
        };
        return new Letter(
            draft.Id, kind, draft.Business.Slug, Plain.Name(draft.Business.Name), draft.Business.ReplyTo, draft.To, Plain.Line(subject), html, text, task, draft.At, usefulUntil)
        {
            Brief = BriefText.Of(draft, words),
        };
    }

    private async Task<Written> ShortAsync(LetterDraft draft, LetterKind kind, CallBackTask task, Words words, DateTimeOffset? usefulUntil)
    {
        var text = ShortText.Of(draft, words);
        return new(kind, text.Subject, await HtmlAsync<ShortLetter>(draft), text.Write(draft, Correspondents.Draft(draft, words), words), task.Id, usefulUntil);
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
