using System.Text.Json;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using static FeedbackFlow.ContractTests.Simulation.BrokenInvariantException;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>What other systems are told: whatever happens is one event for each that wants to hear it, and each event comes to it at least once, always under the same id.</summary>
internal sealed class EventsTold(SimPost post)
{
    private static readonly TimeSpan RetriesLast = TimeSpan.FromDays(5);
    private readonly Dictionary<(string Listener, string Type, string About), int> open = [];
    private readonly Dictionary<LetterId, OutboxEntry> events = [];

    public void Said(Feedback feedback, Business business) => Happened("feedback.received", feedback.Id.Value, business);

    public void Changed(CallBackTask? before, CallBackTask after, Business business)
    {
        if (before is null || after.Priority < before.Priority) Happened("risk.detected", after.Id.Value, business);
        if (before is { State: TaskState.Open } && after.State == TaskState.Claimed) Happened("task.claimed", after.Id.Value, business);
        if (before is { IsOpen: true } && !after.IsOpen) Happened("task.closed", after.Id.Value, business);
        foreach (var promise in after.EarlierPromises.Append(after.Promise).Where(promise => promise.State is PromiseState.Late or PromiseState.Broken))
            if (before?.EarlierPromises.Append(before.Promise).FirstOrDefault(one => one.MadeAt == promise.MadeAt) is { State: PromiseState.Pending })
                Happened(promise.State == PromiseState.Late ? "promise.late" : "promise.broken", after.Id.Value, business);
    }

    public void Wrote(OutboxEntry entry)
    {
        var (letter, isNew) = (entry.Letter, !events.ContainsKey(entry.Letter.Id));
        events[letter.Id] = entry;
        if (!isNew) return;
        using var body = JsonDocument.Parse(letter.Text);
        Count(letter.To.Name, letter.Subject, body.RootElement.GetProperty("data").GetProperty(letter.Subject == "feedback.received" ? "feedbackId" : "taskId").GetString()!, -1);
    }

    /// <param name="settled">The settings did not change in this step.</param>
    public void AfterStep(bool settled)
    {
        foreach (var (of, count) in open)
            Unless(count == 0 || !settled, $"{of.Type} about {of.About}: {Math.Abs(count)} too {(count > 0 ? "few" : "many")} for {of.Listener}.");
        open.Clear();
        Unless(post.TwoMeanings is null, $"Two different events came under the id {post.TwoMeanings}.");
    }

    public void AtRest(DateTimeOffset now, Business business)
    {
        foreach (var entry in events.Values)
        {
            var taken = post.Taken.TryGetValue(entry.Letter.Id, out var body);
            Unless(!taken || body == entry.Letter.Text, "An event came otherwise than it was stored.");
            Unless(taken || entry.State != LetterState.Sent, "An event is marked as sent, and nobody took it.");
            var listens = business.Listeners.Any(listener => listener.Id == entry.Letter.To.Name && listener.DisabledAt is null);
            // Away at each of its tries: it stands in the log of deliveries, from where a person sends it again.
            var isUsedUp = entry.State == LetterState.SetAside && RetryPolicy.IsUsedUp(entry);
            Unless(taken || isUsedUp || !listens || entry.Letter.WrittenAt > now - RetriesLast, $"An event ({entry.Letter.Subject}, {entry.State}, {entry.Attempts} attempts) never came to {entry.Letter.To.Name}.");
        }
    }

    private void Happened(string type, string about, Business business)
    {
        foreach (var listener in business.Listeners.Where(listener => listener.DisabledAt is null && listener.Events.Contains(type))) Count(listener.Id, type, about, 1);
    }

    private void Count(string listener, string type, string about, int by) => open[(listener, type, about)] = open.GetValueOrDefault((listener, type, about)) + by;
}
