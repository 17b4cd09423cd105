using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.ContractTests.Engines.Memory;
using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>
/// What was said by whom, kept outside the store: when a customer's erasing is done, or a fire drill is over, the rows are searched for it as a stranger would
/// search the disk.
/// </summary>
internal sealed class Forgotten(MemoryEngine engine)
{
    /// <summary>How words begin that are nowhere else.</summary>
    public const string Trace = "unheard";

    private readonly Dictionary<CustomerId, HashSet<string>> traces = [];
    private readonly Dictionary<string, HashSet<CustomerId>> contacts = new(StringComparer.Ordinal);
    private readonly Dictionary<CustomerId, DateTimeOffset> asked = [];
    private readonly HashSet<CustomerId> done = [];
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);

    public void Keeps(CustomerId customer, Feedback said)
    {
        // Each submission has one word that is nowhere else, in its text and in its name.
        foreach (var word in $"{said.Text} {said.Contact.Name}".Split(' ').Where(word => word.StartsWith(Trace, StringComparison.Ordinal))) Keeps(customer, word);
        foreach (var contact in new[] { said.Contact.Email, said.Contact.Phone?.TrimStart('+') }.OfType<string>())
        {
            Keeps(customer, contact);
            if (!contacts.TryGetValue(contact, out var owners)) contacts[contact] = owners = [];
            owners.Add(customer);
        }
    }

    public void Keeps(CustomerId customer, string trace)
    {
        if (!traces.TryGetValue(customer, out var all)) traces[customer] = all = new(StringComparer.Ordinal);
        all.Add(trace);
    }

    public void Asked(CustomerId customer, DateTimeOffset now)
    {
        if (!done.Contains(customer)) asked.TryAdd(customer, now);
    }

    public void Changed(CustomerLine line)
    {
        if (line.Erasure is not { DoneAt: not null } || !done.Add(line.Id)) return;
        asked.Remove(line.Id);
        if (!traces.Remove(line.Id, out var all)) return;
        // Two people may share an address, and who comes again is somebody new.
        foreach (var trace in all.Where(trace => !contacts.TryGetValue(trace, out var owners) || owners.Count == 1))
        {
            gone.Add(trace);
            if (engine.AllRows(Shop.Slug).FirstOrDefault(row => Tells(row, trace)) is { } row) throw new BrokenInvariantException($"Of a customer who was erased '{trace}' is left in '{row.Key}': {row.Body}");
        }
    }

    /// <summary>Links lead nowhere afterwards and end by themselves.</summary>
    public void Changed(Drill drill)
    {
        if (drill is not { EndedAt: not null, Task: { } task, Feedback: { } feedback }) return;
        foreach (var row in engine.AllRows(Shop.Slug).Where(row => row.Key != "drill" && row.Key.Split('-')[0] is not ("link" or "expiry")))
            if (Tells(row, task.Value) || Tells(row, feedback.Value)) throw new BrokenInvariantException($"Of a fire drill something is left in '{row.Key}': {row.Body}");
    }

    /// <summary>Whether a letter that leaves now says something of a customer who was erased.</summary>
    public bool Names(Letter letter) => gone.Any(trace => !contacts.ContainsKey(trace) && $"{letter.Subject} {letter.Text} ".Replace('\n', ' ').Contains(trace + " ", StringComparison.Ordinal));

    public void AtRest(DateTimeOffset now)
    {
        foreach (var (customer, at) in asked)
            if (at < now.AddHours(-1)) throw new BrokenInvariantException($"Who asked to be erased at {at:O} is not: {customer}.");
    }

    private static bool Tells(Row row, string trace) => row.Key.Contains(trace, StringComparison.Ordinal) || row.Body.Contains(trace, StringComparison.Ordinal);
}
