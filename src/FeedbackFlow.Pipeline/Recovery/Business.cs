using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>The tenant: who works there, when, and by which policy it decides. One versioned row, read with every acceptance.</summary>
/// <param name="Slug">Lower case letters, digits and hyphens, 2 to 40; its partition and the beginning of its links.</param>
/// <param name="Language"><c>he</c> or <c>en</c>: of its pages, and of letters to people whose language is not known.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Phone">Where a customer reaches a person; E.164 or null.</param>
/// <param name="ReplyTo">Mailbox that people read; replies to letters go there.</param>
/// <param name="ReviewUrl">Where everyone is invited to review in public, whatever the score; null where there is no such place.</param>
/// <param name="ContactKey">Key of the hashes under which contacts are found, base64; never leaves the store.</param>
public sealed record Business(
    string Slug,
    string Name,
    string Language,
    string Zone,
    WorkingWeek Week,
    Policy Policy,
    string? Phone,
    string? ReplyTo,
    string? ReviewUrl,
    IReadOnlyList<Person> People,
    IReadOnlyList<AccessKey> Keys,
    string ContactKey,
    DateTimeOffset CreatedAt)
{
    public WorkingTime Hours() => new(Week, WorkingTime.ZoneOf(Zone));

    public Person? Find(PersonId id) => People.FirstOrDefault(person => person.Id == id);

    public Person? Find(string email) => People.FirstOrDefault(person => person.Email == email);
}

public enum PersonRole
{
    Manager,
    Backup,
    Owner,
}

/// <param name="Away">Times in which this person gets no task.</param>
public sealed record Person(PersonId Id, string Name, string Email, string? Phone, PersonRole Role, string Language, IReadOnlyList<Absence> Away)
{
    public bool IsOnDuty(DateTimeOffset at) => !Away.Any(absence => absence.From <= at && at < absence.Until);
}

public sealed record Absence(DateTimeOffset From, DateTimeOffset Until);

/// <summary>A key of the feedback API. Only its hash is kept; the key itself is printed once.</summary>
public sealed record AccessKey(string Hash, string Label, DateTimeOffset CreatedAt);

/// <summary>By which thresholds and promises a business decides.</summary>
/// <param name="AlertThreshold">A signal at or above it opens a task: low, because a miss costs a customer and a false alarm a glance.</param>
/// <param name="ApologyThreshold">A signal at or above it sends the apology without asking: high, because the customer reads it.</param>
/// <param name="CriticalMinutes">Business minutes until the call for leave, publish, legal, safety and repeated contact.</param>
/// <param name="HighMinutes">The same for "call me", angry words and low scores with words (the three hours of the Israeli call-back rule).</param>
/// <param name="NormalMinutes">The same for the rest: one business day.</param>
public sealed record Policy(double AlertThreshold, double ApologyThreshold, int CriticalMinutes, int HighMinutes, int NormalMinutes)
{
    public static Policy Default { get; } = new(0.35, 0.75, 60, 180, 600);

    public int MinutesFor(Priority priority) => priority switch
    {
        Priority.Critical => CriticalMinutes,
        Priority.High => HighMinutes,
        Priority.Normal => NormalMinutes,
    };
}
