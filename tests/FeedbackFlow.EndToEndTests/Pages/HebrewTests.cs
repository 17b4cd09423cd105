using System.Text.RegularExpressions;
using FeedbackFlow.App;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Hebrew that speaks to everybody, and an apology that only apologises.</summary>
public partial class HebrewTests
{
    private static readonly string[] Gendered =
    [
        "אתה", "תוכל", "תוכלי", "אלייך", "אליך", "מוזמן", "מוזמנת", "לחץ", "לחצי", "בחר", "בחרי", "כתוב", "כתבי", "שלח", "שלחי", "הזן", "הזיני",
        "מרוצה", "תרצה", "תרצי", "תמליץ", "תמליצי", "הלקוח", "הלקוחה", "לקוח", "לקוחה", "המנהל", "המנהלת",
    ];

    private static readonly string[] Blaming = ["אם הרגשת", "אם נפגעת", "לצערנו הרגשת", "אי הנעימות", "אי־הנעימות", "אם חלילה"];

    private static readonly string[] Offers = ["מבצע", "הנחה", "הטבה", "קופון", "מתנה", "פרסומת", "מחיר", "discount", "offer", "coupon", "voucher", "gift", "sale", "review"];

    [Fact]
    public void No_word_has_two_genders() => Assert.DoesNotContain(Texts(), text => TwoGenders().IsMatch(text.Value));

    /// <summary>The people of the demo's story are told about, not addressed: they may have a gender.</summary>
    [Fact]
    public void Nobody_is_addressed_by_gender() => Assert.DoesNotContain(
        Texts().Where(text => !text.Key.StartsWith("demo.", StringComparison.Ordinal)), text => Gendered.Any(word => HasWord(text.Value, word)));

    [Fact]
    public void Nobody_is_blamed_for_feelings() => Assert.DoesNotContain(Texts(), text => Blaming.Any(text.Value.Contains));

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public void An_apology_offers_nothing_and_asks_for_nothing(string language)
    {
        var apology = Words.For(language).Keys.Where(key => key.StartsWith("apology.", StringComparison.Ordinal)).Select(key => Words.For(language)[key]);
        Assert.DoesNotContain(apology, text => Offers.Any(word => HasWord(text, word)));
    }

    [Fact]
    public void Hebrew_is_in_Hebrew() => Assert.DoesNotContain(Texts(), text => !IsMeant(text.Key) && IsForeign(text.Key));

    [Theory]
    [InlineData("אפשר שתוכל/י לבחור")]
    [InlineData("מנהל/ת השירות")]
    public void The_lint_finds_two_genders(string text) => Assert.Matches(TwoGenders(), text);

    [Theory]
    [InlineData("אתה יכול", true)]
    [InlineData("בחר כאן", true)]
    [InlineData("צריך לבחור", false)]
    [InlineData("כתובת", false)]
    public void The_lint_finds_whole_words(string text, bool found) => Assert.Equal(found, Gendered.Any(word => HasWord(text, word)));

    private static bool IsMeant(string key) => key is "language.direction" or "page.product" or "way.teams" or "way.slack" or "way.ntfy";

    private static bool IsForeign(string key)
    {
        var own = string.Concat(Words.For("he").Pieces(key).Where(piece => !piece.IsPlaceholder).Select(piece => piece.Text));
        return own.Any(char.IsAsciiLetter) && !own.Any(c => c is >= 'א' and <= 'ת');
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts() => Words.For("he").Keys.Select(key => KeyValuePair.Create(key, Words.For("he")[key]));

    private static bool HasWord(string text, string word) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.IgnoreCase);

    [GeneratedRegex("[א-ת]\\s?/\\s?[א-ת]")]
    private static partial Regex TwoGenders();
}
