using System.Globalization;
using System.Text;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What one UTF-16 unit is for reading: folded to the shape in which words are compared.</summary>
internal static class Letters
{
    public static bool IsHebrew(char c) => c is >= 'א' and <= 'ת' or >= '\uFB1D' and <= '\uFB4F';

    public static bool IsLatin(char c) => char.IsAsciiLetter(c) || c is >= '\u00C0' and <= '\u024F';

    public static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u052F';

    public static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';

    /// <summary>Written inside words without being part of them: niqqud, joiners, direction marks, variation selectors.</summary>
    public static bool IsInvisible(char c) => c switch
    {
        < '\u00AD' => c is < ' ' and not ('\t' or '\n' or '\r' or '\v' or '\f'),
        '\u00AD' => true,
        >= '\u0300' and <= '\u036F' => true,
        >= '\u0591' and <= '\u05C7' => c is not ('\u05BE' or '\u05C0' or '\u05C3'),
        >= '\u200B' and <= '\u200F' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2060' and <= '\u206F' => true,
        >= '\uFE00' and <= '\uFE0F' => true,
        '\uFEFF' or '\u061C' or '\u180E' => true,
        _ => false,
    };

    /// <summary>Lower case, final letters as medial ones, accents off, one kind of apostrophe and one of gershayim.</summary>
    public static char Fold(char c) => c is (>= 'a' and <= 'z') or (>= 'א' and <= 'י') ? c : FoldOther(c);

    private static char FoldOther(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        >= 'א' and <= 'ת' => c,
        _ when IsApostrophe(c) => '\'',
        _ when IsGershayim(c) => '"',
        < '\u0080' => c,
        _ => FoldRare(c),
    };

    private static char FoldRare(char c)
    {
        ref var folded = ref Rare.Folded[c];
        if (folded == 0)
        {
            folded = WithoutAccent(c) is var plain && plain == c ? char.ToLowerInvariant(c) : Fold(plain);
        }

        return folded;
    }

    private static char WithoutAccent(char c) =>
        char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned ? c : c.ToString().Normalize(NormalizationForm.FormKD)[0];

    public static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or '`' or '´' or '׳' or 'ʼ';

    public static bool IsGershayim(char c) => c is '"' or '״' or '”' or '“' or '„';

    /// <summary>Decomposing is slow; every letter is decomposed once. Apart, because most texts never ask.</summary>
    private static class Rare
    {
        public static readonly char[] Folded = new char[char.MaxValue + 1];
    }
}
