using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>A second analyser reads along: quick, slow, down, and late.</summary>
public sealed class SecondReaderStory : Story
{
    /// <summary>A thank-you with three stars, whose mood only the second reader sees: alone it would open no task.</summary>
    private const string Polite = "thank you so much for nothing";

    private SecondReader reader = new();
    private readonly ManualTimers timers = new();
    private readonly TaskLetters letters = new(new PlainLetterWriter(), new(new("https://shop.example/")));
    private Breaker? breaker;

    [Fact]
    public async Task It_raises_a_concern_that_the_words_alone_do_not_and_the_reading_says_who_read_it()
    {
        var accepted = await SayAsync(Polite);

        Assert.Equal(("plain/1+second/1", Sentiment.Negative), (accepted.Feedback!.Reading.AnalysedBy, accepted.Feedback.Reading.Sentiment));
        Assert.Equal([ReasonKind.NegativeWords], (await World.TaskAsync(accepted.Answer!.Task!.Value)).Reasons.Select(reason => reason.Kind));
        Assert.Equal((Polite, "en"), Assert.Single(reader.Questions));
    }

    [Fact]
    public async Task It_takes_no_concern_away()
    {
        reader.Answer = _ => Task.FromResult(SecondReader.Content);
        var accepted = await SayAsync("I will leave");

        Assert.NotNull(accepted.Answer!.Task);
        Assert.Equal(SignalKind.Leave, Assert.Single(accepted.Feedback!.Reading.Signals).Kind);
    }

    [Fact]
    public async Task A_slow_one_is_waited_for_800_milliseconds_and_the_reading_is_marked()
    {
        reader.Answer = SecondReader.NeverAnswers;
        var saying = SayAsync(Polite);
        while (!timers.Waits.Contains(ReadAlong.Limit)) await Task.Yield();
        timers.Ring();
        var accepted = await saying;

        Assert.Equal(("plain/1 (second: no answer)", AcceptKind.Stored), (accepted.Feedback!.Reading.AnalysedBy, accepted.Kind));
        Assert.Equal(TimeSpan.FromMilliseconds(800), ReadAlong.Limit);
    }

    /// <summary>Counters are of the whole process: a name of its own tells this reader's from those of tests beside it.</summary>
    [Fact]
    public async Task Every_text_that_it_did_not_read_is_counted()
    {
        var name = "second-" + Guid.NewGuid().ToString("N");
        var counted = 0L;
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "feedbackflow.analyser.fallbacks") listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.ToArray().Any(tag => Equals(tag.Value, name))) Interlocked.Add(ref counted, value);
        });
        listener.Start();
        reader = new() { Name = name };
        await SayAsync(Polite);
        Assert.Equal(0, counted);
        reader.Answer = SecondReader.IsDown;
        await SayAsync(Polite, 2);
        await SayAsync(Polite, 3);

        Assert.Equal(2, counted);
    }

    [Fact]
    public async Task After_five_failures_nobody_asks_for_half_a_minute_and_then_one_tries()
    {
        reader.Answer = SecondReader.IsDown;
        for (var i = 1; i <= 8; i++) Assert.Equal("plain/1 (second: no answer)", (await SayAsync(Polite, i)).Feedback!.Reading.AnalysedBy);
        Assert.Equal(Breaker.MostFailures, reader.Questions.Count);

        Site.Clock.Advance(Breaker.Rest);
        reader.Answer = _ => Task.FromResult(SecondReader.Angry);
        Assert.Equal("plain/1+second/1", (await SayAsync(Polite, 20)).Feedback!.Reading.AnalysedBy);
        Assert.Equal("plain/1+second/1", (await SayAsync(Polite, 21)).Feedback!.Reading.AnalysedBy);
    }

    [Fact]
    public async Task A_throttled_one_is_left_alone_for_as_long_as_it_asks()
    {
        var until = Site.Clock.GetUtcNow().AddSeconds(40);
        reader.Answer = _ => Task.FromException<Tone>(new AnalyserUnavailableException("429", until));
        await SayAsync(Polite, 1);
        Site.Clock.MoveTo(until.AddTicks(-1));
        await SayAsync(Polite, 2);
        Assert.Single(reader.Questions);

        Site.Clock.MoveTo(until);
        await SayAsync(Polite, 3);
        Assert.Equal(2, reader.Questions.Count);
    }

    [Fact]
    public async Task What_it_says_late_opens_a_task_with_a_promise_from_then_on()
    {
        reader.Answer = SecondReader.IsDown;
        var accepted = await SayAsync(Polite);
        Assert.Null(accepted.Answer!.Task);
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await World.OpenTasksAsync());

        reader.Answer = _ => Task.FromResult(SecondReader.Angry);
        await PassAsync(TimeSpan.FromHours(1));

        var task = Assert.Single(await World.OpenTasksAsync());
        Assert.Equal([accepted.Feedback!.Feedback.Id], task.Feedbacks);
        Assert.True(task.OpenedAt > accepted.Feedback.Feedback.At.AddMinutes(10));
        Assert.True(task.Promise.By > task.OpenedAt);
        Assert.Equal(task.Id, Assert.Single(Mail.Of(LetterKind.Alert)).Task);
        Assert.Empty(Mail.Of(LetterKind.Apology));
        // What was read first stays as it was read.
        Assert.Equal("plain/1 (second: no answer)", (await World.Store.FeedbackAsync(Slug, accepted.Feedback.Feedback.Id, Ct))!.Reading.AnalysedBy);
    }

    [Fact]
    public async Task A_nudge_that_comes_twice_opens_one_task()
    {
        reader.Answer = SecondReader.IsDown;
        var accepted = await SayAsync(Polite);
        reader.Answer = _ => Task.FromResult(SecondReader.Angry);
        var nudge = ReadLate.First(Slug, accepted.Feedback!.Feedback.Id, Site.Clock.GetUtcNow());
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await Follow().RunAsync(nudge, Ct);
        await Follow().RunAsync(nudge, Ct);

        Assert.Single(await World.OpenTasksAsync());
        Assert.Single(Mail.Of(LetterKind.Alert));
    }

    [Fact]
    public async Task Whoever_is_looked_after_already_gets_no_second_task_and_none_is_closed()
    {
        reader.Answer = SecondReader.IsDown;
        await SayAsync(Polite);
        var open = (await SayAsync("I will leave")).Answer!.Task!.Value;
        reader.Answer = _ => Task.FromResult(SecondReader.Content);
        await PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(open, Assert.Single(await World.OpenTasksAsync()).Id);
        Assert.Empty(await World.ClosedTasksAsync());
    }

    [Fact]
    public async Task A_late_reading_whose_nudge_was_lost_is_found_by_the_sweep()
    {
        reader.Answer = SecondReader.IsDown;
        await SayAsync(Polite);
        // Its first nudge is lost, and later, when it had been asked again, the next one too.
        for (var lost = 0; lost < 2; lost++)
        {
            Site.LoseNudges();
            Assert.True((await World.Repair.RunAsync(Ct)).IsNothing);
            Site.Clock.Advance(TimeSpan.FromHours(2 + (2 * lost)));
            Assert.Equal(1, (await World.Repair.RunAsync(Ct)).Others);
            await PassAsync(TimeSpan.Zero);
        }

        Site.LoseNudges();
        Site.Clock.Advance(TimeSpan.FromHours(8));
        await World.Repair.RunAsync(Ct);
        reader.Answer = _ => Task.FromResult(SecondReader.Angry);
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(await World.OpenTasksAsync());
        Site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, (await World.Repair.RunAsync(Ct)).Others);
        Assert.Equal(0, Site.CountRows("late-"));
    }

    [Fact]
    public async Task One_that_stays_away_for_a_day_is_not_asked_any_more()
    {
        reader.Answer = SecondReader.IsDown;
        await SayAsync(Polite);
        await PassAsync(TimeSpan.FromDays(3));

        Assert.InRange(reader.Questions.Count, 5, 20);
        Assert.Equal(0, Site.CountNudges());
        Assert.Equal(0, Site.CountRows("late-"));
        Assert.Empty(await World.OpenTasksAsync());
    }

    [Fact]
    public async Task A_process_that_dies_while_it_reads_late_leaves_one_task_with_one_alert()
    {
        reader.Answer = SecondReader.IsDown;
        var accepted = await SayAsync(Polite);
        reader.Answer = _ => Task.FromResult(SecondReader.Angry);
        Site.Clock.Advance(TimeSpan.FromHours(1));
        var nudge = ReadLate.First(Slug, accepted.Feedback!.Feedback.Id, Site.Clock.GetUtcNow().AddHours(-1));
        for (var calls = 1; calls < 40; calls++)
        {
            var dying = Site.Start(Life.UntilCall(calls, calls % 2 == 0 ? Side.After : Side.Before));
            try
            {
                await Follow(dying).RunAsync(nudge, Ct);
                break;
            }
            catch (KilledException)
            {
                // The message comes back.
            }
        }

        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(await World.OpenTasksAsync());
        Assert.Single(Mail.Of(LetterKind.Alert));
    }

    [Fact]
    public async Task Where_there_is_no_second_reader_any_more_nobody_is_asked_and_no_row_waits_for_it()
    {
        reader.Answer = SecondReader.IsDown;
        await SayAsync("הכול בסדר");
        Assert.Single((await World.Lists.LateReadingsAsync(Slug, 10, null, Ct)).Items);

        // Restarted without it: the world's own follower knows none.
        await World.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty((await World.Lists.LateReadingsAsync(Slug, 10, null, Ct)).Items);
        Assert.True((await World.Repair.RunAsync(Ct)).IsNothing);
    }

    private ReadAlong Along() => new(reader, AskPolicy.Always, breaker ??= new(Site.Clock), timers);

    private async Task<Accepted> SayAsync(string text, int customer = 1)
    {
        var races = new Races(Random.Shared);
        var accept = new AcceptFeedback(World.Store, World.Store, World.Nudges, letters, Words.Read, races, new(), Site.Clock, Along());
        var (submission, problems) = SubmissionGate.Check(Say.Angry(customer, text) with { Score = 3 });
        Assert.Empty(problems);
        var accepted = await accept.RunAsync(new(Site.Business, submission!, Origin.Api, null), Ct);
        await World.CarryAsync(accepted.OwnLetters);
        return accepted;
    }

    private FollowNudge Follow(World? world = null)
    {
        var (on, races) = (world ?? World, new Races(Random.Shared));
        var late = new ReadLate(on.Store, on.Store, on.Nudges, letters, on.Send, races, Site.Clock, Along());
        return new(on.Send, on.Escalate, on.Rota, on.Erase, on.Fetch, on.Drill, late, on.Nudges, Site.Clock);
    }

    /// <summary>As <see cref="World.PassAsync"/>, with a follower that knows the second reader.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var (end, follow) = (Site.Clock.GetUtcNow() + time, Follow());
        while (Site.NextNudge() is { } next && next <= end)
        {
            if (next > Site.Clock.GetUtcNow()) Site.Clock.MoveTo(next);
            foreach (var received in await World.Nudges.ReceiveAsync(16, Ct))
            {
                await follow.RunAsync(received.Nudge!, Ct);
                await World.Nudges.CompleteAsync(received, Ct);
            }
        }

        Site.Clock.MoveTo(end);
    }
}
