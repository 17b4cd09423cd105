using System.Text;

namespace FeedbackFlow.App.Cli.Reading;

/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end.</param>
/// <param name="End">The characters that ended it; empty on the last line. A quoted text that spans lines keeps them.</param>
/// <param name="IsCut">Longer than any row may be; the rest of it was passed over.</param>
internal sealed record SourceLine(long Number, string Text, string End, bool IsCut);

/// <summary>Lines of a file, one at a time, whatever their length. Lines can be put back to be read again.</summary>
internal sealed class SourceLines(TextReader reader)
{
    /// <summary>Ten times the longest text, with room for its escapes.</summary>
    private const int Longest = 200_000;

    private readonly Stack<SourceLine> again = new();
    private readonly char[] buffer = new char[1 << 14];
    private int next;
    private int filled;
    private long number;

    public SourceLine? Read()
    {
        if (again.TryPop(out var before)) return before;
        var text = new StringBuilder();
        var (isCut, any) = (false, false);
        while (Fill())
        {
            any = true;
            var rest = buffer.AsSpan(next, filled - next);
            var end = rest.IndexOfAny('\r', '\n');
            var part = end < 0 ? rest : rest[..end];
            isCut |= text.Length + part.Length > Longest;
            text.Append(part[..Math.Min(part.Length, Longest - text.Length)]);
            next += end < 0 ? rest.Length : end;
            if (end >= 0) return new(++number, text.ToString(), End(), isCut);
        }

        return any ? new(++number, text.ToString(), "", isCut) : null;
    }

    /// <param name="lines">In the order in which they were read.</param>
    public void PutBack(IReadOnlyList<SourceLine> lines)
    {
        foreach (var line in lines.Reverse()) again.Push(line);
    }

    private string End()
    {
        if (buffer[next++] == '\n') return "\n";
        if (!Fill() || buffer[next] != '\n') return "\r";
        next++;
        return "\r\n";
    }

    private bool Fill()
    {
        if (next < filled) return true;
        (next, filled) = (0, reader.Read(buffer, 0, buffer.Length));
        return filled > 0;
    }
}
