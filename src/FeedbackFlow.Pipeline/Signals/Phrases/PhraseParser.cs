using System.Globalization;
using System.Text;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Reads the phrase language. <c>word</c> as it is (Hebrew: also with a glued conjunction), <c>~word</c> also with article or preposition,
/// <c>stem*</c>, <c>base/suffix/suffix</c> for inflected forms, <c>(a|b c)</c>, <c>?</c> after what may be missing, <c>$name</c> a named part,
/// <c>..3</c> up to three words (not over a negation), <c>...3</c> whatever they are, <c>!(…)</c> not followed by, <c>&lt;!(…)</c> not preceded by,
/// <c>^</c> and <c>;</c> start and end of a clause, <c>^^</c> and <c>;;</c> of a sentence, <c>#num</c>, <c>#name</c>, <c>#handle</c>.
/// </summary>
internal sealed class PhraseParser(Vocabulary.Builder words)
{
    private readonly Dictionary<string, PhraseNode> named = new(StringComparer.Ordinal);
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

    public PhraseNode Named(string name) => named[name];

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

    private static PhraseNode Joined(List<PhraseNode> options)
    {
        var ids = options.OfType<PhraseNode.OneOf>().SelectMany(option => option.Ids).ToHashSet();
        var rest = options.Where(option => option is not PhraseNode.OneOf).ToList();
        if (ids.Count > 0)
        {
            rest.Insert(0, new PhraseNode.OneOf(ids));
        }

        return rest.Count == 1 ? rest[0] : new PhraseNode.Choice(rest);
    }

    private PhraseNode ParseSequence()
    {
        var parts = new List<PhraseNode>();
        while (true)
        {
            SkipSpace();
            if (at >= line.Length || line[at] is '|' or ')')
            {
                break;
            }

            parts.Add(ParsePart());
        }

        return parts.Count == 1 ? parts[0] : new PhraseNode.Sequence(parts);
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
                return new PhraseNode.Edge(AtStart: true, Hard: Doubled('^'));
            case ';':
                return new PhraseNode.Edge(AtStart: false, Hard: Doubled(';'));
            case '.':
                return ParseSkip();
            case '$':
                at++;
                var name = ReadWord();
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

        return new PhraseNode.Skip(int.Parse(ReadWord(), CultureInfo.InvariantCulture), Careful: dots == 2);
    }

    private PhraseNode.OneOf ParseWord()
    {
        var written = ReadWord();
        if (written.Length == 0)
        {
            throw Wrong("a word was expected");
        }

        var mark = written[0] == '~' ? "~" : "";
        var pieces = written[mark.Length..].Split('/');
        var ids = new HashSet<int> { words.IdOf(mark + pieces[0]) };
        foreach (var suffix in pieces.Skip(1))
        {
            ids.Add(words.IdOf(mark + pieces[0] + suffix));
        }

        return new PhraseNode.OneOf(ids);
    }

    private string ReadWord()
    {
        var word = new StringBuilder();
        while (at < line.Length && line[at] is not (' ' or '|' or '(' or ')' or '?' or ';'))
        {
            word.Append(line[at++]);
        }

        return word.ToString();
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
