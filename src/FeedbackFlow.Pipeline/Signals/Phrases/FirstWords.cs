using System.Runtime.InteropServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The words that a phrase can begin with.</summary>
internal static class FirstWords
{
    /// <summary>Null where it can begin with any word, or be empty.</summary>
    public static WordSet? Of(PhraseNode phrase)
    {
        if (phrase is PhraseNode.OneOf one)
        {
            return one.Words;
        }

        var words = new List<int>();
        return Collect(phrase, words) == Take.One ? new WordSet(CollectionsMarshal.AsSpan(words)) : null;
    }

    /// <summary>The words that one of several phrases can begin with; null where one of them can begin with any word, or be empty.</summary>
    public static WordSet? OfAny(ReadOnlySpan<PhraseNode> phrases)
    {
        if (phrases.Length == 1)
        {
            return phrases[0].Beginnings;
        }

        var words = new List<int>();
        foreach (var phrase in phrases)
        {
            if (Collect(phrase, words) != Take.One)
            {
                return null;
            }
        }

        return new WordSet(CollectionsMarshal.AsSpan(words));
    }

    /// <summary>What a node takes of the words at its place.</summary>
    private enum Take
    {
        One,

        /// <summary>Perhaps none, so that what follows may come first as well.</summary>
        Perhaps,
        Any,
    }

    private static Take Collect(PhraseNode node, List<int> words)
    {
        switch (node)
        {
            case PhraseNode.OneOf one:
                words.AddRange(one.Words.Ids);
                return Take.One;
            case PhraseNode.Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    if (Collect(part, words) is var take and not Take.Perhaps)
                    {
                        return take;
                    }
                }

                return Take.Perhaps;
            case PhraseNode.Choice choice:
                var most = Take.One;
                foreach (var option in choice.Options)
                {
                    most = Collect(option, words) is var take && take > most ? take : most;
                }

                return most;
            case PhraseNode.Maybe maybe:
                return Collect(maybe.Part, words) == Take.Any ? Take.Any : Take.Perhaps;
            case PhraseNode.Skip:
                return Take.Any;
            default:
                return Take.Perhaps;
        }
    }
}
