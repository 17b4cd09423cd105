using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as the learned model sees it: its clauses, and the features of each.</summary>
internal sealed class ClauseReading
{
    private const int CuesThatPair = 8;
    private const int ConceptsThatPair = 4;
    private const int ShortestPiece = 4;
    private const int LongestPiece = 5;

    private static readonly uint NoWord = FeatureHash.Of("|");
    private static readonly uint NumberWord = FeatureHash.Of("#");
    private static readonly uint HandleWord = FeatureHash.Of("@");
    private static readonly uint GapWord = FeatureHash.Of("_");

    /// <summary>When, by whom, with what: every mail holds such words, and alone they say nothing of leaving or telling.</summary>
    private static readonly uint[] Circumstances =
    [
        .. new[]
        {
            "appointment", "ask", "asks-about", "bad", "brand", "but", "came-from", "condition", "day", "deadline", "employee", "equipment", "family", "future", "inside", "item-only",
            "life-change", "long-time", "negation", "other-meaning", "past-done", "praise", "proof", "said-by-other", "self", "shopping", "solved", "somebody-does", "sorry", "stays",
            "stays-sure", "them-other", "to-us", "trade", "us-addressed",
        }.Select(name => FeatureHash.Of(name)),
    ];

    private readonly NumberedText text;
    private readonly ToneMap tone;
    private readonly uint[] words;
    private readonly ConceptReading concepts;
    private readonly List<PhraseMatch> cues;
    private readonly List<PhraseMatch> rules = [];
    private readonly int longestRule;
    private readonly int lastStay = -1;
    private readonly bool isSarcastic;

    /// <summary>Per clause, its first cue; one more at the end.</summary>
    private readonly int[] firstCue;

    /// <summary>Per clause, which cues stand before it and which after it, one bit for each name.</summary>
    private readonly UInt128[] cuesBefore;
    private readonly UInt128[] cuesAfter;
    private readonly bool[] quoted;
    private (int Sentence, bool Asks) lastAsked = (-1, false);

    public ClauseReading(NumberedText text, IReadOnlyList<PhraseMatch> matches, ToneMap tone)
    {
        this.text = text;
        this.tone = tone;
        Clauses = ClauseMap.Of(text);
        words = new uint[text.Count];
        for (var i = 0; i < words.Length; i++)
        {
            var token = text.Text.Tokens[i];
            words[i] = token.Kind switch
            {
                TokenKind.Number => NumberWord,
                TokenKind.Handle or TokenKind.Link => HandleWord,
                _ => FeatureHash.Of(token.Word),
            };
        }

        concepts = new ConceptReading(text.Text.Tokens);
        cues = new List<PhraseMatch>(matches.Count);
        foreach (var match in matches)
        {
            switch (match.Rule.Use)
            {
                case RuleUse.Cue:
                    cues.Add(match);
                    Cues += Circumstances.Contains(match.Rule.Cue) ? 0 : 1;
                    break;
                case RuleUse.Stays:
                    lastStay = match.From;
                    rules.Add(match);
                    break;
                case RuleUse.Finding:
                    isSarcastic |= match.Rule.Finding == FindingKind.Sarcasm;
                    rules.Add(match);
                    break;
                case RuleUse.Signal or RuleUse.NotSignal or RuleUse.Condition:
                    rules.Add(match);
                    break;
                default:
                    break;
            }
        }

        longestRule = rules.Count == 0 ? 0 : rules.Max(rule => rule.To - rule.From);
        firstCue = FirstCues();
        (cuesBefore, cuesAfter) = CuesAround();
        quoted = Quoted();
    }

    public ClauseMap Clauses { get; }

    public int Words => text.Count;

    /// <summary>How many pieces of leaving or telling were found, the circumstances left out.</summary>
    public int Cues { get; }

    /// <summary>The characters of a clause.</summary>
    public Evidence Place(int clause)
    {
        var (start, end) = (text.Text.Tokens[Clauses.From(clause)].Start, 0);
        for (var i = Clauses.From(clause); i < Clauses.To(clause); i++)
        {
            end = Math.Max(end, text.Text.Tokens[i].End);
        }

        return new Evidence(start, end - start);
    }

    /// <summary>What stands around the clause that says a signal most: sixteen numbers for <see cref="SecondLook"/>.</summary>
    public void Surroundings(SignalKind kind, int clause, Span<float> row)
    {
        row[..16].Clear();
        if (clause < 0)
        {
            return;
        }

        var (from, to) = (Clauses.From(clause), Clauses.To(clause));
        foreach (var rule in rules)
        {
            var isHere = rule.From < to && from < rule.To;
            switch (rule.Rule.Use)
            {
                case RuleUse.Stays:
                    row[rule.From >= from ? 0 : 1] = 1;
                    break;
                case RuleUse.NotSignal when rule.Rule.IsAbout(kind):
                    row[isHere ? 2 : 3] = 1;
                    break;
                case RuleUse.Condition:
                    row[4] = 1;
                    break;
                case RuleUse.Signal when isHere && rule.Rule.IsAbout(kind):
                    row[5] = 1;
                    break;
                default:
                    break;
            }
        }

        row[6] = Math.Clamp((float)tone.Between(from, to), -6, 6);
        row[7] = Math.Clamp((float)tone.Between(to, text.Count), -6, 6);
        row[8] = (float)(tone.Net / Math.Sqrt(tone.Positive + tone.Negative + 2));
        row[9] = (float)clause / Clauses.Count;
        row[10] = clause + 1 == Clauses.Count ? 1 : 0;
        row[11] = Clauses.Count;
        row[12] = text.Count;
        row[13] = Asks(to) ? 1 : SentenceAsks(text.SentenceTo(to - 1)) ? 0.5f : 0;
        row[14] = quoted[clause] ? 1 : 0;
        row[15] = (float)Math.Min(6, tone.Positive);
    }

    /// <summary>Gives every feature of a clause to the sink, always in the same order.</summary>
    public void Walk<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var (from, to) = (Clauses.From(clause), Clauses.To(clause));
        sink.Add(FeatureGroup.Bias, Named.Bias);
        WalkWords(from, to, ref sink);
        WalkConcepts(from, to, ref sink);
        WalkCues(clause, ref sink);
        WalkRules(from, to, ref sink);
        WalkShape(from, to, clause, ref sink);
    }

    /// <summary>What is only true of the text as a whole.</summary>
    public void WalkText<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        sink.Add(FeatureGroup.Mood, Named.Bias ^ 1);
        sink.Add(FeatureGroup.Mood, FeatureHash.Join(Named.Praise, Weight(tone.Positive)));
        sink.Add(FeatureGroup.Mood, FeatureHash.Join(Named.Complaint, Weight(tone.Negative)));
        sink.Add(FeatureGroup.Mood, FeatureHash.Join(Named.Balance, (uint)Math.Clamp(8 + (int)Math.Round(4 * tone.Net / Math.Sqrt(tone.Positive + tone.Negative + 2)), 0, 20)));
        if (isSarcastic)
        {
            sink.Add(FeatureGroup.Mood, Named.Sarcastic ^ 1);
        }
    }

    /// <summary>0, and then ever wider steps.</summary>
    private static uint Weight(double tone) => tone < 0.5 ? 0 : 1 + (uint)Math.Min(5, Math.Log2(1 + tone));

    private void WalkWords<TSink>(int from, int to, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var (before, last) = (NoWord, NoWord);
        for (var i = from; i <= to; i++)
        {
            var word = i < to ? words[i] : NoWord;
            if (i < to)
            {
                sink.Add(FeatureGroup.Words, FeatureHash.Join(Named.Word, word));
                WalkPieces(i, ref sink);
            }

            var pair = FeatureHash.Join(last, word);
            sink.Add(FeatureGroup.Words, FeatureHash.Join(Named.Pair, pair));
            if (i > from)
            {
                sink.Add(FeatureGroup.Words, FeatureHash.Join(Named.Triple, FeatureHash.Join(before, pair)));
                sink.Add(FeatureGroup.Words, FeatureHash.Join(Named.Triple, FeatureHash.Join(FeatureHash.Join(before, GapWord), word)));
            }

            (before, last) = (last, word);
        }
    }

    private void WalkPieces<TSink>(int at, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        if (text.Text.Tokens[at].Kind != TokenKind.Word)
        {
            return;
        }

        var word = text.Text.Tokens[at].Word;
        for (var length = ShortestPiece; length <= LongestPiece; length++)
        {
            for (var start = 0; start + length <= word.Length; start++)
            {
                sink.Add(FeatureGroup.Pieces, FeatureHash.Join(Named.Piece, FeatureHash.Of(word.Slice(start, length))));
            }
        }

        if (word.Length >= ShortestPiece - 1)
        {
            sink.Add(FeatureGroup.Pieces, FeatureHash.Join(Named.Head, FeatureHash.Of(word.Slice(0, ShortestPiece - 1))));
            sink.Add(FeatureGroup.Pieces, FeatureHash.Join(Named.Tail, FeatureHash.Of(word.Slice(word.Length - ShortestPiece + 1))));
        }
    }

    private void WalkConcepts<TSink>(int from, int to, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var meant = concepts.Between(from, to);
        var table = ConceptTable.Shared;
        for (var i = 0; i < meant.Length; i++)
        {
            var name = table.NameOf(meant[i]);
            sink.Add(FeatureGroup.Concepts, FeatureHash.Join(Named.Concept, name));
            for (var j = i + 1; j < meant.Length && j <= i + ConceptsThatPair; j++)
            {
                sink.Add(FeatureGroup.ConceptRuns, FeatureHash.Join(j == i + 1 ? Named.ConceptPair : Named.ConceptSkip, FeatureHash.Join(name, table.NameOf(meant[j]))));
            }

            if (i + 2 < meant.Length)
            {
                sink.Add(FeatureGroup.ConceptRuns, FeatureHash.Join(Named.ConceptTriple, FeatureHash.Join(FeatureHash.Join(name, table.NameOf(meant[i + 1])), table.NameOf(meant[i + 2]))));
            }
        }
    }

    private void WalkCues<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var (first, end) = (firstCue[clause], firstCue[clause + 1]);
        for (var i = first; i < end; i++)
        {
            var cue = cues[i].Rule.Cue;
            sink.Add(FeatureGroup.Cues, FeatureHash.Join(Named.Cue, cue));
            for (var j = i + 1; j < end && j - first < CuesThatPair; j++)
            {
                sink.Add(FeatureGroup.Cues, FeatureHash.Join(Named.CuePair, FeatureHash.Join(cue, cues[j].Rule.Cue)));
            }
        }

        WalkSet(FeatureGroup.Story, Named.StoryBefore, cuesBefore[clause], ref sink);
        WalkSet(FeatureGroup.Story, Named.StoryAfter, cuesAfter[clause], ref sink);
        WalkNeighbour(clause - 1, Named.CueBefore, ref sink);
        WalkNeighbour(clause + 1, Named.CueAfter, ref sink);
    }

    /// <summary>The cues of the whole text outside the clause: a repair told three sentences later takes the threat back.</summary>
    private static void WalkSet<TSink>(FeatureGroup group, uint name, UInt128 cues, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var names = PhraseBook.Shared.Cues;
        WalkHalf(group, name, (ulong)cues, names, ref sink);
        WalkHalf(group, name, (ulong)(cues >> 64), names.Length > 64 ? names[64..] : [], ref sink);
    }

    private static void WalkHalf<TSink>(FeatureGroup group, uint name, ulong cues, ReadOnlySpan<uint> names, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        for (; cues != 0; cues &= cues - 1)
        {
            sink.Add(group, FeatureHash.Join(name, names[BitOperations.TrailingZeroCount(cues)]));
        }
    }

    private void WalkNeighbour<TSink>(int clause, uint name, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        for (var i = clause < 0 || clause >= Clauses.Count ? cues.Count : firstCue[clause]; i < cues.Count && i < firstCue[clause + 1]; i++)
        {
            sink.Add(FeatureGroup.Surroundings, FeatureHash.Join(name, cues[i].Rule.Cue));
        }
    }

    private int[] FirstCues()
    {
        var first = new int[Clauses.Count + 1];
        var at = 0;
        for (var clause = 0; clause < Clauses.Count; clause++)
        {
            while (at < cues.Count && cues[at].From < Clauses.From(clause))
            {
                at++;
            }

            first[clause] = at;
        }

        first[^1] = cues.Count;
        return first;
    }

    private (UInt128[] Before, UInt128[] After) CuesAround()
    {
        var (before, after) = (new UInt128[Clauses.Count], new UInt128[Clauses.Count]);
        for (var clause = 1; clause < Clauses.Count; clause++)
        {
            before[clause] = before[clause - 1] | CuesOf(clause - 1);
        }

        for (var clause = Clauses.Count - 2; clause >= 0; clause--)
        {
            after[clause] = after[clause + 1] | CuesOf(clause + 1);
        }

        return (before, after);
    }

    private UInt128 CuesOf(int clause)
    {
        UInt128 set = 0;
        for (var i = firstCue[clause]; i < firstCue[clause + 1]; i++)
        {
            set |= UInt128.One << cues[i].Rule.CueNumber;
        }

        return set;
    }

    private void WalkRules<TSink>(int from, int to, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        for (var i = FirstRuleFrom(from - longestRule); i < rules.Count && rules[i].From < to; i++)
        {
            var match = rules[i];
            if (match.To <= from)
            {
                continue;
            }

            var rule = match.Rule;
            var sure = rule.Weight >= 0.85 ? 3u : rule.Weight >= 0.7 ? 2u : 1u;
            foreach (var kind in rule.Kinds)
            {
                var name = FeatureHash.Join(Named.Rule, ((uint)rule.Use * 100) + (uint)kind);
                sink.Add(FeatureGroup.Rules, name);
                sink.Add(FeatureGroup.Rules, FeatureHash.Join(name, (sure * 10) + (rule.Strength is { } strength ? (uint)strength + 1 : 0)));
            }

            if (rule.Kinds.Length == 0)
            {
                sink.Add(FeatureGroup.Rules, FeatureHash.Join(Named.Rule, ((uint)rule.Use * 100) + 50 + (uint)(rule.Finding ?? 0)));
            }
        }

        if (lastStay >= 0)
        {
            sink.Add(FeatureGroup.Rules, lastStay >= from ? Named.StaysLater : Named.StaysEarlier);
        }

        if (isSarcastic)
        {
            sink.Add(FeatureGroup.Rules, Named.Sarcastic);
        }
    }

    /// <summary>Rules stand in text order.</summary>
    private int FirstRuleFrom(int token)
    {
        var (low, high) = (0, rules.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rules[middle].From < token ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void WalkShape<TSink>(int from, int to, int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.ClauseTone, Step(tone.Between(from, to))));
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.TextTone, Step(tone.Net)));
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.ToneAfter, Step(tone.Between(to, text.Count))));
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.Length, (uint)Math.Min(to - from, 12) / 3));
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.Place, (clause == 0 ? 1u : 0) + (clause + 1 == Clauses.Count ? 2u : 0)));
        sink.Add(FeatureGroup.Shape, FeatureHash.Join(Named.Clauses, (uint)Math.Log2(Clauses.Count)));
        if (Asks(to))
        {
            sink.Add(FeatureGroup.Shape, Named.Question);
        }

        if (SentenceAsks(text.SentenceTo(to - 1)))
        {
            sink.Add(FeatureGroup.Shape, Named.QuestionLater);
        }

        if (quoted[clause])
        {
            sink.Add(FeatureGroup.Shape, Named.Quoted);
        }
    }

    /// <summary>Inside quotation marks somebody else speaks; a mark inside a word (צה"ל) is none.</summary>
    private bool[] Quoted()
    {
        var (original, open, at) = (text.Text.Original, false, 0);
        var inside = new bool[Clauses.Count];
        for (var clause = 0; clause < inside.Length; clause++)
        {
            for (var end = text.Text.Tokens[Clauses.From(clause)].Start; at < end; at++)
            {
                var isInWord = at > 0 && char.IsLetter(original[at - 1]) && at + 1 < original.Length && char.IsLetter(original[at + 1]);
                open ^= Letters.IsGershayim(original[at]) && !isInWord;
            }

            inside[clause] = open;
        }

        return inside;
    }

    private bool SentenceAsks(int end)
    {
        if (lastAsked.Sentence != end)
        {
            lastAsked = (end, Asks(end));
        }

        return lastAsked.Asks;
    }

    /// <summary>Whether a question mark stands between a token's end and the next word.</summary>
    private bool Asks(int to)
    {
        var original = text.Text.Original;
        for (var i = text.Text.Tokens[to - 1].End; i < original.Length && !char.IsLetterOrDigit(original[i]); i++)
        {
            if (original[i] == '?')
            {
                return true;
            }
        }

        return false;
    }

    private static uint Step(double tone) => tone switch
    {
        <= -4 => 1,
        <= -0.9 => 2,
        < 0.9 => 3,
        < 4 => 4,
        _ => 5,
    };
}
