namespace FeedbackFlow.App;

/// <summary>A text with named placeholders: <c>By {time} at the latest</c>.</summary>
public static class Template
{
    public readonly record struct Piece(string Text, bool IsPlaceholder);

    public static IReadOnlyList<Piece> Parse(string text)
    {
        var pieces = new List<Piece>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) break;
            if (open > at) pieces.Add(new(text[at..open], false));
            pieces.Add(new(text[(open + 1)..close], true));
            at = close + 1;
        }

        if (at < text.Length) pieces.Add(new(text[at..], false));
        return pieces;
    }
}
