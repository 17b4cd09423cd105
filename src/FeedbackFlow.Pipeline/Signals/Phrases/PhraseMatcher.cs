namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A rule that was found: tokens from <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
internal readonly record struct PhraseMatch(PhraseRule Rule, int From, int To)
{
    public bool Overlaps(PhraseMatch other) => From < other.To && other.From < To;
}

/// <summary>Runs one phrase program at one place of a text.</summary>
internal readonly ref struct PhraseMatcher
{
    private const int FarthestLookBehind = 6;

    private readonly Step[] steps;
    private readonly NumberedText text;
    private readonly int start;
    private readonly int sentenceTo;
    private readonly int endsBy;
    private readonly ref long effort;

    /// <param name="effort">Grows by every step that is taken.</param>
    public PhraseMatcher(Step[] steps, NumberedText text, int start, ref long effort, int endsBy = int.MaxValue)
    {
        this.steps = steps;
        this.text = text;
        this.start = start;
        sentenceTo = text.SentenceTo(start);
        this.endsBy = endsBy;
        this.effort = ref effort;
    }

    /// <summary>The token after the match, or -1.</summary>
    public int Match() => Run(0, start, endsAfter: -1);

    private int Run(int pc, int pos, int endsAfter)
    {
        while (true)
        {
            ref readonly var step = ref steps[pc];
            switch (step.Op)
            {
                case Op.Accept:
                    return pos > endsAfter && pos <= endsBy ? pos : -1;
                case Op.Word:
                    if (!Sees(pos, in step))
                    {
                        return -1;
                    }

                    pos++;
                    pc++;
                    break;
                case Op.Choose:
                    var way = NextWay(pos, in step, from: 0);
                    if (way == WordTable.NoWay)
                    {
                        return -1;
                    }

                    for (var next = NextWay(pos, in step, way + 1); next != WordTable.NoWay; next = NextWay(pos, in step, way + 1))
                    {
                        if (RunWay(way, pos, endsAfter) is var found and >= 0)
                        {
                            return found;
                        }

                        way = next;
                    }

                    (pc, pos) = AfterFirstWord(way, pos);
                    break;
                case Op.Jump:
                    pc = step.A;
                    break;
                case Op.Split:
                    if ((!step.KnowsWords || Sees(pos, in step)) && Run(step.A, pos, endsAfter) is var end and >= 0)
                    {
                        return end;
                    }

                    pc = step.B;
                    break;
                case Op.Skip:
                    return RunSkip(in step, pc, pos, endsAfter);
                case Op.Edge:
                    if (!IsEdge(pos, step.A == 1, step.B == 1))
                    {
                        return -1;
                    }

                    pc++;
                    break;
                case Op.NotAhead:
                    if (Run(pc + 1, pos, endsAfter: -1) >= 0)
                    {
                        return -1;
                    }

                    pc = step.A;
                    break;
                case Op.NotBehind:
                    if (IsBehind(pc + 1, pos))
                    {
                        return -1;
                    }

                    pc = step.A;
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private int RunSkip(in Step step, int pc, int pos, int endsAfter)
    {
        for (var skipped = 0; skipped <= step.A; skipped++)
        {
            if (!IsHopeless(pc + 1, pos + skipped) && Run(pc + 1, pos + skipped, endsAfter) is var end and >= 0)
            {
                return end;
            }

            if (!Enters(pos + skipped) || (step.B == 1 && text.Stops(pos + skipped)))
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether the words before here say the unwanted thing. It may begin before the match, and has to reach into it, so that "not" in an earlier
    /// thought does not count.
    /// </summary>
    private bool IsBehind(int pc, int pos)
    {
        var reaches = pos == start ? pos - 1 : start;
        for (var from = pos - 1; from >= 0 && start - from <= FarthestLookBehind; from--)
        {
            if (text.SentenceStarts(from + 1) && from + 1 < pos)
            {
                return false;
            }

            if (new PhraseMatcher(steps, text, from, ref effort, endsBy: pos).Run(pc, from, endsAfter: reaches) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Spares the way into a step that only fails.</summary>
    private bool IsHopeless(int pc, int pos)
    {
        ref readonly var step = ref steps[pc];
        return (step.Op == Op.Word && !Sees(pos, in step)) || (step.Op == Op.Choose && NextWay(pos, in step, from: 0) == WordTable.NoWay);
    }

    private bool Sees(int pos, in Step step)
    {
        effort++;
        return Enters(pos) && text.Is(pos, in step);
    }

    private int NextWay(int pos, in Step step, int from)
    {
        effort++;
        var first = WordTable.NoWay;
        if (Enters(pos) && text.MayBe(pos, in step))
        {
            foreach (var word in text.IdsOf(pos))
            {
                first = Math.Min(first, step.Words.Next(word, from));
            }
        }

        return first;
    }

    private int RunWay(int way, int pos, int endsAfter)
    {
        var (pc, then) = AfterFirstWord(way, pos);
        return Run(pc, then, endsAfter);
    }

    /// <summary>A way that begins with a word was chosen because the word is there; it need not be asked again.</summary>
    private (int Pc, int Pos) AfterFirstWord(int way, int pos) => steps[way].Op == Op.Word ? (way + 1, pos + 1) : (way, pos);

    private bool Enters(int pos) => pos < sentenceTo;

    private bool IsEdge(int pos, bool atStart, bool hard)
    {
        if (hard)
        {
            return text.SentenceStarts(pos);
        }

        return text.ClauseStarts(pos) || (atStart ? text.Links(pos - 1) : text.Links(pos));
    }
}
