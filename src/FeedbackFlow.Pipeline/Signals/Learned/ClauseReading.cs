namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as the learned model sees it: its clauses, and the features of each.</summary>
internal sealed partial class ClauseReading
{
    private const int ShortestPlace = 4;
    private const int LongestJoined = 14;

    private static readonly uint NumberWord = FeatureHash.Of("#");
    private static readonly uint HandleWord = FeatureHash.Of("@");
    private static readonly uint OtherHandleWord = FeatureHash.Of("@@");
    private static readonly uint LinkWord = FeatureHash.Of("://");

    private readonly NumberedText text;
    private readonly ToneMap tone;
    private readonly uint[] words;
    private readonly ConceptReading concepts;
    private readonly List<PhraseMatch> rules = Lent<PhraseMatch>.TakeList();
    private readonly int longestRule;
    private readonly int lastStay = -1;
    private readonly bool isSarcastic;
    private readonly bool[] quoted;
    private (int Sentence, bool Asks) lastAsked = (-1, false);

    public ClauseReading(NumberedText text, List<PhraseMatch> matches, ToneMap tone)
    {
        this.text = text;
        this.tone = tone;
        Clauses = ClauseMap.Of(text);
        Cues = new ClauseCues(Clauses, matches);
        words = Lent<uint>.Take(text.Count);
        for (var i = 0; i < text.Count; i++)
        {
            var token = text.Text.Tokens[i];
            HasHandle |= token.Kind is TokenKind.Handle or TokenKind.OtherHandle;
            words[i] = token.Kind switch
            {
                TokenKind.Number => NumberWord,
                TokenKind.Handle => HandleWord,
                TokenKind.OtherHandle => OtherHandleWord,
                TokenKind.Link => LinkWord,
                _ => FeatureHash.Of(token.Word),
            };
        }

        concepts = new ConceptReading(text.Text.Tokens);
        foreach (var match in matches)
        {
            switch (match.Rule.Use)
            {
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

        foreach (var rule in rules)
        {
            longestRule = Math.Max(longestRule, rule.To - rule.From);
        }

        quoted = Quoted();
    }

    public ClauseMap Clauses { get; }

    public ClauseCues Cues { get; }

    public int Words => text.Count;

    /// <summary>Whether it calls anybody by a handle, as tweets do.</summary>
    public bool HasHandle { get; }

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Clauses.Return();
        Cues.Return();
        concepts.Return();
        Lent<uint>.Return(words);
        Lent<PhraseMatch>.Return(rules);
        Lent<bool>.Return(quoted);
    }

    /// <summary>The characters of a clause; of a very short one, with what stands before it in its sentence: "or the newspaper" says little alone.</summary>
    public Evidence Place(int clause)
    {
        var (from, to) = (Clauses.From(clause), Clauses.To(clause));
        while (to - from < ShortestPlace && !text.SentenceStarts(from) && to - Clauses.From(clause - 1) <= LongestJoined)
        {
            from = Clauses.From(--clause);
        }

        var (start, end) = (text.Text.Tokens[from].Start, 0);
        for (var i = from; i < to; i++)
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

    /// <summary>Inside quotation marks somebody else speaks; a mark inside a word (צה"ל) is none.</summary>
    private bool[] Quoted()
    {
        var (original, open, at) = (text.Text.Original, false, 0);
        var inside = Lent<bool>.Take(Clauses.Count);
        for (var clause = 0; clause < Clauses.Count; clause++)
        {
            for (var end = text.Text.Tokens[Clauses.From(clause)].Start; at < end; at++)
            {
                open ^= Letters.IsGershayim(original[at]) && !IsInWord(original, at);
            }

            inside[clause] = open;
        }

        return inside;
    }

    private static bool IsInWord(string original, int at) => at > 0 && char.IsLetter(original[at - 1]) && at + 1 < original.Length && char.IsLetter(original[at + 1]);

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
}
