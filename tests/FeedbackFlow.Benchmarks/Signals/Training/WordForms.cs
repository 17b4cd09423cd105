using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>A form of a word as it is compared, with the person and tense that it shows.</summary>
internal readonly record struct WordForm(string Word, WordPerson Person, WordTense Tense);

/// <summary>All forms of an entry of the lexicon. Forms that nobody uses do no harm: no text has them.</summary>
internal static class WordForms
{
    private const string Vowels = "aeiou";

    /// <param name="entry"><c>=word</c> as it stands; <c>go/went/gone</c>; <c>ביטל,מבטל,בטל</c>; or a word that is taken with its endings.</param>
    public static IEnumerable<WordForm> Of(string entry) =>
        (entry switch
        {
            ['=', .. var word] => [Plain(word)],
            _ when entry.Contains(',', StringComparison.Ordinal) => HebrewVerb(entry.Split(',')),
            _ when Letters.IsHebrew(entry[0]) => HebrewNoun(entry),
            _ => English(entry.Split('/')),
        }).Select(form => form with { Word = WordShape.Of(form.Word) }).Where(form => form.Word.Length > 0);

    private static WordForm Plain(string word) => new(word, WordPerson.None, WordTense.None);

    private static IEnumerable<WordForm> English(string[] forms)
    {
        var word = forms[0];
        yield return Plain(word);
        foreach (var past in forms[1..])
        {
            yield return new(past, WordPerson.None, WordTense.Past);
        }

        if (word.Length < 3 || !char.IsAsciiLetter(word[^1]))
        {
            yield break;
        }

        var stem = word[^1] == 'e' ? word[..^1] : word;
        yield return Plain(word[^1] == 'y' && !Vowels.Contains(word[^2], StringComparison.Ordinal) ? word[..^1] + "ies" : word[^1] is 's' or 'x' or 'h' ? word + "es" : word + "s");
        yield return new(stem + "ing", WordPerson.None, WordTense.Present);
        yield return Plain(stem + "er");
        if (forms.Length == 1)
        {
            yield return new(word[^1] == 'y' && !Vowels.Contains(word[^2], StringComparison.Ordinal) ? word[..^1] + "ied" : stem + "ed", WordPerson.None, WordTense.Past);
        }

        if (!Vowels.Contains(word[^1], StringComparison.Ordinal) && Vowels.Contains(word[^2], StringComparison.Ordinal) && !Vowels.Contains(word[^3], StringComparison.Ordinal))
        {
            yield return new(word + word[^1] + "ing", WordPerson.None, WordTense.Present);
            yield return new(word + word[^1] + "ed", WordPerson.None, WordTense.Past);
        }
    }

    private static IEnumerable<WordForm> HebrewNoun(string word)
    {
        yield return Plain(word);
        var stem = word[^1] is 'ה' or 'ת' && word.Length > 3 ? word[..^1] : word;
        var isFeminine = stem.Length < word.Length;
        foreach (var ending in isFeminine ? ["ת", "ות", "תי", "תו", "תה", "תנו", "תכם", "ים", "ה"] : new[] { "ים", "ות", "ה", "ת", "י", "ו", "נו", "כם", "ך", "ם", "יי", "ינו", "יכם", "יהם" })
        {
            yield return Plain(stem + ending);
        }
    }

    /// <param name="parts">He did, he does, the future without its first letter, and where it is irregular the infinitive.</param>
    private static IEnumerable<WordForm> HebrewVerb(string[] parts)
    {
        var (past, present, future) = (parts[0], parts[1], parts[2]);
        foreach (var form in Past(past).Concat(Present(present)).Concat(Future(future)))
        {
            yield return form;
        }

        yield return new(parts.Length > 3 ? parts[3] : Infinitive(past, future), WordPerson.None, WordTense.Infinitive);
    }

    private static IEnumerable<WordForm> Past(string past)
    {
        yield return new(past, WordPerson.Third, WordTense.Past);
        var isWeak = past[^1] == 'ה';
        var stem = isWeak ? past[..^1] : past;
        yield return new(stem + (isWeak ? "תה" : "ה"), WordPerson.Third, WordTense.Past);
        yield return new(stem + "ו", WordPerson.Third, WordTense.Past);
        var spoken = isWeak ? stem + "י" : past.Length > 3 && past[0] == 'ה' && past[^2] == 'י' ? past[..^2] + past[^1] : past;
        foreach (var ending in new[] { "תי", "נו" })
        {
            yield return new(spoken + ending, WordPerson.First, WordTense.Past);
        }

        foreach (var ending in new[] { "ת", "תם", "תן" })
        {
            yield return new(spoken + ending, WordPerson.Second, WordTense.Past);
        }
    }

    private static IEnumerable<WordForm> Present(string present)
    {
        var stem = present[^1] == 'ה' ? present[..^1] : present;
        foreach (var form in new[] { present, stem + "ת", stem + "ה", stem + "ים", stem + "ות" })
        {
            yield return new(form, WordPerson.None, WordTense.Present);
        }
    }

    private static IEnumerable<WordForm> Future(string future)
    {
        var stem = future[^1] == 'ה' ? future[..^1] : future;
        var shortened = stem.Length > 2 && stem[^2] == 'ו' ? stem[..^2] + stem[^1] : stem;
        foreach (var prefix in "אנ")
        {
            yield return new(prefix + future, WordPerson.First, WordTense.Future);
        }

        yield return new('י' + future, WordPerson.Third, WordTense.Future);
        yield return new('ת' + future, WordPerson.Second, WordTense.Future);
        yield return new('ת' + shortened + 'י', WordPerson.Second, WordTense.Future);
        foreach (var core in new[] { stem, shortened }.Distinct())
        {
            yield return new('ת' + core + 'ו', WordPerson.Second, WordTense.Future);
            yield return new('י' + core + 'ו', WordPerson.Third, WordTense.Future);
        }

        foreach (var ending in new[] { "ו", "י" })
        {
            yield return new(shortened + ending, WordPerson.Second, WordTense.Future);
        }
    }

    private static string Infinitive(string past, string future) =>
        future[^1] == 'ה' ? (past[0] == 'ה' ? "לה" : "ל") + future[..^1] + "ות"
        : past.Length > 3 && past[0] == 'ה' ? "לה" + future
        : "ל" + future;
}
