using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

internal enum Op : byte
{
    Word,
    Choose,
    Skip,
    Split,
    Jump,
    Edge,
    NotAhead,
    NotBehind,
    Accept,
}

/// <param name="Words">For <see cref="Op.Word"/>; for <see cref="Op.Split"/> the words that its first way begins with, if they are known.</param>
/// <param name="Ways">For <see cref="Op.Choose"/>: the steps at which its ways begin, by word.</param>
internal readonly record struct Step(Op Op, int A = 0, int B = 0, WordSet? Words = null, WordWays? Ways = null)
{
    /// <summary>The sign of the words, beside them: to ask it costs no way through the memory.</summary>
    public ulong Sign { get; } = Words?.Sign ?? 0;
}

/// <summary>Makes of a phrase a small program: steps that accept tokens, with choices. Backtracking is bounded by the phrase, never by the text.</summary>
internal sealed class PhraseProgram
{
    private readonly List<Step> steps = [];

    private PhraseProgram()
    {
    }

    public static Step[] Of(PhraseNode phrase)
    {
        var program = new PhraseProgram();
        program.Emit(phrase);
        program.steps.Add(new Step(Op.Accept));
        return program.steps.ToArray();
    }

    private void Emit(PhraseNode node)
    {
        switch (node)
        {
            case PhraseNode.OneOf one:
                steps.Add(new Step(Op.Word, Words: one.Words));
                break;
            case PhraseNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Emit(part);
                }

                break;
            case PhraseNode.Choice choice:
                if (choice.Beginnings is null)
                {
                    EmitChoice(CollectionsMarshal.AsSpan(choice.Options));
                }
                else
                {
                    EmitWays(choice.Options);
                }

                break;
            case PhraseNode.Maybe maybe:
                var split = Reserve();
                Emit(maybe.Part);
                steps[split] = new Step(Op.Split, split + 1, steps.Count, maybe.Part.Beginnings);
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

    /// <summary>Of many options only those are tried, in their order, that begin with the word at hand.</summary>
    private void EmitWays(List<PhraseNode> options)
    {
        var choose = Reserve();
        var (ways, jumps) = (new List<(int Word, int Way)>(), new List<int>());
        foreach (var option in options)
        {
            foreach (var word in option.Beginnings!.Ids)
            {
                ways.Add((word, steps.Count));
            }

            Emit(option);
            jumps.Add(Reserve());
        }

        steps[choose] = new Step(Op.Choose, Ways: new WordWays(ways));
        jumps.ForEach(jump => steps[jump] = new Step(Op.Jump, steps.Count));
    }

    /// <summary>
    /// The options stay in their order, and are halved until one is left: of many options only those are tried that begin with the word at hand.
    /// </summary>
    private void EmitChoice(ReadOnlySpan<PhraseNode> options)
    {
        if (options.Length == 1)
        {
            Emit(options[0]);
            return;
        }

        var first = options[..(options.Length / 2)];
        var split = Reserve();
        EmitChoice(first);
        var jump = Reserve();
        steps[split] = new Step(Op.Split, split + 1, steps.Count, FirstWords.OfAny(first));
        EmitChoice(options[first.Length..]);
        steps[jump] = new Step(Op.Jump, steps.Count);
    }

    private int Reserve()
    {
        steps.Add(default);
        return steps.Count - 1;
    }
}
