using System.Globalization;
using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Reads the phrase language. <c>word</c> as it is (Hebrew: also with a glued conjunction), <c>~word</c> also with article or preposition,
/// <c>stem*</c>, <c>base/suffix/suffix</c> for inflected forms, <c>(a|b c)</c>, <c>?</c> after what may be missing, <c>$name</c> a named part,
/// <c>..3</c> up to three words (not over a negation), <c>...3</c> whatever they are, <c>!(…)</c> not followed by, <c>&lt;!(…)</c> not preceded by,
/// <c>^</c> and <c>;</c> start and end of a clause, <c>^^</c> and <c>;;</c> of a sentence, <c>#num</c>, <c>#name</c>, <c>#handle</c> (<c>#other</c>: not the first one of the text).
/// </summary>
internal sealed class PhraseParser(Vocabulary words)
{
    private readonly Dictionary<string, PhraseNode> named = new(StringComparer.Ordinal);
    private readonly Dictionary<int, PhraseNode.OneOf> singles = [];
    private string line = "";
    private int at;

    public void Define(string definition)
    {
        var halves = definition.Split('=', 2, StringSplitOptions.TrimEntries);
        named[halves[0][1..]] = Parse(halves[1]);
    }

    public PhraseNode Parse(string phrase)
    {
        line = phrase;
        at = 0;
        var node = ParseChoice();
        return at == line.Length ? node : throw Wrong("a closing bracket too many");
    }

    /// <summary>The words of a named part that is only a list of words.</summary>
    public WordSet Words(string name) => ((PhraseNode.OneOf)named[name]).Words;

    private PhraseNode ParseChoice()
    {
        var options = new List<PhraseNode> { ParseSequence() };
        while (at < line.Length && line[at] == '|')
        {
            at++;
            options.Add(ParseSequence());
        }

        return options.Count == 1 ? options[0] : Joined(options);
    }

    /// <summary>A choice, with all its single words as one set that is asked first.</summary>
    private static PhraseNode Joined(List<PhraseNode> options)
    {
        var ids = new List<int>();
        var joined = new List<PhraseNode>();
        foreach (var option in options)
        {
            if (option is PhraseNode.OneOf one)
            {
                ids.AddRange(one.Words.Ids);
            }
            else if (joined.Count > 0 && Factored(joined[^1], option) is { } factored)
            {
                joined[^1] = factored;
            }
            else
            {
                joined.Add(option);
            }
        }

        if (ids.Count > 0)
        {
            joined.Insert(0, new PhraseNode.OneOf(new WordSet(CollectionsMarshal.AsSpan(ids))));
        }

        return joined.Count == 1 ? joined[0] : new PhraseNode.Choice(joined);
    }

    /// <summary>Two neighbours with the same first word as that word and a choice of what follows it; null where the words differ.</summary>
    private static PhraseNode.Sequence? Factored(PhraseNode one, PhraseNode other)
    {
        if (one is not PhraseNode.Sequence { Parts: [PhraseNode.OneOf word, ..] parts } || other is not PhraseNode.Sequence { Parts: [var same, ..] rest } || word != same)
        {
            return null;
        }

        var options = parts is [_, PhraseNode.Choice { IsFactored: true } choice] ? choice.Options : [Rest(parts)];
        return new PhraseNode.Sequence([word, new PhraseNode.Choice([.. options, Rest(rest)]) { IsFactored = true }]);
    }

    private static PhraseNode Rest(List<PhraseNode> parts) => parts.Count == 2 ? parts[1] : new PhraseNode.Sequence(parts[1..]);

    /// <summary>Most sequences are one part, and need no list.</summary>
    private PhraseNode ParseSequence()
    {
        PhraseNode? first = null;
        List<PhraseNode>? parts = null;
        while (true)
        {
            SkipSpace();
            if (at >= line.Length || line[at] is '|' or ')')
            {
                break;
            }

            if (first is null)
            {
                first = ParsePart();
            }
            else
            {
                (parts ??= [first]).Add(ParsePart());
            }
        }

        return parts is not null ? new PhraseNode.Sequence(parts) : first ?? new PhraseNode.Sequence([]);
    }

    private PhraseNode ParsePart()
    {
        var part = ParseAtom();
        if (at < line.Length && line[at] == '?')
        {
            at++;
            return new PhraseNode.Maybe(part);
        }

        return part;
    }

    private PhraseNode ParseAtom()
    {
        switch (line[at])
        {
            case '(':
                return ParseGroup();
            case '!':
                at++;
                return new PhraseNode.NotAhead(ParseGroup());
            case '<':
                at += 2;
                return new PhraseNode.NotBehind(ParseGroup());
            case '^':
                return new PhraseNode.Edge(atStart: true, hard: Doubled('^'));
            case ';':
                return new PhraseNode.Edge(atStart: false, hard: Doubled(';'));
            case '.':
                return ParseSkip();
            case '$':
                at++;
                var name = ReadWord().ToString();
                return named.TryGetValue(name, out var node) ? node : throw Wrong("no part is named " + name);
            default:
                return ParseWord();
        }
    }

    private PhraseNode ParseGroup()
    {
        if (at >= line.Length || line[at] != '(')
        {
            throw Wrong("a bracket was expected");
        }

        at++;
        var node = ParseChoice();
        if (at >= line.Length || line[at] != ')')
        {
            throw Wrong("a bracket stays open");
        }

        at++;
        return node;
    }

    private bool Doubled(char sign)
    {
        at++;
        if (at < line.Length && line[at] == sign)
        {
            at++;
            return true;
        }

        return false;
    }

    private PhraseNode.Skip ParseSkip()
    {
        var dots = 0;
        while (at < line.Length && line[at] == '.')
        {
            dots++;
            at++;
        }

        return new PhraseNode.Skip(int.Parse(ReadWord(), CultureInfo.InvariantCulture), careful: dots == 2);
    }

    private PhraseNode.OneOf ParseWord()
    {
        var written = ReadWord();
        if (written.Length == 0)
        {
            throw Wrong("a word was expected");
        }

        var slash = written.IndexOf('/');
        if (slash < 0)
        {
            return Single(words.Learn(written));
        }

        var stem = written[..slash];
        var ids = new List<int> { words.Learn(stem) };
        foreach (var suffix in written[(slash + 1)..].ToString().Split('/'))
        {
            ids.Add(words.Learn(string.Concat(stem, suffix)));
        }

        return new PhraseNode.OneOf(new WordSet(CollectionsMarshal.AsSpan(ids)));
    }

    /// <summary>Most parts are one word, and most words come again.</summary>
    private PhraseNode.OneOf Single(int word)
    {
        if (!singles.TryGetValue(word, out var node))
        {
            singles[word] = node = new PhraseNode.OneOf(new WordSet(word));
        }

        return node;
    }

    private ReadOnlySpan<char> ReadWord()
    {
        var start = at;
        while (at < line.Length && line[at] is not (' ' or '|' or '(' or ')' or '?' or ';'))
        {
            at++;
        }

        return line.AsSpan(start, at - start);
    }

    private void SkipSpace()
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
        {
            at++;
        }
    }

    private FormatException Wrong(string what) => new($"{what}, at {at} in: {line}");
}
