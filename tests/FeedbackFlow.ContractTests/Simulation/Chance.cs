using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>What is drawn at random for a history; the same seed draws the same.</summary>
internal sealed class Chance(int seed)
{
    private static readonly DayOfWeek[] Days = Enum.GetValues<DayOfWeek>();

    public Random Random { get; } = new(seed);

    public bool Once(double probability) => Random.NextDouble() < probability;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    public TimeSpan Minutes(int from, int to) => TimeSpan.FromSeconds(Random.Next(from * 60, to * 60));

    /// <summary>Two years with every holiday and change of the clocks; begins at any time of any day.</summary>
    public DateTimeOffset Start() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(Random.Next(2 * 365 * 24 * 60));

    public Business Business()
    {
        var zone = Of("Asia/Jerusalem", "Asia/Jerusalem", "Asia/Jerusalem", "Europe/London", "America/New_York");
        var people = new List<Person> { Somebody(1, PersonRole.Manager), Somebody(3, PersonRole.Owner) };
        if (Once(0.6)) people.Add(Somebody(2, PersonRole.Backup));
        if (Once(0.4)) people.Add(Somebody(4, PersonRole.Manager));
        return Shop.Make() with
        {
            Zone = zone,
            Week = Week(),
            Rest = Once(0.4) ? null : Of(Enum.GetValues<RestMode>()),
            City = Of(Cities.Names),
            Policy = Promises(),
            People = people,
        };
    }

    public Policy Promises() => Of(Policy.Default, Policy.Default, Policy.Statutory, Policy.Default with { CriticalMinutes = 30, HighMinutes = 120, NormalMinutes = 900 });

    public WorkingWeek Week() => Of(
        WorkingWeek.Israeli,
        WorkingWeek.Israeli with { ClosesOnTishaBAv = true },
        WorkingWeek.International,
        new WorkingWeek([.. Days.Where(day => day < DayOfWeek.Friday).SelectMany(day => new[] { new OpenHours(day, new(9, 0), new(13, 0)), new OpenHours(day, new(16, 0), new(19, 30)) })], true, []),
        new WorkingWeek([.. Days.Select(day => new OpenHours(day, new(17, 0), TimeOnly.MinValue))], Once(0.5), []));

    public Submission Submission(int customer) => new(
        Of("form", "phone", "mail", "review"), "stars", Of(1, 1, 2, 4, 5), Of("I leave", "perhaps I go", "lawyer", "when will you come", "thanks", Words.Stumble, null!), Once(0.2),
        "נועה " + customer, Once(0.8) ? $"noa{customer}@customers.example" : null, Once(0.8) ? Say.Phone(customer) : null, null);

    private Person Somebody(int number, PersonRole role) => Shop.Someone(number, role + " " + number, role) with
    {
        Duty = role != PersonRole.Owner && Once(0.2) ? [.. Days.Where(_ => Once(0.6)).Select(day => new OpenHours(day, new(8, 0), new(14, 0)))] : [],
    };
}
