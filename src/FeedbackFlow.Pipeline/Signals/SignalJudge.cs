namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Weighs the phrases that were found against their surroundings: look-alikes, praise, conditions, a change of mind.</summary>
internal sealed class SignalJudge
{
    private const double InPraise = 0.2;
    private const double WithoutTone = 0.8;
    private const double AmidPraise = 0.45;
    private const double Explicit = 0.8;
    private const int PlacesThatCount = 4;

    private readonly NumberedText text;
    private readonly ToneMap tone;
    private readonly List<PhraseMatch> signals = [];
    private readonly List<PhraseMatch> lookAlikes = [];
    private readonly TokenMarks conditional;
    private readonly int lastStay = -1;
    private readonly int announced;

    /// <summary>Known to the kinds that are judged after leaving, which is the first.</summary>
    private bool leaves;

    private SignalJudge(NumberedText text, List<PhraseMatch> matches, ToneMap tone)
    {
        this.text = text;
        this.tone = tone;
        conditional = new TokenMarks(text.Count);
        foreach (var match in matches)
        {
            switch (match.Rule.Use)
            {
                case RuleUse.Signal:
                    signals.Add(match);
                    announced |= Bits(match.Rule.Kinds);
                    break;
                case RuleUse.NotSignal:
                    lookAlikes.Add(match);
                    break;
                case RuleUse.Stays:
                    lastStay = match.From;
                    break;
                case RuleUse.Condition when !conditional.Has(match.From):
                    conditional.Mark(text.SentenceFrom(match.From), text.SentenceTo(match.From));
                    break;
                default:
                    break;
            }
        }
    }

    public static IReadOnlyList<Signal> Judge(NumberedText text, List<PhraseMatch> matches, ToneMap tone)
    {
        var judge = new SignalJudge(text, matches, tone);
        var found = new List<Signal>();
        for (var kind = 0; judge.announced >> kind != 0; kind++)
        {
            if ((judge.announced >> kind & 1) != 0 && judge.JudgeKind((SignalKind)kind) is { } signal)
            {
                found.Add(signal);
                judge.leaves |= signal is { Kind: SignalKind.Leave, Confidence: >= Explicit };
            }
        }

        found.Sort((a, b) => b.Confidence.CompareTo(a.Confidence) is var order and not 0 ? order : a.Kind - b.Kind);
        return found;
    }

    private static int Bits(SignalKind[] kinds)
    {
        var bits = 0;
        foreach (var kind in kinds)
        {
            bits |= 1 << (int)kind;
        }

        return bits;
    }

    /// <param name="Order">Its place among those found, in text order.</param>
    private sealed record Weighed(PhraseMatch Match, double Confidence, SignalStrength? Strength, int Order)
    {
        public static int StrongestFirst(Weighed a, Weighed b) =>
            b.Confidence.CompareTo(a.Confidence) is var order and not 0 ? order : a.Order - b.Order;
    }

    private Signal? JudgeKind(SignalKind kind)
    {
        var refused = RefusedFor(kind);
        var found = new List<Weighed>();
        foreach (var match in signals)
        {
            if (match.Rule.IsAbout(kind) && !refused.HasOneOf(match.From, match.To) && Weigh(match, kind, found.Count) is { Confidence: >= Reading.SignalFloor } one)
            {
                found.Add(one);
            }
        }

        found.Sort(Weighed.StrongestFirst);
        return found.Count == 0 ? null : new Signal(kind, StrengthOf(found), Together(found), EvidenceOf(found));
    }

    /// <summary>The tokens of look-alikes; praise that is not meant is one of them.</summary>
    private TokenMarks RefusedFor(SignalKind kind)
    {
        var refused = new TokenMarks(text.Count);
        foreach (var match in lookAlikes)
        {
            if (match.Rule.IsAbout(RefusalOf(kind)))
            {
                refused.Mark(match.From, match.To);
            }
        }

        for (var i = 0; kind == SignalKind.Praise && i < text.Count; i++)
        {
            refused.Mark(i, tone.IsSarcastic(i) ? i + 1 : i);
        }

        return refused;
    }

    /// <summary>"Thinking of moving to another bank" holds "moving to another bank"; the thought is what is said.</summary>
    private static SignalStrength? StrengthOf(List<Weighed> found) =>
        found.Exists(one => one.Strength == SignalStrength.Considering && one.Confidence >= Explicit && one.Match.Overlaps(found[0].Match))
            ? SignalStrength.Considering
            : found[0].Strength;

    /// <summary>Legal steps are announced with the same phrases as publishing, so they look alike in the same ways.</summary>
    private static SignalKind RefusalOf(SignalKind kind) => kind == SignalKind.Legal ? SignalKind.Publish : kind;

    private Weighed Weigh(PhraseMatch match, SignalKind kind, int order)
    {
        var confidence = match.Rule.Weight;
        var strength = match.Rule.Strength;
        if (kind is SignalKind.Leave or SignalKind.Publish or SignalKind.Legal)
        {
            confidence *= match.Rule.NeedsTone ? ToneAround(match) : 1;
            confidence *= tone is { Positive: >= 4, Negative: < 1 } ? AmidPraise : 1;
            confidence *= kind == SignalKind.Leave && lastStay >= match.From ? InPraise : 1;
            strength = strength == SignalStrength.Decided && IsConditional(match) ? SignalStrength.Threat : strength;
        }

        return new Weighed(match, confidence, kind is SignalKind.Leave or SignalKind.Publish ? strength : null, order);
    }

    /// <summary>"I will tell everyone" is a threat or a compliment; what is told decides, then the sentence, then the whole text. Who leaves tells no compliment.</summary>
    private double ToneAround(PhraseMatch match)
    {
        var (from, to) = (text.SentenceFrom(match.From), text.SentenceTo(match.To - 1));
        var told = tone.Between(match.To, to);
        var decisive = Math.Abs(told) >= 0.9 ? told
            : Math.Abs(tone.Between(from, to)) >= 0.9 ? tone.Between(from, to)
            : tone.Net;
        return decisive >= 0.9 ? InPraise : decisive <= -0.5 || leaves ? 1 : WithoutTone;
    }

    private bool IsConditional(PhraseMatch match) => conditional.Has(match.From);

    /// <summary>What is said in several places is surer.</summary>
    private static double Together(List<Weighed> found)
    {
        var places = new List<PhraseMatch>();
        for (var i = 0; i < found.Count && places.Count < PlacesThatCount; i++)
        {
            var match = found[i].Match;
            if (!places.Exists(place => place.Overlaps(match)))
            {
                places.Add(match);
            }
        }

        return Math.Min(0.99, 1 - ((1 - found[0].Confidence) * Math.Pow(0.75, places.Count - 1)));
    }

    /// <summary>The clauses of the convincing matches; what overlaps is one range.</summary>
    private List<Evidence> EvidenceOf(List<Weighed> found)
    {
        var ranges = new List<Evidence>();
        foreach (var one in found)
        {
            if (one.Confidence >= found[0].Confidence * 0.6)
            {
                ranges.Add(Clauses.Around(text, one.Match.From, one.Match.To));
            }
        }

        ranges.Sort((a, b) => a.Start - b.Start);
        var merged = new List<Evidence>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.Start < merged[^1].End)
            {
                merged[^1] = merged[^1] with { Length = Math.Max(merged[^1].End, range.End) - merged[^1].Start };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
