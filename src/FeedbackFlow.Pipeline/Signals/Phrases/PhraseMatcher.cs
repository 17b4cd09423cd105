namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A rule that was found: tokens from <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
internal readonly record struct PhraseMatch(PhraseRule Rule, int From, int To)
{
    public bool Overlaps(PhraseMatch other) => From < other.To && other.From < To;
}

/// <summary>Runs one phrase program at one place of a text.</summary>
internal readonly ref struct PhraseMatcher(Step[] steps, NumberedText text, int start, int endsBy = int.MaxValue)
{
    private const int FarthestLookBehind = 6;

    /// <summary>The token after the match, or -1.</summary>
    public int Match() => Run(0, start, endsAfter: -1);

    private int Run(int pc, int pos, int endsAfter)
    {
        while (true)
        {
            var step = steps[pc];
            switch (step.Op)
            {
                case Op.Accept:
                    return pos > endsAfter && pos <= endsBy ? pos : -1;
                case Op.Word:
                    if (!Enters(pos) || !text.Is(pos, step.Words!))
                    {
                        return -1;
                    }

                    pos++;
                    pc++;
                    break;
                case Op.Jump:
                    pc = step.A;
                    break;
                case Op.Split:
                    var first = Run(step.A, pos, endsAfter);
                    if (first >= 0)
                    {
                        return first;
                    }

                    pc = step.B;
                    break;
                case Op.Skip:
                    return RunSkip(step, pc, pos, endsAfter);
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

    private int RunSkip(Step step, int pc, int pos, int endsAfter)
    {
        for (var skipped = 0; skipped <= step.A; skipped++)
        {
            var end = Run(pc + 1, pos + skipped, endsAfter);
            if (end >= 0)
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

            if (new PhraseMatcher(steps, text, from, endsBy: pos).Run(pc, from, endsAfter: reaches) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool Enters(int pos) => pos < text.Count && (pos == start || !text.SentenceStarts(pos));

    private bool IsEdge(int pos, bool atStart, bool hard)
    {
        if (hard)
        {
            return text.SentenceStarts(pos);
        }

        return text.ClauseStarts(pos) || (atStart ? text.Links(pos - 1) : text.Links(pos));
    }
}
