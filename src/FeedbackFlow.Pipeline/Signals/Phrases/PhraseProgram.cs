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

/// <param name="Words">For <see cref="Op.Word"/>; for <see cref="Op.Choose"/> with the steps at which its ways begin; for <see cref="Op.Split"/> what its first way begins with, if that is known.</param>
/// <param name="Sign">The <see cref="WordSet.SignOf(int)"/> of all of them, beside them: to ask it costs no way through the memory.</param>
/// <param name="Word">The word, where it is only one; otherwise 0. Most steps ask for one, and need not be followed to their words.</param>
internal readonly record struct Step(Op Op, int A = 0, int B = 0, WordTable Words = default, ulong Sign = 0, int Word = 0)
{
    public Step(Op op, WordSet words, int a = 0, int b = 0)
        : this(op, a, b, words.Ids.Length == 1 ? default : words.Table, words.Sign, words.Ids is [var only] ? only : 0)
    {
    }

    /// <summary>Whether a way begins with certain words.</summary>
    public bool KnowsWords => Sign != 0;

    /// <summary>Whether one of a token's words is asked for.</summary>
    public bool Has(ReadOnlySpan<int> words) => Word == 0 ? Words.HasOneOf(words) : words.Contains(Word);
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
                steps.Add(new Step(Op.Word, one.Words));
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
                steps[split] = SplitFor(maybe.Part.Beginnings, split + 1, steps.Count);
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
        var (ways, jumps, sign) = (new List<(int Word, int Way)>(), new List<int>(), 0UL);
        foreach (var option in options)
        {
            foreach (var word in option.Beginnings!.Ids)
            {
                ways.Add((word, steps.Count));
            }

            sign |= option.Beginnings.Sign;
            Emit(option);
            jumps.Add(Reserve());
        }

        steps[choose] = new Step(Op.Choose, Words: new WordTable(CollectionsMarshal.AsSpan(ways)), Sign: sign);
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
        steps[split] = SplitFor(FirstWords.OfAny(first), split + 1, steps.Count);
        EmitChoice(options[first.Length..]);
        steps[jump] = new Step(Op.Jump, steps.Count);
    }

    private static Step SplitFor(WordSet? beginnings, int first, int second) => beginnings is null ? new Step(Op.Split, first, second) : new Step(Op.Split, beginnings, first, second);

    private int Reserve()
    {
        steps.Add(default);
        return steps.Count - 1;
    }
}
