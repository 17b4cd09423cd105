using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FeedbackFlow.Pipeline;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>What the program tells of itself to whoever listens.</summary>
public sealed class TelemetryStory : Story
{
    [Fact]
    public async Task One_trace_goes_from_the_submission_over_the_queue_to_the_sent_letter()
    {
        using var heard = new Listener();
        World.CourierRuns = false;
        using var door = new Activity("door").Start();
        door.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await World.SayAsync(Say.Angry());
        door.Stop();
        await World.PassAsync(TimeSpan.FromMinutes(1));

        var spans = heard.Spans.Where(span => span.TraceId == door.TraceId).ToList();
        Assert.Equal(["accept", "nudge", "read", "send"], spans.Select(span => span.OperationName).Distinct().Order());
        var (accept, nudge) = (spans.Single(span => span.OperationName == "accept"), spans.First(span => span.OperationName == "nudge"));
        Assert.Equal(accept.SpanId, nudge.ParentSpanId);
        Assert.Equal(2, spans.Count(span => span.OperationName == "send" && span.ParentSpanId == nudge.SpanId));
        Assert.Contains(spans.SelectMany(span => span.TagObjects), tag => tag is { Key: "feedbackflow.kind", Value: "Alert" });
    }

    [Fact]
    public async Task Nothing_a_customer_said_or_is_called_is_told()
    {
        using var heard = new Listener();
        await OpenedAsync();
        await World.PassAsync(TimeSpan.FromHours(1));

        var said = string.Join("\n", heard.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append(span.DisplayName))) + string.Join("\n", heard.Numbers);
        Assert.NotEmpty(said);
        foreach (var secret in new[] { Say.Complaint, "נועה", "customers.example", "+97254", Shop.Manager.Email, Shop.Manager.Name }) Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_of_the_design_are_counted()
    {
        using var heard = new Listener();
        var task = await OpenedAsync();
        await World.DoAsync(task.Id, new FeedbackFlow.Pipeline.Recovery.NoAnswer("דנה"));
        await new TakeStock(World.Lists, Site.Clock).RunAsync(Ct);

        Assert.Superset(
            new HashSet<string> { "feedbackflow.alert.latency", "feedbackflow.detector.time", "feedbackflow.outbox.age", "feedbackflow.promises kept" }, heard.Numbers.Select(number => number.Split('=')[0]).ToHashSet());
    }

    [Fact]
    public async Task A_message_whose_trace_nobody_can_read_is_followed_all_the_same()
    {
        using var heard = new Listener();
        World.CourierRuns = false;
        var accepted = await World.SayAsync(Say.Angry());
        Site.Clock.Advance(TimeSpan.FromSeconds(45));
        await World.Follow.RunAsync(new(Slug, accepted.OwnLetters, null, Site.Clock.GetUtcNow(), Site.Clock.GetUtcNow()) { Trace = "00-nonsense" }, Ct);
        Assert.Equal(2, Mail.Arrived.Count);
    }

    private sealed class Listener : IDisposable
    {
        private readonly ActivityListener spans;
        private readonly MeterListener numbers = new();

        public Listener()
        {
            spans = new() { ShouldListenTo = source => source.Name == Steps.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = Spans.Enqueue };
            ActivitySource.AddActivityListener(spans);
            numbers.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Steps.Name) listener.EnableMeasurementEvents(instrument);
            };
            numbers.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
            numbers.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            numbers.Start();
        }

        public ConcurrentQueue<Activity> Spans { get; } = new();

        public ConcurrentQueue<string> Numbers { get; } = new();

        public void Dispose()
        {
            spans.Dispose();
            numbers.Dispose();
        }

        private void Hear(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Numbers.Enqueue(string.Join(" ", [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Value}")]) + $"={value}");
    }
}
