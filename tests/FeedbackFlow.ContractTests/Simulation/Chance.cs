using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>What is drawn at random for a history; the same seed draws the same.</summary>
internal sealed class Chance(int seed)
{
    public static readonly Source Reviews = Deliveries.Source("trustpilot", "0123456789abcdef0123456789abcdef");
    private static readonly DayOfWeek[] Days = Enum.GetValues<DayOfWeek>();

    public Random Random { get; } = new(seed);

    public bool Once(double probability) => Random.NextDouble() < probability;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    public TimeSpan Minutes(int from, int to) => TimeSpan.FromSeconds(Random.Next(from * 60, to * 60));

    /// <summary>Two years with every holiday and change of the clocks; begins at any time of any day.</summary>
    public DateTimeOffset Start() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(Random.Next(2 * 365 * 24 * 60));

    public Business Business(DateTimeOffset now)
    {
        var zone = Of("Asia/Jerusalem", "Asia/Jerusalem", "Asia/Jerusalem", "Europe/London", "America/New_York");
        var people = new List<Person> { Somebody(1, PersonRole.Manager), Somebody(3, PersonRole.Owner) };
        if (Once(0.6)) people.Add(Somebody(2, PersonRole.Backup));
        if (Once(0.4)) people.Add(Somebody(4, PersonRole.Manager));
        var branches = Once(0.5) ? new[] { Branch("north"), Branch("south") } : [];
        if (branches.Length > 0 && Once(0.7)) people.Add(Somebody(5, PersonRole.Manager) with { Branch = "north" });
        if (branches.Length > 0 && Once(0.5)) people.Add(Somebody(6, Of(PersonRole.Manager, PersonRole.Backup)) with { Branch = "south" });
        return Shop.Make() with
        {
            Branches = branches,
            Sources = [Reviews],
            Listeners = this.Listeners(now),
            Zone = zone,
            Week = Week(),
            Rest = Once(0.4) ? null : Of(Enum.GetValues<RestMode>()),
            City = Of(Cities.Names),
            Policy = Promises(),
            People = people,
        };
    }

    /// <summary>What a branch leaves open is as in the business.</summary>
    public Branch Branch(string id) => new(id, "Branch " + id, Once(0.7) ? Week() : null, Once(0.2) ? Of("Europe/London", "Asia/Jerusalem") : null, Once(0.5) ? Of(Cities.Names) : null, null);

    /// <summary>What a customer does on the own page; some of it is refused.</summary>
    public CustomerAct CustomerAct(CallBackTask task, Business place, DateTimeOffset now) => Random.Next(20) switch
    {
        < 6 => new NobodyCalled(),
        < 10 when CallWindow.Offered(place.Hours(), now) is { Count: > 0 } offered => new CallAt(Of(offered).By),
        < 12 => new WriteInstead(Of(Enum.GetValues<WrittenBy>())),
        < 16 => new NoNeedToCall(),
        _ => new SaySolved(Once(task.IsOpen ? 0.5 : 0.3)),
    };

    public Policy Promises() => Of(Policy.Default, Policy.Default, Policy.Statutory, Policy.Default with { CriticalMinutes = 30, HighMinutes = 120, NormalMinutes = 900 });

    public WorkingWeek Week() => Of(
        WorkingWeek.Israeli,
        WorkingWeek.Israeli with { ClosesOnTishaBAv = true },
        WorkingWeek.International,
        new WorkingWeek([.. Days.Where(day => day < DayOfWeek.Friday).SelectMany(day => new[] { new OpenHours(day, new(9, 0), new(13, 0)), new OpenHours(day, new(16, 0), new(19, 30)) })], true, []),
        new WorkingWeek([.. Days.Select(day => new OpenHours(day, new(17, 0), TimeOnly.MinValue))], Once(0.5), []));

    /// <param name="trace">A word that is nowhere else: what is erased is looked for by it.</param>
    public Submission Submission(int customer, string trace, Business business) => new(
        Of("form", "phone", "mail", "review"), "stars", Of(1, 1, 2, 4, 5),
        Of("I leave", "perhaps I go", "lawyer", "when will you come", "thanks", Words.Stumble, null!) is { } words ? words + " " + trace : null, Once(0.2),
        "נועה " + trace, Once(0.8) ? $"noa{customer}@customers.example" : null, Once(0.8) ? Say.Phone(customer) : null, null)
    {
        Branch = business.Branches.Count > 0 && Once(0.6) ? Of(business.Branches).Id : null,
    };

    private Person Somebody(int number, PersonRole role) => this.Wishing(Shop.Someone(number, role + " " + number, role)) with
    {
        Duty = role != PersonRole.Owner && Once(0.2) ? [.. Days.Where(_ => Once(0.6)).Select(day => new OpenHours(day, new(8, 0), new(14, 0)))] : [],
    };
}
