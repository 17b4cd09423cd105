using System.Runtime.CompilerServices;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Evens out spellings that mean the same word: lengthened letters, full and defective Hebrew spelling, geresh.</summary>
internal static class WordShape
{
    /// <summary>For words of the phrase files, so that both sides are shaped alike. Returns the length of the shaped word.</summary>
    /// <remarks>Start-up shapes some 30,000 words, too few calls for the runtime to optimise in time by itself.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Of(ReadOnlySpan<char> raw, Span<char> word)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            word[i] = Letters.Fold(raw[i]);
        }

        return Settle(word[..raw.Length]);
    }

    public static string Of(string raw)
    {
        Span<char> word = stackalloc char[raw.Length];
        return new string(word[..Of(raw, word)]);
    }

    /// <summary>Settles a folded word in its place. Returns its new length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Settle(Span<char> word)
    {
        if (IsSettled(word))
        {
            return word.Length;
        }

        var hebrew = Letters.IsHebrew(word[0]);
        var write = 0;
        for (var read = 0; read < word.Length;)
        {
            var c = word[read];
            var run = 1;
            while (read + run < word.Length && word[read + run] == c)
            {
                run++;
            }

            read += run;
            if (hebrew && c == '\'')
            {
                continue;
            }

            // A word of one letter only is a name ("BBB");
            // "גרועעע" and "sooo" are one letter said long; יי and וו are one letter written full.
            var kept = char.IsDigit(c) ? run : run == word.Length ? Math.Min(run, 3) : run >= 3 || (hebrew && c is 'י' or 'ו') ? 1 : run;
            if (hebrew && run == 2 && read >= word.Length && write >= 2)
            {
                kept = 1;
            }

            for (var k = 0; k < kept; k++)
            {
                word[write++] = c;
            }
        }

        return write;
    }

    /// <summary>Most words: no letter stands twice in a row, and there is no geresh.</summary>
    private static bool IsSettled(ReadOnlySpan<char> word)
    {
        var last = '\'';
        foreach (var c in word)
        {
            if (c == last || c == '\'')
            {
                return false;
            }

            last = c;
        }

        return true;
    }
}
