using System.Text;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Evens out spellings that mean the same word: lengthened letters, full and defective Hebrew spelling, geresh.</summary>
internal static class WordShape
{
    /// <summary>For words of the phrase files, so that both sides are shaped alike.</summary>
    public static string Of(string raw)
    {
        var builder = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            builder.Append(Letters.IsApostrophe(c) ? '\'' : Letters.IsGershayim(c) ? '"' : Letters.Fold(c));
        }

        return Settle(builder);
    }

    public static string Settle(StringBuilder word)
    {
        if (word.Length == 0)
        {
            return "";
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

        word.Length = write;
        return word.ToString();
    }
}
