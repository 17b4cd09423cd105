namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A parsed phrase, before it is compiled. Named parts are shared between phrases.</summary>
internal abstract class PhraseNode
{
    private WordSet? beginnings;
    private List<WordSet>? needed;
    private bool isKnown;
    private int? longest;

    /// <summary>The words of which one stands first wherever this is found; null where it can begin with any word, or be empty.</summary>
    public WordSet? Beginnings
    {
        get
        {
            if (!isKnown)
            {
                beginnings = FirstWords.Of(this);
                isKnown = true;
            }

            return beginnings;
        }
    }

    /// <summary>Sets of words; wherever this is found there is a word out of each of them.</summary>
    public List<WordSet> Needed => needed ??= NeededWords.Of(this);

    /// <summary>The most words that it takes.</summary>
    public int Longest => longest ??= this switch
    {
        OneOf => 1,
        Sequence sequence => SumOf(sequence.Parts),
        Choice choice => LongestOf(choice.Options),
        Maybe maybe => maybe.Part.Longest,
        Skip skip => skip.Most,
        _ => 0,
    };

    private static int SumOf(List<PhraseNode> parts)
    {
        var sum = 0;
        parts.ForEach(part => sum += part.Longest);
        return sum;
    }

    private static int LongestOf(List<PhraseNode> options)
    {
        var most = 0;
        options.ForEach(option => most = Math.Max(most, option.Longest));
        return most;
    }

    /// <summary>One token out of a set of words.</summary>
    public sealed class OneOf(WordSet words) : PhraseNode
    {
        public WordSet Words { get; } = words;
    }

    public sealed class Sequence(List<PhraseNode> parts) : PhraseNode
    {
        public List<PhraseNode> Parts { get; } = parts;
    }

    public sealed class Choice(List<PhraseNode> options) : PhraseNode
    {
        public List<PhraseNode> Options { get; } = options;

        /// <summary>Not written so, but made of options with the same first word.</summary>
        public bool IsFactored { get; init; }
    }

    public sealed class Maybe(PhraseNode part) : PhraseNode
    {
        public PhraseNode Part { get; } = part;
    }

    /// <summary>Up to <paramref name="most"/> tokens of any kind; a careful gap does not step over a negation or a "but".</summary>
    public sealed class Skip(int most, bool careful) : PhraseNode
    {
        public int Most { get; } = most;

        public bool Careful { get; } = careful;
    }

    public sealed class NotAhead(PhraseNode part) : PhraseNode
    {
        public PhraseNode Part { get; } = part;
    }

    public sealed class NotBehind(PhraseNode part) : PhraseNode
    {
        public PhraseNode Part { get; } = part;
    }

    /// <summary>The place where a clause begins or ends.</summary>
    public sealed class Edge(bool atStart, bool hard) : PhraseNode
    {
        public bool AtStart { get; } = atStart;

        public bool Hard { get; } = hard;
    }
}
