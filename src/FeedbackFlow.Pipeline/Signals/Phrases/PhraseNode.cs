namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A parsed phrase, before it is compiled. Named parts are shared between phrases.</summary>
internal abstract class PhraseNode
{
    private WordSet? beginnings;
    private List<NeededWords>? needed;
    private bool isKnown;
    private bool isMeasured;
    private int shortest;
    private int longest;

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

    /// <summary>Wherever this is found there is a word out of each of them.</summary>
    /// <param name="uses">How often phrases ask for each word.</param>
    public List<NeededWords> Needed(ReadOnlySpan<int> uses) => needed ??= NeededWords.Of(this, uses);

    /// <summary>The fewest words that it takes.</summary>
    public int Shortest
    {
        get
        {
            Measure();
            return shortest;
        }
    }

    /// <summary>The most words that it takes.</summary>
    public int Longest
    {
        get
        {
            Measure();
            return longest;
        }
    }

    private void Measure()
    {
        if (isMeasured)
        {
            return;
        }

        isMeasured = true;
        switch (this)
        {
            case OneOf:
                (shortest, longest) = (1, 1);
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    (shortest, longest) = (shortest + part.Shortest, longest + part.Longest);
                }

                break;
            case Choice choice:
                shortest = int.MaxValue;
                foreach (var option in choice.Options)
                {
                    (shortest, longest) = (Math.Min(shortest, option.Shortest), Math.Max(longest, option.Longest));
                }

                break;
            case Maybe maybe:
                longest = maybe.Part.Longest;
                break;
            case Skip skip:
                longest = skip.Most;
                break;
            default:
                break;
        }
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
