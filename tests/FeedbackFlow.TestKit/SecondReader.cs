using System.Collections.Concurrent;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.TestKit;

/// <summary>A second analyser that does as a test says, and remembers what it was asked.</summary>
public sealed class SecondReader : IAnalyser
{
    public static readonly Tone Angry = new(Sentiment.Negative, new(0.02, 0.03, 0.95), [], "second/1");
    public static readonly Tone Content = new(Sentiment.Positive, new(0.95, 0.03, 0.02), [], "second/1");

    public ConcurrentQueue<(string Text, string Language)> Questions { get; } = new();

    /// <summary>What it answers; <see cref="Angry"/> by default.</summary>
    public Func<CancellationToken, Task<Tone>> Answer { get; set; } = _ => Task.FromResult(Angry);

    public string Name { get; init; } = "second";

    public bool Reads(string language) => language is "he" or "en";

    public Task<Tone> ReadAsync(string text, string language, CancellationToken ct)
    {
        Questions.Enqueue((text, language));
        return Answer(ct);
    }

    public static Task<Tone> IsDown(CancellationToken ct) => Task.FromException<Tone>(new AnalyserUnavailableException("503"));

    /// <summary>Does not even heed that nobody waits.</summary>
    public static Task<Tone> NeverAnswers(CancellationToken ct) => new TaskCompletionSource<Tone>().Task;
}
