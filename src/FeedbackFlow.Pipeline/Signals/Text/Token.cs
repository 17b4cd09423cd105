namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What stands between a word and the word before it.</summary>
internal enum Gap
{
    None,

    /// <summary>A comma, a dash, a bracket: the thought may go on.</summary>
    Soft,

    /// <summary>A full stop, a new line, an emoji: the thought is over.</summary>
    Hard,
}

internal enum TokenKind
{
    Word,
    Number,
    Handle,
    Link,
}

/// <summary>One word as it is compared, and where it stands in the original text. Parts of one contraction share their place.</summary>
internal readonly record struct Token(string Word, int Start, int End, Gap Before, TokenKind Kind, bool IsName)
{
    public bool IsHebrew => Word.Length > 0 && Letters.IsHebrew(Word[0]);
}

/// <summary>An emoji or emoticon; it carries a mood and no words.</summary>
internal readonly record struct Mood(int Start, int End, int Valence);

/// <summary>A text cut into words.</summary>
internal sealed record TokenText(string Original, IReadOnlyList<Token> Tokens, IReadOnlyList<Mood> Moods)
{
    public int Count => Tokens.Count;
}
