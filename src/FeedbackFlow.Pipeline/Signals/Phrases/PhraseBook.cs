using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>All phrases of the detector, read once from the files beside this one.</summary>
internal sealed class PhraseBook
{
    private static readonly string[] Files =
    [
        "words.txt",
        "leave.en.txt", "publish.en.txt", "other.en.txt", "tone.en.txt", "cues.en.txt",
        "leave.he.txt", "publish.he.txt", "other.he.txt", "tone.he.txt", "cues.he.txt",
    ];

    private static readonly Lazy<PhraseBook> Loaded = new(() => new PhraseBook());

    private readonly Vocabulary vocabulary = new();
    private readonly List<PhraseRule> rules = [];
    private readonly List<PhraseNode> phrases = [];
    private readonly Step[]?[] programs;
    private readonly List<uint> cues = [];
    private readonly PhraseIndex index;
    private readonly WordSet stopWords;
    private readonly WordSet linkWords;

    /// <summary>Lent from text to text of a thread.</summary>
    [ThreadStatic]
    private static Room? idle;

    private PhraseBook()
    {
        var parser = new PhraseParser(vocabulary);
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
                        heading = Numbered(PhraseHeading.Parse(line));
                        break;
                    default:
                        phrases.Add(parser.Parse(line));
                        rules.Add(heading ?? throw new FormatException($"{file} has a phrase before its first heading."));
                        break;
                }
            }
        }

        stopWords = parser.Words("stop");
        linkWords = parser.Words("link");
        index = new PhraseIndex(phrases, vocabulary.Uses);
        programs = new Step[]?[phrases.Count];
    }

    /// <summary>What a search needs beside the text.</summary>
    private sealed class Room(PhraseIndex index)
    {
        private readonly List<int> words = [];

        public SentenceWords Stretch { get; } = new(index.SetCount);

        /// <summary>Puts a match behind those that begin before it, and at the same place behind those of an earlier one of its words.</summary>
        public void Add(List<PhraseMatch> found, PhraseMatch match, int word)
        {
            var (at, first) = (found.Count, found.Count - words.Count);
            while (at > first && (found[at - 1].From > match.From || (found[at - 1].From == match.From && words[at - first - 1] > word)))
            {
                at--;
            }

            found.Insert(at, match);
            words.Insert(at - first, word);
        }

        /// <summary>What was found before stays where it is.</summary>
        public void Forget() => words.Clear();
    }

    public static PhraseBook Shared => Loaded.Value;

    /// <summary>The hashed names of the cues, by number.</summary>
    public ReadOnlySpan<uint> Cues => CollectionsMarshal.AsSpan(cues);

    public NumberedText Number(TokenText text) => new(text, vocabulary, stopWords, linkWords);

    /// <summary>Every rule that is found, in text order. The list is lent.</summary>
    public List<PhraseMatch> FindAll(NumberedText text) => FindAll(text, out _);

    /// <param name="effort">The steps that were taken; at most so many times the words of the text.</param>
    public List<PhraseMatch> FindAll(NumberedText text, out long effort)
    {
        effort = 0;
        var found = Lent<PhraseMatch>.TakeList();
        var candidates = new BitSet(stackalloc ulong[BitSet.SizeFor(index.Count)]);
        var room = idle ?? new Room(index);
        idle = null;
        for (var from = 0; from < text.Count;)
        {
            var sentenceTo = text.SentenceTo(from);
            var to = Math.Min(sentenceTo, from + SentenceWords.Most);
            index.FindCandidates(text, from, to, room.Stretch, candidates);
            // The words that a phrase needs may stand behind the stretch; where it may begin so late, the next stretch begins.
            var next = to == sentenceTo ? to : to - PhraseIndex.Farthest;
            for (var phrase = candidates.Next(0); phrase >= 0; phrase = candidates.Next(phrase + 1))
            {
                for (var starts = index.StartsOf(phrase, room.Stretch) & (ulong.MaxValue >> (SentenceWords.Most - (next - from))); starts != 0; starts &= starts - 1)
                {
                    var at = from + BitOperations.TrailingZeroCount(starts);
                    if (new PhraseMatcher(StepsOf(phrase), text, at, ref effort).Match() is var end && end > at)
                    {
                        room.Add(found, new PhraseMatch(rules[phrase], at, end), index.FirstOf(text.IdsOf(at), phrase));
                    }
                }
            }

            room.Forget();
            from = next;
        }

        idle = room;
        return found;
    }

    /// <summary>A cue of both languages has one number.</summary>
    private PhraseRule Numbered(PhraseRule rule)
    {
        if (rule.Use != RuleUse.Cue)
        {
            return rule;
        }

        if (!cues.Contains(rule.Cue))
        {
            cues.Add(rule.Cue);
        }

        return rule with { CueNumber = cues.IndexOf(rule.Cue) };
    }

    /// <summary>Compiled when first needed: most phrases never meet their words.</summary>
    private Step[] StepsOf(int phrase) => programs[phrase] ??= PhraseProgram.Of(phrases[phrase]);
}

/// <summary>The line above a group of phrases: <c>@ leave decided 0.9 tone</c>, <c>@ not leave</c>, <c>@ stays</c>, <c>@ tone -2</c>, <c>@ cue rival</c>.</summary>
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
            "cue" => Rule(RuleUse.Cue, []) with { Cue = FeatureHash.Of(parts[1]) },
            "repeat-contact" => Rule(RuleUse.Finding, []) with { Finding = FindingKind.RepeatContact },
            "sarcasm" => Rule(RuleUse.Finding, []) with { Finding = FindingKind.Sarcasm },
            _ => Signal(parts),
        };
    }

    private static PhraseRule Signal(string[] parts)
    {
        SignalStrength? strength = parts[1] switch
        {
            "threat" => SignalStrength.Threat,
            "decided" => SignalStrength.Decided,
            "done" => SignalStrength.Done,
            "considering" => SignalStrength.Considering,
            _ => null,
        };
        return Rule(RuleUse.Signal, Kinds(parts[0])) with
        {
            Strength = strength,
            Weight = Number(parts[strength is null ? 1 : 2]),
            NeedsTone = parts[^1] == "tone",
        };
    }

    private static PhraseRule Rule(RuleUse use, SignalKind[] kinds) => new(use, kinds, null, null, 0, false);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static SignalKind[] Kinds(string names) => Array.ConvertAll(names.Split('+'), Kind);

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
