namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Cuts a text into folded words and remembers where each stood. One pass, linear in the text; knows Hebrew gershayim, glued foreign words
/// ("בgoogle"), hashtags, handles, links, emoji and lengthened words.
/// </summary>
internal sealed class Tokenizer
{
    private readonly string text;
    private readonly List<Mood> moods = [];
    private Token[] tokens;
    private int count;

    /// <summary>The folded letters of all words, one behind the other; the next word is folded behind what is used.</summary>
    private char[] letters;
    private int used;
    private Gap gap = Gap.Hard;
    private bool afterFullStop = true;
    private ReadOnlyMemory<char> firstHandle;

    private Tokenizer(string text)
    {
        this.text = text;
        tokens = Lent<Token>.Take((text.Length / 5) + 4);
        letters = Lent<char>.Take(text.Length + 16);
    }

    public static TokenText Cut(string text) => new Tokenizer(text).Run();

    private TokenText Run()
    {
        var i = 0;
        while (i < text.Length)
        {
            i = Step(i);
        }

        return new TokenText(text, tokens, count, letters, moods);
    }

    private int Step(int i)
    {
        var c = text[i];
        if (char.IsSurrogate(c) || IsSymbol(c))
        {
            return ReadSymbol(i);
        }

        if (c is '@' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]))
        {
            return ReadHandle(i);
        }

        if (Letters.IsWordUnit(c))
        {
            return StartsLink(i) ? ReadLink(i) : ReadWord(i);
        }

        NoteGap(c, i);
        return i + 1;
    }

    private static bool IsSymbol(char c) => c is >= '\u2190' and <= '\u2BFF' or '\u00A9' or '\u00AE' or '\u3030' or '\u303D';

    private void NoteGap(char c, int at)
    {
        if (Letters.IsInvisible(c))
        {
            return;
        }

        switch (c)
        {
            case ':' or ';' when Emoticon(at) is var valence and not 0:
                moods.Add(new Mood(at, at + 2, valence));
                gap = Gap.Hard;
                break;
            case '.' or '!' or '?' or '…' or ';' or '\n' or '\r' or '|' or '׃':
                gap = Gap.Hard;
                afterFullStop = true;
                break;
            case ',' or ':' or '–' or '—' or '(' or ')' or '[' or ']' or '/' or '*' or '•' or '،':
            case '-' when at > 0 && at + 1 < text.Length && (text[at - 1] == ' ' || text[at + 1] == ' ' || text[at + 1] == '-'):
            case '"' or '”' or '“' or '״':
                gap = gap == Gap.Hard ? Gap.Hard : Gap.Soft;
                break;
            default:
                break;
        }
    }

    private int Emoticon(int at)
    {
        var next = at + 1;
        if (next < text.Length && text[next] == '-')
        {
            next++;
        }

        return next >= text.Length ? 0 : text[next] switch
        {
            ')' or 'D' => 2,
            '(' or '/' or '\\' => text.AsSpan(at).StartsWith("://", StringComparison.Ordinal) ? 0 : -2,
            _ => 0,
        };
    }

    private int ReadSymbol(int i)
    {
        var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
        var length = isPair ? 2 : 1;
        var valence = EmojiMood.Of(text.AsSpan(i, length));
        if (valence != 0)
        {
            moods.Add(new Mood(i, i + length, valence));
        }

        gap = Gap.Hard;
        return i + length;
    }

    private int ReadHandle(int i)
    {
        var end = i + 1;
        while (end < text.Length && (Letters.IsWordUnit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var length = Fold(i, end);
        var word = letters.AsMemory(used, length);
        firstHandle = firstHandle.IsEmpty ? word : firstHandle;
        Add(length, i, end, word.Span.SequenceEqual(firstHandle.Span) ? TokenKind.Handle : TokenKind.OtherHandle, isName: true);
        return end;
    }

    private bool StartsLink(int i)
    {
        if (text[i] is not ('h' or 'H' or 'w' or 'W'))
        {
            return false;
        }

        var rest = text.AsSpan(i);
        return rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }

    private int ReadLink(int i)
    {
        var end = i;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        Add(Write("link"), i, end, TokenKind.Link, isName: false);
        return end;
    }

    private int ReadWord(int start)
    {
        var isHashtag = start > 0 && text[start - 1] == '#';
        var script = Letters.ScriptOf(text[start]);
        var i = start;
        var end = start;
        while (i < text.Length)
        {
            var c = text[i];
            if (Letters.IsWordUnit(c))
            {
                if (Letters.ScriptOf(c) != script || (isHashtag && i > start && char.IsUpper(c) && char.IsLower(text[i - 1])))
                {
                    break;
                }

                end = ++i;
                continue;
            }

            if (Letters.IsInvisible(c))
            {
                i++;
                continue;
            }

            if (JoinsLetters(c, i, script))
            {
                i++;
                continue;
            }

            break;
        }

        AddWord(start, end, script, glued: i < text.Length && (Letters.IsWordUnit(text[i]) || text[i] is '-' or '־'));
        return Math.Max(i, end);
    }

    private bool JoinsLetters(char c, int at, Script script)
    {
        if (at + 1 >= text.Length || !Letters.IsWordUnit(text[at + 1]) || Letters.ScriptOf(text[at + 1]) != script)
        {
            return false;
        }

        return Letters.IsApostrophe(c)
            || (c == '_' && script != Script.Digit)
            || (script == Script.Hebrew && Letters.IsGershayim(c) && IsAcronym(at))
            || (script == Script.Digit && c is '.' or ',' or ':');
    }

    /// <summary>Gershayim stand before the last letter of an acronym; anywhere else the sign is a quotation mark.</summary>
    private bool IsAcronym(int at)
    {
        var after = at + 2;
        while (after < text.Length && Letters.IsInvisible(text[after]))
        {
            after++;
        }

        return after >= text.Length || !Letters.IsHebrew(text[after]);
    }

    private void AddWord(int start, int end, Script script, bool glued)
    {
        var length = Fold(start, end);
        if (length == 0)
        {
            return;
        }

        if (script == Script.Digit)
        {
            Add(length, start, end, TokenKind.Number, isName: false);
            return;
        }

        // "ב-Google", "ה2": the glued prefix says nothing that a phrase asks for.
        if (script == Script.Hebrew && glued && length == 1)
        {
            return;
        }

        AddSpelled(length, start, end, script == Script.Latin && !afterFullStop && IsName(start, end));
    }

    private void AddSpelled(int length, int start, int end, bool isName)
    {
        var word = letters.AsSpan(used, length);
        if (Spelling.Listed(word) is { } parts)
        {
            foreach (var part in parts)
            {
                Add(Write(part), start, end, TokenKind.Word, isName);
            }

            return;
        }

        var (kept, second) = Spelling.Open(word);
        Add(kept, start, end, TokenKind.Word, isName);
        if (second is not null)
        {
            Add(Write(second), start, end, TokenKind.Word, isName);
        }
    }

    private bool IsName(int start, int end) => char.IsUpper(text[start]) && end - start > 1 && !IsShouted(start, end);

    private bool IsShouted(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (char.IsLower(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(int length, int start, int end, TokenKind kind, bool isName)
    {
        if (count == tokens.Length)
        {
            Array.Resize(ref tokens, count * 2);
        }

        var before = count > 0 && tokens[count - 1].Start == start ? Gap.None : gap;
        tokens[count++] = new Token(letters.AsMemory(used, length), start, end, before, kind, isName);
        used += length;
        gap = Gap.None;
        afterFullStop = false;
    }

    private int Write(string word)
    {
        word.CopyTo(Free(word.Length));
        return word.Length;
    }

    private int Fold(int start, int end)
    {
        var word = Free(end - start);
        var length = 0;
        for (var i = start; i < end; i++)
        {
            if (!Letters.IsInvisible(text[i]))
            {
                word[length++] = Letters.Fold(text[i]);
            }
        }

        return WordShape.Settle(word[..length]);
    }

    /// <summary>Room for the next word. Words before it keep the letters they were written in.</summary>
    private Span<char> Free(int length)
    {
        if (letters.Length - used < length)
        {
            letters = new char[Math.Max(length, letters.Length)];
            used = 0;
        }

        return letters.AsSpan(used, length);
    }
}
