namespace FeedbackFlow.Pipeline.Recovery;

/// <param name="MayWaitUntil">The letter may wait for the end of this person's quiet hours when that comes by then; null when it must not wait.</param>
public sealed record Told(Person Person, DateTimeOffset? MayWaitUntil);

/// <summary>
/// Who is told of a task, with regard to quiet hours. What can wait until the next step comes waits for its reader; what cannot goes to the next person on duty whose
/// quiet hours it does not break, and when everybody is quiet the business owner gets it all the same: no promise breaks because people sleep.
/// </summary>
public static class WhoIsTold
{
    private static readonly TimeSpan NoQuietIsLonger = TimeSpan.FromDays(1);

    /// <summary>Of a new task, or of what a customer chose: its owner.</summary>
    public static Told Of(Business business, CallBackTask task, DateTimeOffset now) =>
        Heard(business, business.Find(task.Owner) ?? DutyRoster.BusinessOwner(business), task.Ladder.NextAt, now);

    /// <summary>Of a step: one person is reminded, several hear of a deadline that passed.</summary>
    /// <param name="task">After the step, with the next one armed.</param>
    public static IReadOnlyList<Told> Of(LadderStep step, Business business, CallBackTask task, DateTimeOffset now) =>
        step is LadderStep.Half or LadderStep.Late ? [OfReminder(step, business, task, now)] : OfEscalation(business, task, now);

    /// <summary>The last reminder does not wait: what comes after it is the end of the promise.</summary>
    public static Told OfReminder(LadderStep step, Business business, CallBackTask task, DateTimeOffset now) =>
        Heard(business, DutyRoster.ReminderAt(business, task.Owner, now), step == LadderStep.Half ? task.Ladder.NextAt : null, now);

    /// <summary>Those who are quiet hear of it when their quiet ends, if somebody else hears of it now.</summary>
    public static IReadOnlyList<Told> OfEscalation(Business business, CallBackTask task, DateTimeOffset now)
    {
        var told = DutyRoster.EscalationAt(business, task.Owner, now);
        var later = told.Where(person => business.QuietUntil(person, now) is not null).ToList();
        if (later.Count == 0) return [.. told.Select(person => new Told(person, null))];
        if (later.Count == told.Count)
        {
            if (Next(business, told, now) is not { } next) return [new(DutyRoster.BusinessOwner(business), null)];
            told = [.. told, next];
        }

        return [.. told.Select(person => new Told(person, later.Contains(person) ? now + NoQuietIsLonger : null))];
    }

    /// <summary>
    /// Whether and when somebody hears of a step whose letter a time of rest has held. Letters were written to those who are told when a deadline passes and to nobody else: when all of
    /// them are quiet now, the letter waits no longer. Null for who has it no more.
    /// </summary>
    public static Told? OfHeldEscalation(Business business, CallBackTask task, string address, DateTimeOffset now)
    {
        var written = DutyRoster.EscalationAt(business, task.Owner, now);
        var told = OfEscalation(business, task, now);
        if (told.FirstOrDefault(one => one.Person.Email == address) is not { } reader) return null;
        return told.Any(one => one.MayWaitUntil is null && written.Contains(one.Person)) ? reader : reader with { MayWaitUntil = null };
    }

    private static Told Heard(Business business, Person first, DateTimeOffset? next, DateTimeOffset now)
    {
        if (business.QuietUntil(first, now) is not { } end || end <= next) return new(first, next);
        return new(Next(business, [first], now) ?? DutyRoster.BusinessOwner(business), null);
    }

    /// <summary>Somebody else on duty who may be disturbed: a manager before a backup before the business owner; null when there is nobody.</summary>
    private static Person? Next(Business business, IReadOnlyList<Person> others, DateTimeOffset now) =>
        business.People.Where(person => business.IsOnDuty(person, now)).OrderBy(person => person.Role)
            .Append(DutyRoster.BusinessOwner(business))
            .FirstOrDefault(person => !others.Contains(person) && business.QuietUntil(person, now) is null);
}
