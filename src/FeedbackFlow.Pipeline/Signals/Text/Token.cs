namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What stands between a word and the word before it.</summary>
internal enum Gap : byte
{
    None,

    /// <summary>A comma, a dash, a bracket: the thought may go on.</summary>
    Soft,

    /// <summary>A full stop, a new line, an emoji: the thought is over.</summary>
    Hard,
}

internal enum TokenKind : byte
{
    Word,
    Number,
    Handle,

    /// <summary>A handle that is not the first one of the text: somebody else than who is addressed, often another firm.</summary>
    OtherHandle,
    Link,
}

/// <summary>One word as it is compared, and where it stands in the original text. Parts of one contraction share their place.</summary>
internal readonly struct Token(ReadOnlyMemory<char> word, int start, int end, Gap before, TokenKind kind, bool isName)
{
    public ReadOnlySpan<char> Word => word.Span;

    public int Start => start;

    public int End => end;

    public Gap Before => before;

    public TokenKind Kind => kind;

    public bool IsName => isName;

    public bool IsHebrew => word.Length > 0 && Letters.IsHebrew(Word[0]);
}

/// <summary>An emoji or emoticon; it carries a mood and no words.</summary>
internal readonly record struct Mood(int Start, int End, int Valence);

/// <summary>A text cut into words.</summary>
/// <param name="letters">Where the tokens have their letters.</param>
internal sealed class TokenText(string original, Token[] tokens, int count, char[] letters, List<Mood> moods)
{
    public string Original => original;

    public ReadOnlySpan<Token> Tokens => tokens.AsSpan(0, count);

    public List<Mood> Moods => moods;

    public int Count => count;

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Lent<Token>.Return(tokens);
        Lent<char>.Return(letters);
    }
}
