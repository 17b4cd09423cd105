using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.Pipeline.Signals;

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
    /// <summary>What people of this business taught the detector, oldest first.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>What happens to letters on Shabbat and holidays; null where nobody chose.</summary>
    public RestMode? Rest { get; init; }

    /// <summary>By whose sunset it rests; one of <see cref="Cities.Names"/>.</summary>
    public string City { get; init; } = Cities.Default;

    /// <summary>Places with hours or people of their own; none for a business of one place.</summary>
    public IReadOnlyList<Branch> Branches { get; init; } = [];

    /// <summary>From which branch it is seen (<see cref="At"/>); null for the business as it is stored.</summary>
    public string? Branch { get; init; }

    /// <summary>Who keeps the Jewish holidays rests on them unless something else was chosen.</summary>
    public RestMode RestsBy => Rest ?? (Week.JewishHolidays ? RestMode.Hold : RestMode.Off);

    /// <summary>Null where letters leave on every day.</summary>
    public RestTimes? RestTimes() => RestsBy == RestMode.Off ? null : new(Cities.Find(City), WorkingTime.ZoneOf(Zone));

    public WorkingTime Hours() => new(Week, WorkingTime.ZoneOf(Zone), RestTimes());

    /// <summary>The business as one of its branches sees it: that place's hours, zone, city and phone. A branch that is gone is the business itself.</summary>
    public Business At(string? branch) =>
        branch is null || Branches.FirstOrDefault(place => place.Id == branch) is not { } here
            ? this
            : this with { Branch = here.Id, Week = here.Week ?? Week, Zone = here.Zone ?? Zone, City = here.City ?? City, Phone = here.Phone ?? Phone };

    /// <summary>At work in this place at this moment: not away, and within the rota where there is one.</summary>
    public bool IsOnDuty(Person person, DateTimeOffset at) =>
        (person.Branch is null || person.Branch == Branch) && !person.IsAway(at) && person.IsInRota(WorkingTime.LocalOf(Zone, at));

    /// <summary>When this person may be told something again; null when now, by one way at least.</summary>
    public DateTimeOffset? QuietUntil(Person person, DateTimeOffset at) => person.Ways.Any(way => way.InQuietHours) ? null : person.Quiet?.EndOf(at, Zone);

    /// <summary>Where feedback comes from elsewhere.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>Systems of its own that are told what happens here.</summary>
    public IReadOnlyList<Listener> Listeners { get; init; } = [];

    public Source? FindSource(string name) => Sources.FirstOrDefault(source => source.Name == name);

    /// <summary>With one of its people changed; who is not among them changes nothing.</summary>
    public Business With(PersonId id, Func<Person, Person> change) => this with { People = [.. People.Select(person => person.Id == id ? change(person) : person)] };

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
    /// <summary>The branch this person works in; null for every one.</summary>
    public string? Branch { get; init; }

    /// <summary>The duty rota: weekly times, on the wall clock of the place, in which this person gets tasks. Empty: always.</summary>
    public IReadOnlyList<OpenHours> Duty { get; init; } = [];

    /// <summary>How often this person wants a digest; null where nobody chose.</summary>
    public DigestWish? Digest { get; init; }

    /// <summary>Who owns the business reads every morning how it stands, unless something else was chosen; nobody else does.</summary>
    public DigestWish Reads => Digest ?? (Role == PersonRole.Owner ? DigestWish.Daily : DigestWish.None);

    /// <summary>How this person is told of tasks, the first to be tried first; without any, by mail.</summary>
    public IReadOnlyList<Way> Ways { get; init; } = [];

    /// <summary>Mail is always there, last where nobody put it elsewhere: who signs in by it can be written to.</summary>
    public IReadOnlyList<Way> WaysInOrder => Ways.Any(way => way.Kind == WayKind.Mail) ? Ways : [.. Ways, Way.ByMail];

    /// <summary>When this person is not to be disturbed; null for never.</summary>
    public QuietHours? Quiet { get; init; }

    public bool IsAway(DateTimeOffset at) => Away.Any(absence => absence.From <= at && at < absence.Until);

    public bool IsInRota(DateTime local) => Duty.Count == 0 || Duty.Any(shift => shift.Holds(local));
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
    /// <summary>One business hour for what cannot wait.</summary>
    public static Policy Default { get; } = new(0.35, 0.75, 60, 180, 600);

    /// <summary>The Israeli call-back rule for everything: within three hours, and what comes in the last two of a day early on the next.</summary>
    public static Policy Statutory { get; } = new(0.35, 0.75, 180, 180, 180) { CallBackRule = true };

    /// <summary>
    /// From what confidence on a person should look, when a missed customer costs as much as <paramref name="glances"/> glances at a false alarm: a task
    /// pays when the chance times the cost of a miss exceeds the rest times one glance. Above 0; the usual policy takes a miss for about two glances.
    /// </summary>
    public static double AlertThresholdFor(double glances) => Math.Clamp(1 / (1 + glances), LowestAlert, HighestAlert);

    /// <summary>Readings keep nothing below their floor, and what is surer than this is an alarm at any cost.</summary>
    private const double LowestAlert = 0.21;
    private const double HighestAlert = 0.9;

    /// <summary>Deadlines follow <see cref="Recovery.CallBackRule"/> instead of the minutes.</summary>
    public bool CallBackRule { get; init; }

    /// <summary>Until when somebody calls who was asked for at <paramref name="now"/>, in whole minutes.</summary>
    public DateTimeOffset Deadline(Priority priority, DateTimeOffset now, WorkingTime hours) =>
        CallBackRule ? Recovery.CallBackRule.Deadline(now, hours) : Promise.WholeMinute(hours.Add(now, TimeSpan.FromMinutes(MinutesFor(priority))));

    public int MinutesFor(Priority priority) => priority switch
    {
        Priority.Critical => CriticalMinutes,
        Priority.High => HighMinutes,
        Priority.Normal => NormalMinutes,
    };
}
