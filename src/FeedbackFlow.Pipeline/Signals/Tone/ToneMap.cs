namespace FeedbackFlow.Pipeline.Signals;

/// <summary>How the words of a text feel, word by word: above zero is praise, below is complaint. Negation and sarcasm are already applied.</summary>
internal sealed class ToneMap
{
    private const int NegationReach = 3;
    private const double AfterBut = 1.3;

    private readonly double[] valences;
    private readonly double[] upTo;
    private readonly bool[] sarcastic;

    private ToneMap(double[] valences, bool[] sarcastic, double positive, double negative)
    {
        this.valences = valences;
        this.sarcastic = sarcastic;
        upTo = new double[valences.Length + 1];
        for (var i = 0; i < valences.Length; i++)
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
    public bool IsSarcastic(int token) => sarcastic[token];

    public double At(int token) => valences[token];

    public static ToneMap Of(NumberedText text, IReadOnlyList<PhraseMatch> matches)
    {
        var negations = new double[text.Count];
        var sarcastic = new bool[text.Count];
        var words = new List<PhraseMatch>();
        foreach (var match in matches)
        {
            switch (match.Rule)
            {
                case { Use: RuleUse.Negation }:
                    negations[match.From] = match.Rule.Weight;
                    break;
                case { Use: RuleUse.Tone }:
                    words.Add(match);
                    break;
                case { Use: RuleUse.Finding, Finding: FindingKind.Sarcasm }:
                    MarkSentence(text, match, sarcastic);
                    break;
                default:
                    break;
            }
        }

        var valences = Place(text, words, negations, sarcastic);
        AddMoods(text, valences);

        var positive = valences.Where(value => value > 0).Sum();
        var negative = -valences.Where(value => value < 0).Sum();
        foreach (var mood in text.Text.Moods.Where(_ => text.Count == 0))
        {
            positive += Math.Max(0, mood.Valence);
            negative += Math.Max(0, -mood.Valence);
        }

        return new ToneMap(valences, sarcastic, positive, negative);
    }

    private static void MarkSentence(NumberedText text, PhraseMatch match, bool[] marks)
    {
        if (!marks[match.From])
        {
            var from = text.SentenceFrom(match.From);
            Array.Fill(marks, true, from, text.SentenceTo(match.From) - from);
        }
    }

    /// <summary>Longer phrases go first and cover the shorter ones inside them ("no complaints" is no complaint).</summary>
    private static double[] Place(NumberedText text, List<PhraseMatch> words, double[] negations, bool[] sarcastic)
    {
        var valences = new double[text.Count];
        var taken = new bool[text.Count];
        var afterBut = AfterButs(text);
        foreach (var match in words.OrderByDescending(word => word.To - word.From).ThenByDescending(word => Math.Abs(word.Rule.Weight)))
        {
            if (taken.AsSpan(match.From, match.To - match.From).Contains(true))
            {
                continue;
            }

            taken.AsSpan(match.From, match.To - match.From).Fill(true);
            var value = match.Rule.Weight * NegationOf(text, match.From, negations, taken) * (afterBut[match.From] ? AfterBut : 1);
            valences[match.From] = sarcastic[match.From] && value > 0 ? -0.7 * value : value;
        }

        return valences;
    }

    private static double NegationOf(NumberedText text, int at, double[] negations, bool[] taken)
    {
        for (var i = at - 1; i >= 0 && at - i <= NegationReach; i--)
        {
            if (text.ClauseStarts(i + 1))
            {
                return 1;
            }

            if (negations[i] != 0 && !taken[i])
            {
                return negations[i];
            }
        }

        return 1;
    }

    private static bool[] AfterButs(NumberedText text)
    {
        var after = new bool[text.Count];
        for (var i = 1; i < text.Count; i++)
        {
            after[i] = !text.SentenceStarts(i) && (after[i - 1] || text.Text.Tokens[i - 1].Word is "but" or "אבל" or "however" or "אולמ" or "אכ");
        }

        return after;
    }

    /// <summary>An emoji colours the word before it.</summary>
    private static void AddMoods(NumberedText text, double[] valences)
    {
        var tokens = text.Text.Tokens;
        var at = 0;
        foreach (var mood in text.Text.Moods.TakeWhile(_ => tokens.Count > 0))
        {
            while (at + 1 < tokens.Count && tokens[at + 1].Start < mood.Start)
            {
                at++;
            }

            valences[at] += mood.Valence;
        }
    }
}
