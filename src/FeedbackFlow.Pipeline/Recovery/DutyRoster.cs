using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>Who owns a task: whoever is on duty at its deadline, a manager before a backup; else the business owner.</summary>
public static class DutyRoster
{
    public static (Person Owner, bool StandsIn) OwnerAt(Business business, DateTimeOffset deadline)
    {
        // The call comes before the deadline: who goes home at six owns what is due by six.
        var onDuty = OnDuty(business, deadline.AddTicks(-1));
        return onDuty is null ? (BusinessOwner(business), business.People.Any(person => person.Role != PersonRole.Owner)) : (onDuty, false);
    }

    /// <summary>The owner, or the first person of a business that named none.</summary>
    public static Person BusinessOwner(Business business) =>
        business.People.FirstOrDefault(person => person.Role == PersonRole.Owner) ?? business.People[0];

    /// <summary>
    /// Whether somebody may own what is due then: on duty at the deadline, or now where that has passed. The business owner always may, because nobody
    /// else is left.
    /// </summary>
    public static bool MayOwn(Business business, Person person, DateTimeOffset deadline, DateTimeOffset now) =>
        person.Id == BusinessOwner(business).Id || business.IsOnDuty(person, deadline > now ? deadline.AddTicks(-1) : now);

    /// <summary>The task with an owner who may have it: its own, else whoever is on duty at its deadline.</summary>
    public static CallBackTask Owned(CallBackTask task, Business business, DateTimeOffset now)
    {
        if (business.Find(task.Owner) is { } owner && MayOwn(business, owner, task.Promise.By, now)) return task;
        var next = OwnerAt(business, Later(task.Promise.By, now)).Owner.Id;
        return next == task.Owner ? task : task with { Owner = next, State = task.State == TaskState.Claimed ? TaskState.Open : task.State };
    }

    /// <summary>The business owner has it because nobody else is on duty at its deadline.</summary>
    public static bool StandsIn(Business business, CallBackTask task, DateTimeOffset now) =>
        OwnerAt(business, Later(task.Promise.By, now)) is { StandsIn: true } standIn && standIn.Owner.Id == task.Owner;

    /// <summary>More letters with their links, and the events for the listeners, do not fit into the one commit that takes the step (a hundred rows).</summary>
    private const int MostBackupsTold = 5;

    /// <summary>Who is reminded: the task's owner when on duty now, else whoever is.</summary>
    public static Person ReminderAt(Business business, PersonId taskOwner, DateTimeOffset now) =>
        business.Find(taskOwner) is { } owner && business.IsOnDuty(owner, now) ? owner : OnDuty(business, now) ?? BusinessOwner(business);

    /// <summary>Who is told when a deadline passes: the backups on duty and the business owner, without the one who let it pass unless nobody else is there.</summary>
    public static IReadOnlyList<Person> EscalationAt(Business business, PersonId taskOwner, DateTimeOffset now)
    {
        var told = business.People.Where(person => person.Role == PersonRole.Backup && business.IsOnDuty(person, now)).Take(MostBackupsTold).Append(BusinessOwner(business)).Distinct().ToList();
        var others = told.Where(person => person.Id != taskOwner).ToList();
        return others.Count > 0 ? others : told;
    }

    /// <summary>A manager before a backup, and the people of this place before those of all places.</summary>
    private static Person? OnDuty(Business business, DateTimeOffset at) =>
        new[] { PersonRole.Manager, PersonRole.Backup }
            .Select(role => business.People.OrderBy(person => person.Branch is null).FirstOrDefault(person => person.Role == role && business.IsOnDuty(person, at)))
            .FirstOrDefault(person => person is not null);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
