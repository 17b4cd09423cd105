using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Channels;

/// <summary>Briefs as the app writes them, with words of a customer who means no good.</summary>
internal static class Briefs
{
    public static readonly Uri Claim = new("https://feedback.example.com/a/demo.9f86d081884c7d659a2feaa0c55ad015");
    public static readonly Uri Page = new("https://feedback.example.com/manage/tasks/019c1800518077ed8c624106ca24d83a");

    /// <summary>What a name may hold: signs of every format, mentions, links, a direction mark of another script, a pair that must not be torn.</summary>
    public const string Hostile = "<!channel> <@U1|x> *b* _i_ `c` &amp; [go](https://evil.example) <at>all</at> @everyone \"q\" \\ 😀 שלום";

    public static Brief Of(string who = Hostile, params string[] lines) => new($"\u2068{who}\u2069: איום לעזוב · להתקשר עד 13:45", lines.Length > 0 ? lines : [$"\"\u2068{who}\u2069\"", "להתקשר היום עד 13:45"], [new("לוקח על עצמי", Claim), new("לפתוח את הפנייה", Page)]);

    public static Letter Letter(Brief? brief = null, LetterKind kind = LetterKind.Alert) => A.Letter() with { Kind = kind, Brief = brief ?? Of() };
}
