using System.Collections.Frozen;
using System.Text.Json;

namespace FeedbackFlow.App;

/// <summary>Everything a person sees, in one language. A third language is one more file beside <c>he.json</c> and <c>en.json</c>.</summary>
public sealed partial class Words
{
    private const string Fallback = "en";
    private static readonly FrozenDictionary<string, Words> All = Load();

    private readonly FrozenDictionary<string, string> texts;

    private Words(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        this.texts = texts;
    }

    public static IReadOnlyList<string> Languages => All.Keys.Order(StringComparer.Ordinal).ToList();

    /// <summary>ISO 639-1 code, as it stands in <c>lang</c>.</summary>
    public string Language { get; }

    /// <summary><c>rtl</c> or <c>ltr</c>, as it stands in <c>dir</c>.</summary>
    public string Direction => this["language.direction"];

    public IReadOnlyCollection<string> Keys => texts.Keys;

    /// <summary>The words of a language or of its regional form (<c>he-IL</c>); English where the language is not known.</summary>
    public static Words For(string? language) =>
        All.TryGetValue(language?.Split('-')[0] ?? Fallback, out var words) ? words : All[Fallback];

    /// <summary>The first language of an Accept-Language header that is spoken here; the fallback where none is.</summary>
    public static string Accepted(string? header, string fallback) =>
        (header ?? "").Split(',')
            .Select(range => range.Split(';')[0].Split('-')[0].Trim())
            .FirstOrDefault(All.ContainsKey)?.ToLowerInvariant() ?? fallback;

    public string this[string key] =>
        texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"{Language}.json has no '{key}'.");

    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>The text with its placeholders filled in one pass, so that braces inside a value stay what they are.</summary>
    public string Say(string key, params (string Name, string Value)[] values) =>
        string.Concat(Template.Parse(this[key]).Select(piece => piece.IsPlaceholder ? ValueOf(key, piece.Text, values) : piece.Text));

    /// <summary>The form of a text for a number (<c>key.one</c>, <c>key.two</c>, <c>key.other</c>), with the number as <c>{n}</c>.</summary>
    public string Count(string key, int number) => Say(key + "." + Form(number), ("n", Number(number)));

    public IReadOnlyList<Template.Piece> Pieces(string key) => Template.Parse(this[key]);

    public static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A phrase that begins a line; scripts without capitals stay as they are.</summary>
    public static string Capital(string phrase) => phrase.Length == 0 ? phrase : char.ToUpperInvariant(phrase[0]) + phrase[1..];

    private static string Form(int number) => number switch
    {
        1 => "one",
        2 => "two",
        _ => "other",
    };

    private static string ValueOf(string key, string name, (string Name, string Value)[] values)
    {
        foreach (var value in values)
        {
            if (value.Name == name) return value.Value;
        }

        throw new ArgumentException($"'{key}' asks for '{{{name}}}'.", nameof(values));
    }

    private static FrozenDictionary<string, Words> Load()
    {
        const string folder = "FeedbackFlow.App.Words.";
        var assembly = typeof(Words).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
                return new Words(name[folder.Length..^".json".Length], texts.ToFrozenDictionary(StringComparer.Ordinal));
            })
            .ToFrozenDictionary(words => words.Language, StringComparer.OrdinalIgnoreCase);
    }
}
