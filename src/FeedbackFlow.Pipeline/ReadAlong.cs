using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline;

/// <summary>What came of asking the second analyser.</summary>
public enum Asked
{
    /// <summary>It was not worth it, or it does not read the language.</summary>
    No,
    Answered,

    /// <summary>It was too slow, throttled or down, or the breaker kept everybody from asking.</summary>
    Unanswered,
}

/// <summary>
/// Lets a second analyser read along. The customer waits at most <see cref="Limit"/> for it; whatever it does, the local reading is there (design 4.7).
/// </summary>
/// <param name="timers">Rings when the time is over; the machine's own where none is given.</param>
public sealed class ReadAlong(IAnalyser analyser, AskPolicy policy, Breaker breaker, TimeProvider? timers = null)
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(800);

    /// <summary>Nobody waits for a late reading; it only must not hang.</summary>
    public static readonly TimeSpan LateLimit = TimeSpan.FromSeconds(10);

    /// <param name="decides">See <see cref="SecondReading.IsWorthAsking"/>.</param>
    public async Task<(Reading Reading, Asked Asked)> RunAsync(string? text, Rating? rating, Reading local, double decides, TimeSpan limit, CancellationToken ct)
    {
        if (!SecondReading.IsWorthAsking(policy, text, rating, local, decides)) return (local, Asked.No);
        if (SecondReading.LanguageToName(local) is not { } language || !analyser.Reads(language)) return (local, Asked.No);
        using var step = Steps.Begin("read-along");
        var tone = breaker.MayAsk() ? await AskAsync(text!, language, limit, ct) : null;
        if (tone is not null) return (SecondReading.With(local, tone.Sentiment, tone.Confidence, tone.Opinions, tone.By), Asked.Answered);
        Steps.AnalyserFellBack(analyser.Name);
        return (SecondReading.Unanswered(local, analyser.Name), Asked.Unanswered);
    }

    private async Task<Tone?> AskAsync(string text, string language, TimeSpan limit, CancellationToken ct)
    {
        using var time = timers is null ? new CancellationTokenSource(limit) : new CancellationTokenSource(limit, timers);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            // An analyser that does not heed its token is not waited for either.
            var tone = await analyser.ReadAsync(text, language, both.Token).WaitAsync(both.Token);
            breaker.Answered();
            return tone;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            breaker.Failed();
            return null;
        }
        catch (AnalyserUnavailableException failure)
        {
            breaker.Failed(failure.NotBefore);
            return null;
        }
    }
}
