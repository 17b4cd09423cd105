using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The cues of a text, clause by clause, and which of them stand before and after each clause.</summary>
internal sealed class ClauseCues
{
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

    private readonly List<int> numbers = Lent<int>.TakeList();

    /// <summary>Per clause, its first cue; one more at the end.</summary>
    private readonly int[] first;
    private readonly int clauses;
    private readonly CueSet[] before;
    private readonly CueSet[] after;

    /// <param name="matches">All phrases of the text, in text order.</param>
    public ClauseCues(ClauseMap map, List<PhraseMatch> matches)
    {
        clauses = map.Count;
        first = Lent<int>.Take(clauses + 1);
        var clause = 0;
        foreach (var match in matches)
        {
            if (match.Rule.Use != RuleUse.Cue)
            {
                continue;
            }

            for (; clause < clauses && map.From(clause) <= match.From; clause++)
            {
                first[clause] = numbers.Count;
            }

            numbers.Add(match.Rule.CueNumber);
            Telling += Circumstances.Contains(match.Rule.Cue) ? 0 : 1;
        }

        first.AsSpan(clause..(clauses + 1)).Fill(numbers.Count);
        (before, after) = Around();
    }

    /// <summary>How many pieces of leaving or telling were found, the circumstances left out.</summary>
    public int Telling { get; }

    /// <summary>The cues of a clause by number, in text order; none where there is no such clause.</summary>
    public ReadOnlySpan<int> Of(int clause) =>
        clause < 0 || clause >= clauses ? [] : CollectionsMarshal.AsSpan(numbers)[first[clause]..first[clause + 1]];

    /// <summary>All cues of the clauses before.</summary>
    public CueSet Before(int clause) => before[clause];

    /// <summary>All cues of the clauses after.</summary>
    public CueSet After(int clause) => after[clause];

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Lent<int>.Return(numbers);
        Lent<int>.Return(first);
        Lent<CueSet>.Return(before);
        Lent<CueSet>.Return(after);
    }

    private (CueSet[] Before, CueSet[] After) Around()
    {
        var (before, after) = (Lent<CueSet>.Take(clauses), Lent<CueSet>.Take(clauses));
        before[0] = default;
        for (var clause = 1; clause < clauses; clause++)
        {
            before[clause] = before[clause - 1].With(SetOf(clause - 1));
        }

        after[Math.Max(0, clauses - 1)] = default;
        for (var clause = clauses - 2; clause >= 0; clause--)
        {
            after[clause] = after[clause + 1].With(SetOf(clause + 1));
        }

        return (before, after);
    }

    private CueSet SetOf(int clause)
    {
        var set = default(CueSet);
        foreach (var cue in Of(clause))
        {
            set = set.With(cue);
        }

        return set;
    }
}
