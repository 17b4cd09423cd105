using System.Numerics;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The features of a clause and of the whole text, one after the other.</summary>
internal sealed partial class ClauseReading
{
    private const int CuesThatPair = 8;
    private const int ConceptsThatPair = 4;
    private const int ShortestPiece = 4;
    private const int LongestPiece = 5;

    private static readonly uint NoWord = FeatureHash.Of("|");
    private static readonly uint GapWord = FeatureHash.Of("_");

    /// <summary>Gives every feature of a clause to the sink, always in the same order.</summary>
    public void Walk<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        WalkWhatIsSaid(clause, ref sink);
        WalkSet(FeatureGroup.Story, Named.StoryBefore, Cues.Before(clause), ref sink);
        WalkSet(FeatureGroup.Story, Named.StoryAfter, Cues.After(clause), ref sink);
        WalkNeighbour(Cues.Of(clause - 1), Named.CueBefore, ref sink);
        WalkNeighbour(Cues.Of(clause + 1), Named.CueAfter, ref sink);
        WalkHow(clause, ref sink);
    }

    /// <summary>The same without the cues around the clause, of which <see cref="CueRows"/> knows a shorter way to their weights.</summary>
    public void WalkInside<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        WalkWhatIsSaid(clause, ref sink);
        WalkHow(clause, ref sink);
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

    private void WalkWhatIsSaid<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var (from, to) = (Clauses.From(clause), Clauses.To(clause));
        sink.Add(FeatureGroup.Bias, Named.Bias);
        WalkWords(from, to, ref sink);
        WalkConcepts(from, to, ref sink);
        WalkCues(clause, ref sink);
    }

    private void WalkHow<TSink>(int clause, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var (from, to) = (Clauses.From(clause), Clauses.To(clause));
        WalkRules(from, to, ref sink);
        WalkShape(from, to, clause, ref sink);
    }

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

    /// <summary>What a word says that no concept knows is guessed from its pieces: a rare word, a name, a typo. A word that says the same concept as the one before it counts as such.</summary>
    private void WalkPieces<TSink>(int at, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        if (text.Text.Tokens[at].Kind != TokenKind.Word || concepts.Between(at, at + 1).Length > 0)
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
        var cues = Cues.Of(clause);
        var names = PhraseBook.Shared.Cues;
        for (var i = 0; i < cues.Length; i++)
        {
            var cue = names[cues[i]];
            sink.Add(FeatureGroup.Cues, FeatureHash.Join(Named.Cue, cue));
            for (var j = i + 1; j < cues.Length && j < CuesThatPair; j++)
            {
                sink.Add(FeatureGroup.Cues, FeatureHash.Join(Named.CuePair, FeatureHash.Join(cue, names[cues[j]])));
            }
        }
    }

    /// <summary>The cues of the whole text outside the clause: a repair told three sentences later takes the threat back.</summary>
    private static void WalkSet<TSink>(FeatureGroup group, uint name, CueSet cues, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        var names = PhraseBook.Shared.Cues;
        WalkHalf(group, name, cues.Low, names, ref sink);
        WalkHalf(group, name, cues.High, names.Length > 64 ? names[64..] : [], ref sink);
    }

    private static void WalkHalf<TSink>(FeatureGroup group, uint name, ulong cues, ReadOnlySpan<uint> names, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        for (; cues != 0; cues &= cues - 1)
        {
            sink.Add(group, FeatureHash.Join(name, names[BitOperations.TrailingZeroCount(cues)]));
        }
    }

    private static void WalkNeighbour<TSink>(ReadOnlySpan<int> cues, uint name, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        foreach (var cue in cues)
        {
            sink.Add(FeatureGroup.Surroundings, FeatureHash.Join(name, PhraseBook.Shared.Cues[cue]));
        }
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

    private static uint Step(double tone) => tone switch
    {
        <= -4 => 1,
        <= -0.9 => 2,
        < 0.9 => 3,
        < 4 => 4,
        _ => 5,
    };
}
