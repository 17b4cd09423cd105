namespace FeedbackFlow.Pipeline.Signals;

internal enum Op
{
    Word,
    Skip,
    Split,
    Jump,
    Edge,
    NotAhead,
    NotBehind,
    Accept,
}

/// <param name="Words">Bit set over the vocabulary, for <see cref="Op.Word"/>.</param>
internal readonly record struct Step(Op Op, int A = 0, int B = 0, ulong[]? Words = null);

/// <summary>A phrase as a small program: steps that accept tokens, with choices. Backtracking is bounded by the phrase, never by the text.</summary>
internal sealed class PhraseProgram
{
    private readonly List<Step> steps = [];
    private readonly int vocabulary;

    public PhraseProgram(PhraseNode phrase, int vocabulary)
    {
        this.vocabulary = vocabulary;
        Emit(phrase);
        steps.Add(new Step(Op.Accept));
        Steps = steps.ToArray();
    }

    public Step[] Steps { get; }

    /// <summary>The words that the phrase can begin with; the matcher looks it up by them.</summary>
    public HashSet<int> FirstWords()
    {
        var found = new HashSet<int>();
        Collect(0, found);
        return found;
    }

    private void Collect(int pc, HashSet<int> found)
    {
        var step = Steps[pc];
        switch (step.Op)
        {
            case Op.Word:
                for (var id = 0; id < vocabulary; id++)
                {
                    if ((step.Words![id >> 6] & (1UL << (id & 63))) != 0)
                    {
                        found.Add(id);
                    }
                }

                break;
            case Op.Split:
                Collect(step.A, found);
                Collect(step.B, found);
                break;
            case Op.Jump:
                Collect(step.A, found);
                break;
            case Op.Edge:
                Collect(pc + 1, found);
                break;
            case Op.NotAhead or Op.NotBehind:
                Collect(step.A, found);
                break;
            case Op.Skip or Op.Accept:
                throw new FormatException("A phrase must begin with a word.");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Emit(PhraseNode node)
    {
        switch (node)
        {
            case PhraseNode.OneOf one:
                steps.Add(new Step(Op.Word, Words: Bits(one.Ids)));
                break;
            case PhraseNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Emit(part);
                }

                break;
            case PhraseNode.Choice choice:
                EmitChoice(choice.Options);
                break;
            case PhraseNode.Maybe maybe:
                var split = Reserve();
                Emit(maybe.Part);
                steps[split] = new Step(Op.Split, split + 1, steps.Count);
                break;
            case PhraseNode.Skip skip:
                steps.Add(new Step(Op.Skip, skip.Most, skip.Careful ? 1 : 0));
                break;
            case PhraseNode.Edge edge:
                steps.Add(new Step(Op.Edge, edge.AtStart ? 1 : 0, edge.Hard ? 1 : 0));
                break;
            case PhraseNode.NotAhead ahead:
                EmitLook(Op.NotAhead, ahead.Part);
                break;
            case PhraseNode.NotBehind behind:
                EmitLook(Op.NotBehind, behind.Part);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The looked-for part stands right behind the step and ends in its own accept; A is where the phrase goes on.</summary>
    private void EmitLook(Op op, PhraseNode part)
    {
        var look = Reserve();
        Emit(part);
        steps.Add(new Step(Op.Accept));
        steps[look] = new Step(op, steps.Count);
    }

    private void EmitChoice(IReadOnlyList<PhraseNode> options)
    {
        var jumps = new List<int>();
        for (var i = 0; i < options.Count; i++)
        {
            if (i == options.Count - 1)
            {
                Emit(options[i]);
                break;
            }

            var split = Reserve();
            Emit(options[i]);
            jumps.Add(Reserve());
            steps[split] = new Step(Op.Split, split + 1, steps.Count);
        }

        foreach (var jump in jumps)
        {
            steps[jump] = new Step(Op.Jump, steps.Count);
        }
    }

    private int Reserve()
    {
        steps.Add(default);
        return steps.Count - 1;
    }

    private ulong[] Bits(IEnumerable<int> ids)
    {
        var bits = new ulong[(vocabulary + 63) / 64];
        foreach (var id in ids)
        {
            bits[id >> 6] |= 1UL << (id & 63);
        }

        return bits;
    }
}
