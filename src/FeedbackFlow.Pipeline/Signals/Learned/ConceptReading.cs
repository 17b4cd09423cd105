using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A text as a row of concepts: "I will not renew" and "לא נחדש" are both <c>self will not renew</c>, up to the order of the words.</summary>
internal sealed class ConceptReading
{
    private const int MostStarts = 40;

    private readonly List<int> concepts;
    private readonly int[] firstOf;

    public ConceptReading(ReadOnlySpan<Token> tokens)
    {
        concepts = Lent<int>.TakeList();
        firstOf = Lent<int>.Take(tokens.Length + 1);
        for (var i = 0; i < tokens.Length; i++)
        {
            firstOf[i] = concepts.Count;
            if (tokens[i].Kind == TokenKind.Word)
            {
                Add(MeaningOf(tokens[i]));
            }
        }

        firstOf[tokens.Length] = concepts.Count;
    }

    /// <summary>The concepts of the tokens from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public ReadOnlySpan<int> Between(int from, int to) => CollectionsMarshal.AsSpan(concepts)[firstOf[from]..firstOf[to]];

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return()
    {
        Lent<int>.Return(concepts);
        Lent<int>.Return(firstOf);
    }

    private void Add(ConceptOfWord meaning)
    {
        if (meaning.Concept < 0)
        {
            return;
        }

        var table = ConceptTable.Shared;
        AddOnce(meaning.Person switch
        {
            WordPerson.First => table.Self,
            WordPerson.Second => table.You,
            _ => -1,
        });
        AddOnce(meaning.Tense switch
        {
            WordTense.Past => table.Past,
            WordTense.Present => table.Present,
            WordTense.Future => table.Future,
            WordTense.Infinitive => table.Infinitive,
            _ => -1,
        });
        AddOnce(meaning.Concept);
    }

    private void AddOnce(int concept)
    {
        if (concept >= 0 && (concepts.Count == 0 || concepts[^1] != concept))
        {
            concepts.Add(concept);
        }
    }

    /// <summary>A Hebrew word is looked up as it stands, then without the small words glued to its front; the longest that is known counts.</summary>
    private static ConceptOfWord MeaningOf(in Token token)
    {
        var word = token.Word;
        Span<uint> hashes = stackalloc uint[Math.Min(word.Length, 24) + 1];
        if (word.Length >= hashes.Length)
        {
            return ConceptOfWord.None;
        }

        FeatureHash.Backward(word, hashes);
        var table = ConceptTable.Shared;
        var found = table.Find(hashes[0]);
        if (found.Concept >= 0 || !token.IsHebrew)
        {
            return found;
        }

        Span<int> starts = stackalloc int[MostStarts];
        starts[0] = 0;
        var joined = 1 + HebrewForms.WithoutJoiners(word, starts[1..]);
        var all = joined;
        for (var i = 0; i < joined; i++)
        {
            all += HebrewForms.WithoutPrepositions(word, starts[i], starts[all..]);
        }

        var best = int.MaxValue;
        for (var i = 1; i < all; i++)
        {
            if (starts[i] < best && table.Find(hashes[starts[i]]) is { Concept: >= 0 } meaning)
            {
                (best, found) = (starts[i], meaning);
            }
        }

        return found;
    }
}
