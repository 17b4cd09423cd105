using System.Globalization;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>All phrases of the detector, read once from the files beside this one.</summary>
internal sealed class PhraseBook
{
    private const int Hopeless = -1;

    private static readonly string[] Files =
    [
        "words.txt",
        "leave.en.txt", "publish.en.txt", "other.en.txt", "tone.en.txt",
        "leave.he.txt", "publish.he.txt", "other.he.txt", "tone.he.txt",
    ];

    private static readonly Lazy<PhraseBook> Loaded = new(Load);

    private readonly Vocabulary vocabulary;
    private readonly PhraseRule[][] byFirstWord;
    private readonly ulong[] stopWords;
    private readonly ulong[] linkWords;
    private readonly int rules;

    private PhraseBook(Vocabulary vocabulary, PhraseRule[][] byFirstWord, ulong[] stopWords, ulong[] linkWords)
    {
        this.vocabulary = vocabulary;
        this.byFirstWord = byFirstWord;
        this.stopWords = stopWords;
        this.linkWords = linkWords;
        rules = byFirstWord.SelectMany(list => list).Select(rule => rule.Number).DefaultIfEmpty(-1).Max() + 1;
    }

    public static PhraseBook Shared => Loaded.Value;

    public NumberedText Number(TokenText text) => new(text, vocabulary, stopWords, linkWords);

    /// <summary>Every rule that is found, in text order.</summary>
    public List<PhraseMatch> FindAll(NumberedText text)
    {
        var found = new List<PhraseMatch>();
        var present = text.WordsPresent(vocabulary.Count);
        var trials = new int[rules];
        for (var at = 0; at < text.Count; at++)
        {
            foreach (var id in text.IdsOf(at))
            {
                foreach (var rule in byFirstWord[id])
                {
                    if (!IsWorthTrying(rule, at, trials, present))
                    {
                        continue;
                    }

                    var end = new PhraseMatcher(rule.Steps, text, at).Match();
                    if (end > at)
                    {
                        found.Add(new PhraseMatch(rule, at, end));
                    }
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Remembers per rule where it was tried last (a word can have several numbers), and -1 where the text lacks what the rule needs.
    /// </summary>
    private static bool IsWorthTrying(PhraseRule rule, int at, int[] trials, bool[] present)
    {
        ref var last = ref trials[rule.Number];
        if (last == Hopeless || last == at + 1)
        {
            return false;
        }

        if (last == 0 && rule.Needed.Length > 0 && !Array.Exists(rule.Needed, id => present[id]))
        {
            last = Hopeless;
            return false;
        }

        last = at + 1;
        return true;
    }

    private static PhraseBook Load()
    {
        var words = new Vocabulary.Builder();
        var parser = new PhraseParser(words);
        var parsed = new List<(PhraseRule Heading, PhraseNode Phrase)>();
        foreach (var file in Files)
        {
            PhraseRule? heading = null;
            foreach (var line in SignalResources.Lines(file))
            {
                switch (line[0])
                {
                    case '$' when line.Split(' ', 3) is [_, "=", _]:
                        parser.Define(line);
                        break;
                    case '@':
                        heading = PhraseHeading.Parse(line);
                        break;
                    default:
                        parsed.Add((heading ?? throw new FormatException($"{file} has a phrase before its first heading."), parser.Parse(line)));
                        break;
                }
            }
        }

        var stops = parser.Named("stop");
        var links = parser.Named("link");
        var vocabulary = words.Build();
        return new PhraseBook(vocabulary, Index(parsed, vocabulary.Count), WordSet(stops, vocabulary.Count), WordSet(links, vocabulary.Count));
    }

    private static ulong[] WordSet(PhraseNode node, int vocabulary) => new PhraseProgram(node, vocabulary).Steps[0].Words!;

    private static PhraseRule[][] Index(List<(PhraseRule Heading, PhraseNode Phrase)> parsed, int vocabulary)
    {
        var lists = new List<PhraseRule>[vocabulary];
        var number = 0;
        foreach (var (heading, phrase) in parsed)
        {
            var program = new PhraseProgram(phrase, vocabulary);
            var rule = heading with { Steps = program.Steps, Number = number++, Needed = NeededWords.Of(phrase) };
            foreach (var id in program.FirstWords())
            {
                (lists[id] ??= []).Add(rule);
            }
        }

        return lists.Select(list => list?.ToArray() ?? []).ToArray();
    }
}

/// <summary>The line above a group of phrases: <c>@ leave decided 0.9 tone</c>, <c>@ not leave</c>, <c>@ stays</c>, <c>@ tone -2</c>.</summary>
internal static class PhraseHeading
{
    public static PhraseRule Parse(string line)
    {
        var parts = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts[0] switch
        {
            "not" => Rule(RuleUse.NotSignal, Kinds(parts[1])),
            "stays" => Rule(RuleUse.Stays, []),
            "condition" => Rule(RuleUse.Condition, []),
            "negation" => Rule(RuleUse.Negation, []) with { Weight = Number(parts[1]) },
            "tone" => Rule(RuleUse.Tone, []) with { Weight = Number(parts[1]) },
            "repeat-contact" => Rule(RuleUse.Finding, []) with { Finding = FindingKind.RepeatContact },
            "sarcasm" => Rule(RuleUse.Finding, []) with { Finding = FindingKind.Sarcasm },
            _ => Signal(parts),
        };
    }

    private static PhraseRule Signal(string[] parts)
    {
        var strength = parts.Skip(1).Select(part => part switch
        {
            "threat" => SignalStrength.Threat,
            "decided" => SignalStrength.Decided,
            "done" => SignalStrength.Done,
            "considering" => SignalStrength.Considering,
            _ => (SignalStrength?)null,
        }).FirstOrDefault(found => found is not null);
        return Rule(RuleUse.Signal, Kinds(parts[0])) with
        {
            Strength = strength,
            Weight = Number(parts[strength is null ? 1 : 2]),
            NeedsTone = parts[^1] == "tone",
        };
    }

    private static PhraseRule Rule(RuleUse use, IReadOnlyList<SignalKind> kinds) => new(use, kinds, null, null, 0, false, [], 0, []);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static SignalKind[] Kinds(string names) => names.Split('+').Select(Kind).ToArray();

    private static SignalKind Kind(string name) => name switch
    {
        "leave" => SignalKind.Leave,
        "publish" => SignalKind.Publish,
        "legal" => SignalKind.Legal,
        "safety" => SignalKind.Safety,
        "unreachable" => SignalKind.Unreachable,
        "promise-broken" => SignalKind.PromiseBroken,
        "rude" => SignalKind.Rude,
        "money" => SignalKind.Money,
        "praise" => SignalKind.Praise,
        "call-me" => SignalKind.CallMe,
        _ => throw new FormatException($"No signal is called {name}."),
    };
}
