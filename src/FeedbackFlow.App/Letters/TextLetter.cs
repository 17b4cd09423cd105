using System.Text;

namespace FeedbackFlow.App.Letters;

/// <summary>
/// The plain part of a letter: short lines, a blank line between thoughts. What runs from left to right (numbers, addresses) stands on a
/// line of its own, because plain text has no mark-up to hold its direction.
/// </summary>
public sealed class TextLetter
{
    private readonly StringBuilder lines = new();

    public TextLetter Line(string text)
    {
        lines.Append(Plain.Line(text)).Append('\n');
        return this;
    }

    public TextLetter Blank()
    {
        if (lines.Length > 0 && !lines.ToString().EndsWith("\n\n", StringComparison.Ordinal)) lines.Append('\n');
        return this;
    }

    public TextLetter Paragraph(string text) => Line(text).Blank();

    /// <summary>A caption and below it a number or an address, alone.</summary>
    public TextLetter Alone(string caption, string leftToRight) => Line(caption).Line(leftToRight);

    /// <summary>What somebody wrote, every line marked as quoted.</summary>
    public TextLetter Quote(string text)
    {
        lines.Append(Plain.Quote(text)).Append('\n');
        return Blank();
    }

    public override string ToString() => lines.ToString().TrimEnd() + "\n";
}
