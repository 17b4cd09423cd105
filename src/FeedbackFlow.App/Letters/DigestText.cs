using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline.Insights;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Letters;

/// <summary>The digest's subject, sentences and plain part; <see cref="DigestLetter"/> is its HTML.</summary>
public static class DigestText
{
    public static string Subject(DigestDraft draft, Words words) =>
        !draft.IsDaily ? words.Say("digest.subject.week", ("business", Plain.Name(draft.Business.Name)))
        : draft.Digest.Open.Late.Count > 0 ? words.Count("digest.subject.late", draft.Digest.Open.Late.Count)
        : draft.Digest.Open.Today.Count > 0 ? words.Count("digest.subject.today", draft.Digest.Open.Today.Count)
        : words["digest.subject.calm"];

    /// <summary>What happened since the last one, a sentence each; nothing of what did not.</summary>
    public static IReadOnlyList<string> Since(Digest digest, Words words) =>
    [
        .. digest.CameIn.All > 0 ? Came(digest.CameIn, words) : Array.Empty<string>(),
        .. digest.Promises.All > 0 ? Ended(digest.Promises, words) : Array.Empty<string>(),
    ];

    public static string? SetAside(Digest digest, Words words) => digest.SetAside == 0 ? null : words.Count("digest.aside", digest.SetAside);

    public static string? Later(Digest digest, Words words) => digest.Open.Later == 0 ? null : words.Count("digest.later", digest.Open.Later);

    public static string? More(Digest digest, Words words) =>
        digest.Open.Pressing - digest.Open.Named.Count is > 0 and var more ? words.Count("digest.more", more) : null;

    /// <summary>Three numbers and the praise; "all quiet" where nothing happened.</summary>
    public static IReadOnlyList<string> Numbers(WeekInReview week, Words words) => week.IsQuiet
        ? [words["digest.week.quiet"]]
        :
        [
            .. Came(week.CameIn, words),
            .. week.Promises.All > 0 ? Ended(week.Promises, words) : [words["digest.promises.none"]],
            words.Say("digest.week.closed", ("saved", Words.Number(week.Saved)), ("lost", Words.Number(week.Lost))),
            .. week.Praise > 0 ? [words.Count("digest.praise", week.Praise)] : Array.Empty<string>(),
        ];

    /// <summary>The one theme with the one thing to do about it; null where nothing came twice.</summary>
    public static (string Theme, string Action)? Theme(WeekInReview week, Words words) => week.Theme is { } theme
        ? (words.Say("digest.theme", ("theme", words.Signal(theme, null)), ("n", Words.Number(week.OfTheme))), words["digest.action." + Words.Kebab(theme.ToString())])
        : null;

    public static string Due(DigestDraft draft, CallBackTask task, Words words) => PromiseWords.Say(words, task.Promise, draft.Business.Zone, draft.At);

    public static string Owner(DigestDraft draft, CallBackTask task) => (draft.Business.Find(task.Owner) ?? DutyRoster.BusinessOwner(draft.Business)).Name;

    public static string Write(DigestDraft draft, Words words)
    {
        var (digest, letter, times) = (draft.Digest, new TextLetter(), words.Times(draft.Business.Zone, draft.At));
        letter.Paragraph(Subject(draft, words));
        if (draft.IsDaily) WriteDay(draft, digest, letter, times, words);
        if (digest.Week is { } week) WriteWeek(week, letter, times, words);
        letter.Alone(words["summary.board"], draft.Addresses.Board.ToString()).Blank();
        return letter.Line(words[draft.IsDaily ? "digest.foot.daily" : "digest.foot.weekly"]).Line(draft.Addresses.Settings.ToString()).ToString();
    }

    private static void WriteDay(DigestDraft draft, Digest digest, TextLetter letter, Times times, Words words)
    {
        foreach (var task in digest.Open.Named)
        {
            letter.Line(Customer.Name(task.Contact, words)).Line(Words.Capital(words.Reasons(task.Reasons))).Line(Due(draft, task, words));
            letter.Line(words.Say("board.owner", ("owner", Plain.Name(Owner(draft, task))))).Line(draft.Addresses.TaskPage(task.Id).ToString()).Blank();
        }

        foreach (var line in new[] { More(digest, words), Later(digest, words) }.OfType<string>()) letter.Line(line);
        letter.Blank();
        if (Since(digest, words) is { Count: > 0 } since)
        {
            letter.Line(words.Say("digest.since", ("since", times.Moment(digest.Since))));
            foreach (var line in since) letter.Line(line);
            letter.Blank();
        }

        if (SetAside(digest, words) is { } aside) letter.Alone(aside, draft.Addresses.Outbox.ToString()).Blank();
    }

    private static void WriteWeek(WeekInReview week, TextLetter letter, Times times, Words words)
    {
        letter.Line(words.Say("digest.week", ("since", times.Day(week.Since))));
        foreach (var line in Numbers(week, words)) letter.Line(line);
        if (Theme(week, words) is var (theme, action)) letter.Line(theme).Line(action);
        letter.Blank();
    }

    private static IReadOnlyList<string> Came(CameIn came, Words words) =>
    [
        came.All >= CameIn.Most ? words.Say("digest.came.many", ("n", Words.Number(CameIn.Most))) : words.Count("digest.came", came.All),
        .. came.Needed > 0 ? [words.Count("digest.needed", came.Needed)] : Array.Empty<string>(),
    ];

    private static IReadOnlyList<string> Ended(PromisesEnded ended, Words words) =>
        [words.Say("digest.promises", ("kept", Words.Number(ended.Kept)), ("late", Words.Number(ended.Late)), ("broken", Words.Number(ended.Broken)))];
}
