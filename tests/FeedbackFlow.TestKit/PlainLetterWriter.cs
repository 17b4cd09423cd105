using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.TestKit;

/// <summary>Letters without any beauty: who, about what, and each link on a line of its own as <c>Purpose: address</c>.</summary>
public sealed class PlainLetterWriter : ILetterWriter
{
    public ValueTask<Letter> WriteAsync(LetterDraft draft)
    {
        var (kind, about, task, until) = draft switch
        {
            ApologyDraft apology => (
                LetterKind.Apology, $"Sorry. {apology.Owner.Name} calls by {apology.Task.Promise.By:O}.\n{apology.Quote}{PageLine(apology.Page)}", apology.Task.Id, apology.Task.Promise.By),
            AlertDraft alert => (LetterKind.Alert, $"{(alert.Joined ? "Again" : Said(alert.Task) ?? "New")} task\n{(alert.StandsIn ? "stands in\n" : "")}{Lines(alert.Links)}", alert.Task.Id, null),
            ReminderDraft reminder => (LetterKind.Reminder, $"{reminder.Step}\n{Lines(reminder.Links)}", reminder.Task.Id, reminder.Task.Promise.By),
            EscalationDraft escalation => (LetterKind.Escalation, $"{escalation.Step}\n{Lines(escalation.Links)}", escalation.Task.Id, null),
            WishDraft wish => (LetterKind.Wish, $"{wish.Task.Reasons[0].Kind}\n{Lines(wish.Links)}", wish.Task.Id, null),
            CheckBackDraft question => (LetterKind.CheckBack, $"Solved?{PageLine(question.Page)}", question.Task.Id, question.At.AddDays(7)),
            SignInDraft signIn => (LetterKind.SignIn, $"SignIn: {signIn.Link}", (TaskId?)null, (DateTimeOffset?)(signIn.At + Link.SignInLife)),
            AcknowledgementDraft received => (LetterKind.Acknowledgement, $"Received. {received.Owner.Name} calls by {received.Task.Promise.By:O}.", received.Task.Id, received.Task.Promise.By),
            TriedDraft tried => (LetterKind.Tried, $"We tried. {tried.Owner.Name} calls again by {tried.Task.Promise.By:O}.", tried.Task.Id, tried.Task.Promise.By),
            GaveUpDraft gaveUp => (LetterKind.GaveUp, $"We tried {gaveUp.Attempts} times.\n{gaveUp.WayBack}", gaveUp.Task.Id, null),
            SummaryDraft summary => (LetterKind.Summary, $"{summary.Lines.Count} tasks\n{string.Join('\n', summary.Lines.Select(line => $"{line.Task.Id}: {line.Step}"))}", null, null),
            DigestDraft digest => (LetterKind.Digest, Told(digest), null, digest.At + DigestDraft.IsGoodFor),
            TrialDraft trial => (LetterKind.Trial, $"{trial.By}", null, null),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.GetType().Name, "There is no letter for this draft."),
        };
        return ValueTask.FromResult(new Letter(
            draft.Id, kind, draft.Business.Slug, draft.Business.Name, draft.Business.ReplyTo, draft.To, $"{kind}: {about.Split('\n')[0]}", $"<p>{about}</p>", about, task,
            draft.At, until)
        {
            Brief = Links(draft) is { } links ? new($"{kind}: {about.Split('\n')[0]}", [about.Split('\n')[0]], links) : null,
        });
    }

    private static IReadOnlyList<BriefLink>? Links(LetterDraft draft) => draft switch
    {
        AlertDraft alert => Taps(alert.Links, alert.TaskPage),
        ReminderDraft reminder => Taps(reminder.Links, reminder.TaskPage),
        EscalationDraft escalation => Taps(escalation.Links, escalation.TaskPage),
        WishDraft wish => Taps(wish.Links, wish.TaskPage),
        SummaryDraft summary => [new("Board", summary.Board)],
        TrialDraft trial => [new("Board", trial.Board)],
        _ => null,
    };

    private static IReadOnlyList<BriefLink> Taps(IReadOnlyDictionary<LinkPurpose, Uri> links, Uri page) => [.. links.Select(link => new BriefLink($"{link.Key}", link.Value)), new("Page", page)];

    private static string? Said(CallBackTask task) => task.Reasons.Count > 0 && task.Reasons[0] is { Kind: ReasonKind.NobodyCalled or ReasonKind.NotSolved } said ? $"{said.Kind} {task.Promise.MadeAt:O}" : null;

    private static string Told(DigestDraft draft)
    {
        var (digest, day) = (draft.Digest, new List<string>());
        if (draft.IsDaily)
            day.Add($"late {digest.Open.Late.Count}, today {digest.Open.Today.Count}, later {digest.Open.Later}; {Numbers(digest.CameIn, digest.Promises)}; aside {digest.SetAside}");
        if (digest.Week is { } week)
            day.Add($"week: {Numbers(week.CameIn, week.Promises)}; saved {week.Saved}, lost {week.Lost}; {week.Theme?.ToString() ?? "no theme"} {week.OfTheme}, praise {week.Praise}");
        return string.Join('\n', [.. day, .. draft.IsDaily ? digest.Open.Named.Select(task => task.Contact.Name) : []]);
    }

    private static string Numbers(CameIn came, PromisesEnded ended) => $"came {came.All}, needed {came.Needed}, kept {ended.Kept}, late {ended.Late}, broken {ended.Broken}";

    private static string PageLine(Uri? page) => page is null ? "" : $"\n{LinkPurpose.CustomerPage}: {page}";

    private static string Lines(IReadOnlyDictionary<LinkPurpose, Uri> links) => string.Join('\n', links.Select(link => $"{link.Key}: {link.Value}"));
}

public static class LetterLinks
{
    /// <summary>The token behind the line that begins with this word.</summary>
    public static string TokenOf(this Letter letter, LinkPurpose purpose) =>
        letter.Text.Split('\n').First(line => line.StartsWith(purpose + ": ", StringComparison.Ordinal)).Split('/')[^1];
}
