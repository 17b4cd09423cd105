using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>Who owns a task: whoever is on duty at its deadline, a manager before a backup; else the business owner.</summary>
public static class DutyRoster
{
    public static (Person Owner, bool StandsIn) OwnerAt(Business business, DateTimeOffset deadline)
    {
        foreach (var role in new[] { PersonRole.Manager, PersonRole.Backup })
        {
            if (business.People.FirstOrDefault(person => person.Role == role && person.IsOnDuty(deadline)) is { } onDuty) return (onDuty, false);
        }

        return (BusinessOwner(business), business.People.Any(person => person.Role != PersonRole.Owner));
    }

    /// <summary>The owner, or the first person of a business that named none.</summary>
    public static Person BusinessOwner(Business business) =>
        business.People.FirstOrDefault(person => person.Role == PersonRole.Owner) ?? business.People[0];

    /// <summary>More letters with their links do not fit into the one commit that takes the step (a hundred rows).</summary>
    private const int MostBackupsTold = 6;

    /// <summary>Who is told when a deadline passes: the backups on duty and the business owner, without the one who let it pass unless nobody else is there.</summary>
    public static IReadOnlyList<Person> EscalationAt(Business business, PersonId taskOwner, DateTimeOffset now)
    {
        var told = business.People.Where(person => person.Role == PersonRole.Backup && person.IsOnDuty(now)).Take(MostBackupsTold).Append(BusinessOwner(business)).Distinct().ToList();
        var others = told.Where(person => person.Id != taskOwner).ToList();
        return others.Count > 0 ? others : told;
    }
}
