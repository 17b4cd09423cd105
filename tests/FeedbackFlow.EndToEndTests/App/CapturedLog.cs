using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FeedbackFlow.Tests;

/// <summary>Keeps what the program logs, with everything a log store would get: message, values and exception.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    public ConcurrentQueue<Line> Lines { get; } = new();

    public string Everything => string.Join("\n", Lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    internal sealed record Line(LogLevel Level, string Category, string Message, string Values, Exception? Failure);

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            log.Lines.Enqueue(new(logLevel, category, formatter(state, exception), values, exception));
        }
    }
}
