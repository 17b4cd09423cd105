namespace FeedbackFlow.Pipeline.Signals;

/// <summary>
/// A text cut into clauses, the unit that the learned model weighs. Clauses end where the writer put a comma or a full stop; where nobody put one,
/// before a joining word, and at the latest after <see cref="Longest"/> words.
/// </summary>
internal sealed class ClauseMap
{
    private const int Longest = 12;
    private const int ShortestBeforeLink = 3;

    private readonly List<int> starts = Lent<int>.TakeList();
    private readonly int words;

    private ClauseMap(NumberedText text)
    {
        words = text.Count;
        for (var i = 0; i < text.Count; i++)
        {
            if (i == 0 || text.ClauseStarts(i) || IsTooLong(text, i))
            {
                starts.Add(i);
            }
        }
    }

    public int Count => starts.Count;

    public static ClauseMap Of(NumberedText text) => new(text);

    public int From(int clause) => starts[clause];

    public int To(int clause) => clause + 1 < starts.Count ? starts[clause + 1] : words;

    /// <summary>Lends its memory to the next text. Nothing may ask it afterwards.</summary>
    public void Return() => Lent<int>.Return(starts);

    private bool IsTooLong(NumberedText text, int at)
    {
        var length = at - starts[^1];
        return length >= Longest || (length >= ShortestBeforeLink && text.Links(at) && !text.Links(at - 1));
    }
}
