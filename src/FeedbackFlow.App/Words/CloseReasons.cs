using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App;

/// <summary>The usual reasons for an outcome, to choose from with one tap; anything else is written.</summary>
public static class CloseReasons
{
    /// <summary>The choice that asks for words of one's own.</summary>
    public const string Other = "other";

    public const int LongestText = 500;

    private static readonly string[] Saved = ["solved", "explained", "redone", "refunded", Other];
    private static readonly string[] Lost = ["waited-too-long", "went-elsewhere", "trust", "price", Other];

    public static IReadOnlyList<string> For(Outcome outcome) => outcome switch
    {
        Outcome.Saved => Saved,
        Outcome.Lost => Lost,
        Outcome.NotReached or Outcome.NoFault or Outcome.Duplicate => [],
    };

    /// <summary>What a choice is called; the choice must be one of <see cref="For"/>.</summary>
    public static string Say(Words words, string choice) => words["close.reason." + choice];

    /// <summary>What is stored as the reason: the choice in words, the text that was typed, or both. Null when neither says anything.</summary>
    public static string? Compose(Words words, Outcome outcome, string? choice, string? text)
    {
        var typed = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (choice is null or Other || !For(outcome).Contains(choice)) return typed;
        return typed is null ? Say(words, choice) : words.Say("close.reason.with-text", ("reason", Say(words, choice)), ("text", typed));
    }
}
