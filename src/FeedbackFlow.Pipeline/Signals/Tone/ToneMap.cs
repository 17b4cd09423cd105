namespace FeedbackFlow.Pipeline.Signals;

/// <summary>How the words of a text feel, word by word: above zero is praise, below is complaint. Negation and sarcasm are already applied.</summary>
internal sealed class ToneMap
{
    private const int NegationReach = 3;
    private const double AfterBut = 1.3;

    private readonly double[] valences;
    private readonly double[] upTo;
    private readonly TokenMarks sarcastic;

    /// <param name="valences">Lent; of so many words as <paramref name="count"/> says.</param>
    private ToneMap(double[] valences, int count, TokenMarks sarcastic, double positive, double negative)
    {
        this.valences = valences;
        this.sarcastic = sarcastic;
        upTo = Lent<double>.Take(count + 1);
        upTo[0] = 0;
        for (var i = 0; i < count; i++)
        {
            upTo[i + 1] = upTo[i] + valences[i];
        }

        Positive = positive;
        Negative = negative;
    }

    public double Positive { get; }

    /// <summary>The weight of complaint, as a number above zero.</summary>
    public double Negative { get; }

    public double Net => Positive - Negative;

    /// <summary>The sum over the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public double Between(int from, int to) => to <= from ? 0 : upTo[to] - upTo[from];

    /// <summary>Whether a token stands in a sentence that is not meant as it is said.</summary>
    public bool IsSarcastic(int token) => sarcastic.Has(token);

    public double At(int token) => valences[token];

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Lent<double>.Return(valences);
        Lent<double>.Return(upTo);
    }

    public static ToneMap Of(NumberedText text, List<PhraseMatch> matches)
    {
        var lent = Lent<double>.Take(text.Count);
        var negations = lent.AsSpan(0, text.Count);
        negations.Clear();
        var sarcastic = new TokenMarks(text.Count);
        var words = Lent<int>.TakeList();
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            switch (match.Rule)
            {
                case { Use: RuleUse.Negation }:
                    negations[match.From] = match.Rule.Weight;
                    break;
                case { Use: RuleUse.Tone }:
                    words.Add(i);
                    break;
                case { Use: RuleUse.Finding, Finding: FindingKind.Sarcasm }:
                    MarkSentence(text, match, sarcastic);
                    break;
                default:
                    break;
            }
        }

        words.Sort((a, b) => Stronger(matches[a], matches[b]) is var order and not 0 ? order : a - b);
        var valences = Place(text, matches, words, negations, sarcastic);
        Lent<double>.Return(lent);
        Lent<int>.Return(words);
        AddMoods(text, valences);

        var (positive, negative) = (0.0, 0.0);
        foreach (var value in valences.AsSpan(0, text.Count))
        {
            positive += Math.Max(0, value);
            negative += Math.Max(0, -value);
        }

        foreach (var mood in text.Text.Moods)
        {
            positive += text.Count == 0 ? Math.Max(0, mood.Valence) : 0;
            negative += text.Count == 0 ? Math.Max(0, -mood.Valence) : 0;
        }

        return new ToneMap(valences, text.Count, sarcastic, positive, negative);
    }

    private static void MarkSentence(NumberedText text, PhraseMatch match, TokenMarks marks)
    {
        if (!marks.Has(match.From))
        {
            marks.Mark(text.SentenceFrom(match.From), text.SentenceTo(match.From));
        }
    }

    /// <summary>Longer phrases go first and cover the shorter ones inside them ("no complaints" is no complaint).</summary>
    private static int Stronger(PhraseMatch a, PhraseMatch b) =>
        (b.To - b.From) - (a.To - a.From) is var longer and not 0 ? longer : Math.Abs(b.Rule.Weight).CompareTo(Math.Abs(a.Rule.Weight));

    private static double[] Place(NumberedText text, List<PhraseMatch> matches, List<int> words, ReadOnlySpan<double> negations, TokenMarks sarcastic)
    {
        var valences = Lent<double>.Take(text.Count);
        valences.AsSpan(0, text.Count).Clear();
        var taken = new TokenMarks(text.Count);
        var afterBut = AfterButs(text);
        foreach (var word in words)
        {
            var match = matches[word];
            if (taken.HasOneOf(match.From, match.To))
            {
                continue;
            }

            taken.Mark(match.From, match.To);
            var value = match.Rule.Weight * NegationOf(text, match.From, negations, taken) * (afterBut.Has(match.From) ? AfterBut : 1);
            valences[match.From] = sarcastic.Has(match.From) && value > 0 ? -0.7 * value : value;
        }

        return valences;
    }

    private static double NegationOf(NumberedText text, int at, ReadOnlySpan<double> negations, TokenMarks taken)
    {
        for (var i = at - 1; i >= 0 && at - i <= NegationReach; i--)
        {
            if (text.ClauseStarts(i + 1))
            {
                return 1;
            }

            if (negations[i] != 0 && !taken.Has(i))
            {
                return negations[i];
            }
        }

        return 1;
    }

    private static TokenMarks AfterButs(NumberedText text)
    {
        var after = new TokenMarks(text.Count);
        for (var i = 1; i < text.Count; i++)
        {
            if (!text.SentenceStarts(i) && (after.Has(i - 1) || text.Text.Tokens[i - 1].Word is "but" or "אבל" or "however" or "אולמ" or "אכ"))
            {
                after.Mark(i, i + 1);
            }
        }

        return after;
    }

    /// <summary>An emoji colours the word before it.</summary>
    private static void AddMoods(NumberedText text, double[] valences)
    {
        var tokens = text.Text.Tokens;
        var at = 0;
        foreach (var mood in text.Text.Moods)
        {
            while (at + 1 < tokens.Length && tokens[at + 1].Start < mood.Start)
            {
                at++;
            }

            if (at < tokens.Length)
            {
                valences[at] += mood.Valence;
            }
        }
    }
}
