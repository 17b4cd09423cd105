namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// Which phrases are worth trying, and where: only where a word stands that a phrase can begin with, and behind it, as far away as the phrase allows, the words that it
/// cannot do without.
/// </summary>
internal sealed class PhraseIndex
{
    /// <summary>Words so far behind a beginning are looked for in the stretch of its beginning.</summary>
    public const int Farthest = 31;

    private readonly ShortLists setsWith;
    private readonly ShortLists decidedBy;
    private readonly int[] firstNeed;
    private readonly Need[] needs;
    private readonly WordSet[] beginnings;

    /// <param name="uses">For each word how often phrases ask for it.</param>
    public PhraseIndex(List<PhraseNode> phrases, ReadOnlySpan<int> uses)
    {
        Count = phrases.Count;
        beginnings = new WordSet[Count];
        firstNeed = new int[Count + 1];
        var sets = new WordSets(uses.Length);
        var needed = new List<NeededWords>[Count];
        for (var phrase = 0; phrase < Count; phrase++)
        {
            beginnings[phrase] = phrases[phrase].Beginnings ?? throw new FormatException("A phrase must begin with a word.");
            needed[phrase] = RarestFirst(phrases[phrase], beginnings[phrase], uses);
            firstNeed[phrase + 1] = firstNeed[phrase] + needed[phrase].Count;
        }

        needs = new Need[firstNeed[Count]];
        var decided = new List<int>?[uses.Length];
        for (var phrase = 0; phrase < Count; phrase++)
        {
            var at = firstNeed[phrase];
            foreach (var words in needed[phrase])
            {
                needs[at++] = new Need(sets.NumberOf(words.Words), words.From, words.To - words.From);
            }

            foreach (var word in needed[phrase][0].Words.Ids)
            {
                AddOnce(ref decided[word], phrase);
            }
        }

        SetCount = sets.Count;
        setsWith = sets.ByWord();
        decidedBy = new ShortLists(decided);
    }

    /// <summary>How many phrases there are; they are numbered from 0.</summary>
    public int Count { get; }

    /// <summary>How many sets of words the phrases need.</summary>
    public int SetCount { get; }

    /// <summary>Finds the phrases of which the rarest words are in a stretch of text.</summary>
    /// <param name="stretch">Takes the needed words of the stretch.</param>
    /// <param name="candidates">Takes the phrases; what was in it goes.</param>
    public void FindCandidates(NumberedText text, int from, int to, SentenceWords stretch, BitSet candidates)
    {
        stretch.Clear();
        candidates.Clear();
        for (var token = from; token < to; token++)
        {
            foreach (var word in text.IdsOf(token))
            {
                foreach (var set in setsWith[word])
                {
                    stretch.Add(set, token - from);
                }

                foreach (var phrase in decidedBy[word])
                {
                    candidates.Add(phrase);
                }
            }
        }
    }

    /// <summary>Where in a stretch a phrase may begin: one bit for every word.</summary>
    public ulong StartsOf(int phrase, SentenceWords stretch)
    {
        var starts = ulong.MaxValue;
        for (var at = firstNeed[phrase]; at < firstNeed[phrase + 1] && starts != 0; at++)
        {
            starts &= stretch.Before(needs[at].Set, needs[at].From, needs[at].More);
        }

        return starts;
    }

    /// <summary>The place of the first of a token's words with which a phrase can begin.</summary>
    public int FirstOf(ReadOnlySpan<int> words, int phrase)
    {
        var first = 0;
        while (first + 1 < words.Length && !beginnings[phrase].HasOneOf(words.Slice(first, 1)))
        {
            first++;
        }

        return first;
    }

    /// <summary>Where a phrase can begin, and the words that it needs; first what stands in the fewest texts.</summary>
    private static List<NeededWords> RarestFirst(PhraseNode phrase, WordSet beginning, ReadOnlySpan<int> uses)
    {
        var rarest = new List<NeededWords> { new(beginning, 0, 0) };
        foreach (var words in phrase.Needed(uses))
        {
            if (words.To > Farthest || (words.To == 0 && words.Words.Ids.SequenceEqual(beginning.Ids)))
            {
                continue;
            }

            var at = rarest.Count;
            while (at > 0 && words.Words.UsesOf(uses) < rarest[at - 1].Words.UsesOf(uses))
            {
                at--;
            }

            rarest.Insert(at, words);
        }

        return rarest;
    }

    private static void AddOnce(ref List<int>? list, int phrase)
    {
        list ??= [];
        if (list.Count == 0 || list[^1] != phrase)
        {
            list.Add(phrase);
        }
    }

    /// <summary>A word of a set stands from <paramref name="From"/> to <paramref name="From"/> + <paramref name="More"/> words behind the beginning.</summary>
    private readonly record struct Need(int Set, int From, int More);
}
