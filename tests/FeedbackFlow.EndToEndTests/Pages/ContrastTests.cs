using System.Globalization;
using System.Text.RegularExpressions;
using FeedbackFlow.App.Layout;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Text at 4.5 to 1, edges of fields at 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11), by day and by night.</summary>
public partial class ContrastTests
{
    private static readonly (string Text, string Ground)[] Texts =
    [
        ("ink", "ground"), ("ink", "card"), ("ink", "wash"), ("soft", "ground"), ("soft", "card"), ("soft", "wash"), ("accent", "card"), ("accent", "ground"), ("accent-strong", "wash"),
        ("on-accent", "accent"), ("on-accent", "accent-strong"), ("late", "card"), ("late", "late-wash"), ("warn", "warn-wash"), ("on-mark", "mark"),
    ];

    private static readonly (string Edge, string Ground)[] Edges = [("edge", "card"), ("edge", "ground"), ("accent", "card"), ("accent", "ground"), ("late", "card")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Colours_can_be_told_apart(int theme)
    {
        var day = Colours(0);
        var colours = theme == 0 ? day : day.Concat(Colours(theme)).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        Assert.All(Texts, pair => Assert.True(Contrast(colours[pair.Text], colours[pair.Ground]) >= 4.5, $"{pair} {Contrast(colours[pair.Text], colours[pair.Ground]):0.00}"));
        Assert.All(Edges, pair => Assert.True(Contrast(colours[pair.Edge], colours[pair.Ground]) >= 3, $"{pair} {Contrast(colours[pair.Edge], colours[pair.Ground]):0.00}"));
    }

    private static Dictionary<string, string> Colours(int theme)
    {
        var block = Styles.Sheet.Split(":root {")[theme + 1].Split('}')[0];
        return Colour().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0);
        var linear = parts.Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}
