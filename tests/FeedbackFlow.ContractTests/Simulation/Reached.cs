using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using static FeedbackFlow.ContractTests.Simulation.BrokenInvariantException;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>
/// How letters reach their readers, hand-over by hand-over: by the ways that may be used at that moment, in the person's order, each in its turn; once, except where nobody
/// heard the answer; and until somebody took it or every way refused.
/// </summary>
internal sealed class Reached(Outside outside)
{
    /// <summary>Of letters whose last hand-over is never repeated: a mail server that is away for a day and a half.</summary>
    private const int MostAttempts = 18;

    private readonly Dictionary<LetterId, Course> courses = [];
    private readonly HashSet<Course> changed = [];
    private readonly HashSet<LetterId> slow = [];

    /// <summary>What became of one letter so far.</summary>
    private sealed class Course(OutboxEntry entry)
    {
        public OutboxEntry Entry { get; set; } = entry;

        public HashSet<WayKind> Tried { get; } = [];

        public HashSet<WayKind> Refused { get; } = [];

        /// <summary>Of these somebody heard it.</summary>
        public HashSet<WayKind> HeardToRefuse { get; } = [];

        public WayKind? Last { get; set; }

        public (int Attempts, DateTimeOffset DueAt)? Lease { get; set; }

        /// <summary>When the first of its ways had its turn, or their order changed under it.</summary>
        public DateTimeOffset Since { get; set; }

        /// <summary>Since when nothing holds it that was not tried yet.</summary>
        public DateTimeOffset? FreeSince { get; set; }

        public IReadOnlyList<WayKind> Usable { get; set; } = [];

        public bool WasTaken { get; set; }

        /// <summary>A message about it was lost, or the settings changed while it waited: nobody asks when it comes.</summary>
        public bool IsSlow { get; set; }
    }

    public void Changed(OutboxEntry entry)
    {
        if (entry.Letter.Kind is LetterKind.Event or LetterKind.Reply) return;
        if (courses.TryGetValue(entry.Letter.Id, out var course)) course.Entry = entry;
        // One that ended long ago and is erased now.
        else if (entry.IsFinished) return;
        else courses[entry.Letter.Id] = course = new(entry) { IsSlow = slow.Contains(entry.Letter.Id) };
        changed.Add(course);
    }

    /// <summary>What a fire drill leaves is removed.</summary>
    public void Removed(LetterId id) => courses.Remove(id);

    public void Slow(IEnumerable<LetterId> letters)
    {
        foreach (var id in letters)
        {
            // A message may be lost before its letter is stored.
            slow.Add(id);
            if (courses.TryGetValue(id, out var course)) course.IsSlow = true;
        }
    }

    public void SettingsChanged()
    {
        foreach (var course in courses.Values) course.IsSlow = true;
    }

    /// <param name="place">Where a letter is seen from.</param>
    public void Look(DateTimeOffset now, DateTimeOffset calmFrom, Func<Letter, Business> place, Func<TaskId, CallBackTask?> find)
    {
        foreach (var attempt in outside.Attempts)
        {
            Unless(courses.TryGetValue(attempt.Entry.Letter.Id, out var course), $"A letter ({attempt.Entry.Letter.Kind}) was handed over though it was finished: {attempt.Entry.State}.");
            HandedOver(course!, attempt, place(attempt.Entry.Letter));
        }

        foreach (var course in changed) Ended(course, place, find);
        changed.Clear();
        foreach (var course in courses.Values) OnTime(course, now, calmFrom, place);
        outside.Attempts.Clear();
    }

    private static void HandedOver(Course course, Attempt attempt, Business place)
    {
        var (entry, letter, by) = (attempt.Entry, attempt.Entry.Letter, attempt.By);
        Unless(entry.State == LetterState.Leased, $"A letter ({letter.Kind}) that is {entry.State} was handed over.");
        Unless(course.Lease != (entry.Attempts, entry.DueAt), $"A letter ({letter.Kind}) was handed over twice, and no step between was stored.");
        Unless(MayLeave(letter.Kind, place, attempt.Seen), $"A letter ({letter.Kind}) left by {by} in a time of rest, at {attempt.Seen:O}.");
        if (entry.Attempts <= (course.Lease?.Attempts ?? 0) || entry.Attempts == 1)
        {
            course.Lease = null;
            course.Tried.Clear();
            course.Refused.Clear();
            course.HeardToRefuse.Clear();
            (course.Last, course.Since, course.Usable) = (null, attempt.Now, []);
        }

        var unheard = entry.Attempts - (course.Lease?.Attempts ?? 0) - 1;
        course.Lease = (entry.Attempts, entry.DueAt);
        course.WasTaken |= attempt.Taken;
        Unless(!attempt.Taken || !attempt.Heard || course.Entry.State == LetterState.Sent, $"A letter ({letter.Kind}) was taken by {by} and is {course.Entry.State}: it will be told again.");
        if (letter.Brief is null || place.Find(letter.To.Address) is not { } reader) Unless(by == WayKind.Mail, $"A letter ({letter.Kind}) left by {by}, and its reader has no ways.");
        else ByAWayOf(reader, course, attempt, place.Zone, unheard);
        course.Tried.Add(by);
        if (attempt.Refused) course.Refused.Add(by);
        if (attempt is { Refused: true, Heard: true }) course.HeardToRefuse.Add(by);
        course.Last = by;
    }

    /// <param name="unheard">Attempts in which a process died before it handed the letter over: a turn may have passed in each.</param>
    private static void ByAWayOf(Person reader, Course course, Attempt attempt, string zone, int unheard)
    {
        var (letter, by, quiet) = (attempt.Entry.Letter, attempt.By, Reader.QuietEnd(reader, zone, attempt.Seen));
        var mayWait = quiet is not null && quiet <= letter.MayWaitUntil;
        Unless(!mayWait || reader.Ways.Any(way => way.Kind == by && way.InQuietHours), $"What may wait until {letter.MayWaitUntil:O} ({letter.Kind}) reached somebody by {by} who is quiet until {quiet:O}.");
        var usable = Reader.Usable(reader, quiet, letter.MayWaitUntil);
        Unless(usable.Contains(by), $"A letter ({letter.Kind}) left by {by}, which is none of its reader's ways.");
        if (course.Usable.Count > 0 && !course.Usable.SequenceEqual(usable)) course.Since = attempt.Now;
        course.Usable = usable;
        var passed = usable.TakeWhile(way => way != by).Where(way => !course.Tried.Contains(way)).ToList();
        Unless(by == course.Last || passed.Count <= unheard, $"A letter ({letter.Kind}) left by {by} before {string.Join(", ", passed)} had a turn: attempt {attempt.Entry.Attempts} at {attempt.Seen:O}, of {string.Join(", ", usable)}, tried {string.Join(", ", course.Tried)}.");
        course.Tried.UnionWith(passed);
        Unless(!course.HeardToRefuse.Contains(by) || usable.All(course.HeardToRefuse.Contains), $"A letter ({letter.Kind}) left by {by}, which had refused it, and others had not.");
    }

    private void Ended(Course course, Func<Letter, Business> place, Func<TaskId, CallBackTask?> find)
    {
        var (entry, letter) = (course.Entry, course.Entry.Letter);
        if (!entry.IsFinished) return;
        courses.Remove(letter.Id);
        switch (entry.State)
        {
            case LetterState.Sent:
                Unless(course.WasTaken, $"A letter ({letter.Kind}) is marked as sent, and nobody took it.");
                break;
            case LetterState.SetAside when letter.Brief is not null && !course.IsSlow && place(letter).Find(letter.To.Address) is { } reader:
                var left = Reader.Usable(reader, null, null).Where(way => !course.Refused.Contains(way)).ToList();
                Unless(left.Count == 0 || entry.Attempts >= MostAttempts, $"A letter ({letter.Kind}) was set aside, and {string.Join(", ", left)} had not refused it.");
                break;
            case LetterState.Withdrawn when letter is { Kind: LetterKind.Alert, IsDrill: false } && find(letter.Task!.Value) is { ErasedAt: null } task:
                Unless(task.State != TaskState.Open || task.Owner != letter.Owner, "An alert was withdrawn, and nobody else was told or took the task.");
                break;
        }
    }

    private static void OnTime(Course course, DateTimeOffset now, DateTimeOffset calmFrom, Func<Letter, Business> place)
    {
        var letter = course.Entry.Letter;
        if (course.IsSlow || now < calmFrom || letter.Brief is null) return;
        var (here, begun) = (place(letter), course.Entry.Attempts > 0 && course.Last is not null);
        if (here.Find(letter.To.Address) is not { } reader || !MayLeave(letter.Kind, here, now)) (course.FreeSince, course.Since) = (null, now);
        else if (begun) EachInItsTurn(course, reader, Reader.QuietEnd(reader, here.Zone, now), now, calmFrom);
        else if (IsQuiet(course, reader, here.Zone, now)) course.FreeSince = null;
        else Unless(now <= Later(course.FreeSince ??= now, calmFrom) + Invariants.Grace, $"A letter ({letter.Kind}) that nothing holds since {course.FreeSince:O} was not tried.");
    }

    /// <summary>A minute for what waits for an answer, five for the rest; then the next way has it.</summary>
    private static void EachInItsTurn(Course course, Person reader, DateTimeOffset? quiet, DateTimeOffset now, DateTimeOffset calmFrom)
    {
        var letter = course.Entry.Letter;
        course.FreeSince = null;
        var usable = Reader.Usable(reader, quiet, letter.MayWaitUntil);
        if (!usable.SequenceEqual(course.Usable)) (course.Usable, course.Since) = (usable, now);
        var turn = TimeSpan.FromMinutes(letter.Kind is LetterKind.Alert or LetterKind.Escalation or LetterKind.Wish ? 1 : 5) + Invariants.Grace;
        var due = usable.Take((int)((now - Later(course.Since, calmFrom)) / turn)).Where(way => !course.Tried.Contains(way)).ToList();
        Unless(due.Count == 0, $"A letter ({letter.Kind}) is on its way since {course.Since:O}, and {string.Join(", ", due)} had no turn.");
    }

    /// <summary>It may wait, and no way is left that may be used now. What waited is written again at the end, perhaps to somebody else, and only that says whether it may wait for more.</summary>
    private static bool IsQuiet(Course course, Person reader, string zone, DateTimeOffset now) =>
        (course.Entry.Held && course.Entry.DueAt > now) || (Reader.QuietEnd(reader, zone, now) is { } end && end <= course.Entry.Letter.MayWaitUntil && reader.Ways.Where(way => way.InQuietHours).All(way => course.Refused.Contains(way.Kind)));

    private static bool MayLeave(LetterKind kind, Business place, DateTimeOffset at) =>
        kind is LetterKind.SignIn or LetterKind.Trial || (kind == LetterKind.Acknowledgement && place.RestsBy == RestMode.Soften) || place.RestTimes()?.EndOf(at) is null;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
