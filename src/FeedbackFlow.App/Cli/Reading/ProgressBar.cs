using System.Globalization;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>How far a long run is, on a terminal and nowhere else.</summary>
internal sealed class ProgressBar(Stream file, TimeProvider clock)
{
    private const int Width = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly bool isShown = !Console.IsErrorRedirected;
    private long shownAt = clock.GetTimestamp();
    private bool isDrawn;

    public void Show(long rows)
    {
        if (!isShown || clock.GetElapsedTime(shownAt) < Every) return;
        shownAt = clock.GetTimestamp();
        var part = file.Length == 0 ? 1 : (double)file.Position / file.Length;
        var full = (int)(part * Width);
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', full)}{new string('.', Width - full)}] {part:P0}  {rows:N0} rows "));
        isDrawn = true;
    }

    /// <summary>Before anything else is written to the terminal.</summary>
    public void Clear()
    {
        if (isDrawn) Console.Error.Write("\r" + new string(' ', Width + 40) + "\r");
        isDrawn = false;
    }
}
