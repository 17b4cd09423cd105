namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The language by its letters: Hebrew, English, a mix of both, or a script that the detector recognises and does not read.</summary>
internal static class LanguageGuess
{
    private const double ShareThatMixes = 0.25;
    private const int LettersThatMix = 8;

    public static string Of(TokenText text)
    {
        int hebrew = 0, latin = 0, cyrillic = 0, ukrainian = 0, arabic = 0, persian = 0, other = 0;
        foreach (var token in text.Tokens)
        {
            if (token.Kind is TokenKind.Handle or TokenKind.OtherHandle or TokenKind.Link or TokenKind.Number)
            {
                continue;
            }

            foreach (var c in text.Original.AsSpan(token.Start, token.End - token.Start))
            {
                if (Letters.IsHebrew(c))
                {
                    hebrew++;
                }
                else if (Letters.IsLatin(c))
                {
                    latin++;
                }
                else if (Letters.IsCyrillic(c))
                {
                    cyrillic++;
                    ukrainian += c is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ' ? 1 : 0;
                }
                else if (Letters.IsArabic(c))
                {
                    arabic++;
                    persian += c is 'پ' or 'چ' or 'ژ' or 'گ' ? 1 : 0;
                }
                else if (char.IsLetter(c))
                {
                    other++;
                }
            }
        }

        var read = hebrew + latin;
        if (cyrillic > read && cyrillic > arabic)
        {
            return ukrainian > 0 ? "uk" : "ru";
        }

        if (arabic > read)
        {
            return persian > 0 ? "fa" : "ar";
        }

        if (read == 0 || other > read)
        {
            return "und";
        }

        var less = Math.Min(hebrew, latin);
        return less >= LettersThatMix && less >= ShareThatMixes * read ? "mixed"
            : hebrew >= latin ? "he"
            : "en";
    }
}
