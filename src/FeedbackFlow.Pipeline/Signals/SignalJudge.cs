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
    private readonly IReadOnlyList<PhraseMatch> matches;
    private readonly ToneMap tone;
    private readonly int lastStay;
    private readonly HashSet<int> conditionalSentences;

    private SignalJudge(NumberedText text, IReadOnlyList<PhraseMatch> matches, ToneMap tone)
    {
        this.text = text;
        this.matches = matches;
        this.tone = tone;
        lastStay = matches.Where(match => match.Rule.Use == RuleUse.Stays).Select(match => match.From).DefaultIfEmpty(-1).Max();
        conditionalSentences = matches.Where(match => match.Rule.Use == RuleUse.Condition).Select(match => text.SentenceFrom(match.From)).ToHashSet();
    }

    public static IReadOnlyList<Signal> Judge(NumberedText text, IReadOnlyList<PhraseMatch> matches, ToneMap tone)
    {
        var judge = new SignalJudge(text, matches, tone);
        return Enum.GetValues<SignalKind>()
            .Select(judge.JudgeKind)
            .OfType<Signal>()
            .OrderByDescending(signal => signal.Confidence)
            .ThenBy(signal => signal.Kind)
            .ToArray();
    }

    private readonly record struct Weighed(PhraseMatch Match, double Confidence, SignalStrength? Strength);

    private Signal? JudgeKind(SignalKind kind)
    {
        var refused = RefusedFor(kind);
        var weighed = matches
            .Where(match => match.Rule.Use == RuleUse.Signal && match.Rule.Kinds.Contains(kind))
            .Where(match => !refused.AsSpan(match.From, match.To - match.From).Contains(true))
            .Select(match => Weigh(match, kind))
            .Where(found => found.Confidence >= Reading.SignalFloor)
            .OrderByDescending(found => found.Confidence)
            .ThenBy(found => found.Match.From)
            .ToArray();
        if (weighed.Length == 0)
        {
            return null;
        }

        return new Signal(kind, StrengthOf(weighed), Together(weighed), EvidenceOf(weighed));
    }

    /// <summary>The tokens of look-alikes; praise that is not meant is one of them.</summary>
    private bool[] RefusedFor(SignalKind kind)
    {
        var refused = new bool[text.Count];
        foreach (var match in matches.Where(match => match.Rule.Use == RuleUse.NotSignal && match.Rule.Kinds.Contains(RefusalOf(kind))))
        {
            refused.AsSpan(match.From, match.To - match.From).Fill(true);
        }

        for (var i = 0; kind == SignalKind.Praise && i < refused.Length; i++)
        {
            refused[i] |= tone.IsSarcastic(i);
        }

        return refused;
    }

    /// <summary>"Thinking of moving to another bank" holds "moving to another bank"; the thought is what is said.</summary>
    private static SignalStrength? StrengthOf(Weighed[] found) =>
        found.Any(one => one.Strength == SignalStrength.Considering && one.Confidence >= Explicit && one.Match.Overlaps(found[0].Match))
            ? SignalStrength.Considering
            : found[0].Strength;

    /// <summary>Legal steps are announced with the same phrases as publishing, so they look alike in the same ways.</summary>
    private static SignalKind RefusalOf(SignalKind kind) => kind == SignalKind.Legal ? SignalKind.Publish : kind;

    private Weighed Weigh(PhraseMatch match, SignalKind kind)
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

        return new Weighed(match, confidence, kind is SignalKind.Leave or SignalKind.Publish ? strength : null);
    }

    /// <summary>"I will tell everyone" is a threat or a compliment; what is told decides, then the sentence, then the whole text.</summary>
    private double ToneAround(PhraseMatch match)
    {
        var (from, to) = (text.SentenceFrom(match.From), text.SentenceTo(match.To - 1));
        var told = tone.Between(match.To, to);
        var decisive = Math.Abs(told) >= 0.9 ? told
            : Math.Abs(tone.Between(from, to)) >= 0.9 ? tone.Between(from, to)
            : tone.Net;
        return decisive >= 0.9 ? InPraise : decisive <= -0.5 ? 1 : WithoutTone;
    }

    private bool IsConditional(PhraseMatch match) => conditionalSentences.Contains(text.SentenceFrom(match.From));

    private static double Together(Weighed[] found)
    {
        var places = new List<PhraseMatch>();
        foreach (var match in found.Select(one => one.Match).TakeWhile(_ => places.Count < PlacesThatCount))
        {
            if (!places.Any(place => place.Overlaps(match)))
            {
                places.Add(match);
            }
        }

        return Math.Min(0.99, 1 - ((1 - found[0].Confidence) * Math.Pow(0.75, places.Count - 1)));
    }

    /// <summary>The clauses of the convincing matches; what overlaps is one range.</summary>
    private List<Evidence> EvidenceOf(Weighed[] found)
    {
        var ranges = found
            .Where(one => one.Confidence >= found[0].Confidence * 0.6)
            .Select(one => Clauses.Around(text, one.Match.From, one.Match.To))
            .OrderBy(range => range.Start);
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
