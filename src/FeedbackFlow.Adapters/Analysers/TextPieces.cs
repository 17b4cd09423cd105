using System.Globalization;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Adapters.Analysers;

/// <summary>Cuts a text where the service cuts it off: after 5,120 text elements (what a reader takes for one character). Cuts fall after sentences, so that none is judged by half.</summary>
internal static class TextPieces
{
    public const int MostElements = 5_120;

    /// <summary>Pieces in text order that together are the whole text.</summary>
    public static IReadOnlyList<Evidence> Of(string text, int most = MostElements)
    {
        var pieces = new List<Evidence>();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start, most);
            pieces.Add(new(start, end - start));
            start = end;
        }

        return pieces;
    }

    private static int EndOf(string text, int start, int most)
    {
        var (at, sentence, word) = (start, 0, 0);
        for (var elements = 0; elements < most && at < text.Length; elements++)
        {
            at += StringInfo.GetNextTextElementLength(text, at);
            if (text[at - 1] is '.' or '!' or '?' or '…' or '\n') sentence = at;
            else if (char.IsWhiteSpace(text[at - 1])) word = at;
        }

        return at == text.Length ? at : sentence > start ? sentence : word > start ? word : at;
    }
}
