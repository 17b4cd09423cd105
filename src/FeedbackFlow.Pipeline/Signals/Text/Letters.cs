using System.Globalization;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>The letters that a word is of; a word ends where they change.</summary>
internal enum Script : byte
{
    Latin,
    Hebrew,
    Digit,
    Other,
}

/// <summary>What one UTF-16 unit is for reading: folded to the shape in which words are compared.</summary>
internal static class Letters
{
    /// <summary>Up to the end of the Hebrew letters; most texts hold little else.</summary>
    private const int Near = 0x600;

    private static readonly Known[] All = KnowAll();

    /// <summary>Of what words are made. Half a pair of surrogates is none.</summary>
    public static bool IsWordUnit(char c) => c < Near ? All[c].IsWordUnit : char.IsLetterOrDigit(c) && !char.IsSurrogate(c);

    public static Script ScriptOf(char c) => c < Near ? All[c].Script : FindScriptOf(c);

    public static bool IsHebrew(char c) => c is >= 'א' and <= 'ת' or >= '\uFB1D' and <= '\uFB4F';

    public static bool IsLatin(char c) => char.IsAsciiLetter(c) || c is >= '\u00C0' and <= '\u024F';

    public static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u052F';

    public static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';

    /// <summary>Written inside words without being part of them: niqqud, joiners, direction marks, variation selectors.</summary>
    public static bool IsInvisible(char c) => c < Near ? All[c].IsInvisible : FindIsInvisible(c);

    private static bool FindIsInvisible(char c) => c switch
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
        _ => Rare.Folded[c],
    };

    public static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or '`' or '´' or '׳' or 'ʼ';

    public static bool IsGershayim(char c) => c is '"' or '״' or '”' or '“' or '„';

    private static Script FindScriptOf(char c) =>
        IsLatin(c) ? Script.Latin
        : IsHebrew(c) ? Script.Hebrew
        : char.IsDigit(c) ? Script.Digit
        : Script.Other;

    private static Known[] KnowAll()
    {
        var all = new Known[Near];
        for (var c = '\0'; c < Near; c++)
        {
            all[c] = new Known(char.IsLetterOrDigit(c), FindIsInvisible(c), FindScriptOf(c));
        }

        return all;
    }

    /// <summary>What is asked of every letter of a text.</summary>
    private readonly record struct Known(bool IsWordUnit, bool IsInvisible, Script Script);

    /// <summary>
    /// Every letter beyond ASCII, from <c>folded.txt</c>: the same on every machine, with or without its Unicode library. Apart, because most texts never ask.
    /// </summary>
    private static class Rare
    {
        private const int FirstHangul = 0xAC00, LastHangul = 0xD7A3, FirstJamo = 0x1100, SyllablesOfJamo = 588;

        public static readonly char[] Folded = Read();

        private static char[] Read()
        {
            var folded = new char[char.MaxValue + 1];
            for (var at = 0; at < folded.Length; at++) folded[at] = at is >= FirstHangul and <= LastHangul ? (char)(FirstJamo + (at - FirstHangul) / SyllablesOfJamo) : (char)at;
            foreach (var line in SignalResources.Lines("folded.txt"))
            {
                var units = line.Split(' ');
                foreach (var from in units[1..]) Array.Fill(folded, (char)Unit(units[0]), Unit(from[..4]), Unit(from[^4..]) - Unit(from[..4]) + 1);
            }

            return folded;
        }

        private static int Unit(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
