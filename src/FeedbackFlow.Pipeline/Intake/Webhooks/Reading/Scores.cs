using System.Globalization;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>From what senders call a score to a rating: <c>2</c>, <c>"2"</c>, <c>2.5</c>, <c>TWO</c>, <c>4/5</c>, thumbs.</summary>
public static class Scores
{
    /// <summary>What a sender may call a scale, and on which of ours it is kept.</summary>
    public static readonly IReadOnlyList<string> Scales = ["nps", "nps10", "csat", "csat5", "stars", "stars5", "ces7", "thumbs"];

    private static readonly string[] Words = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];

    /// <summary>Null when it is no score on this scale. Without a scale 1 to 5 are stars and 0 and 6 to 10 are NPS.</summary>
    public static Rating? Read(string? given, string? scale)
    {
        if (Number(given, scale) is not { } number) return null;
        return scale?.Trim().ToLowerInvariant() switch
        {
            "nps" or "nps10" => Whole(RatingScale.Nps, number),
            "csat" or "csat5" => Whole(RatingScale.Csat, number),
            "stars" or "stars5" => Whole(RatingScale.Stars, number),
            // Seven steps onto five: the ends and the middle stay where they are.
            "ces7" => number is >= 1 and <= 7 ? Whole(RatingScale.Csat, decimal.Floor(((number - 1) * 4 / 6) + 1)) : null,
            "thumbs" => number is 0 or 1 ? new Rating(RatingScale.Csat, number == 1 ? 5 : 1) : null,
            null or "" => number is >= 0.5m and <= 5 ? Whole(RatingScale.Stars, number) : Whole(RatingScale.Nps, number),
            _ => null,
        };
    }

    /// <summary>Half a star counts downwards: nobody who gives one and a half is content.</summary>
    private static Rating? Whole(RatingScale scale, decimal number)
    {
        var value = decimal.Floor(number);
        if (number > 0 && number < 1 && scale != RatingScale.Nps) value = 1;
        return value >= Rating.Lowest(scale) && number <= Rating.Highest(scale) ? new(scale, (int)value) : null;
    }

    private static decimal? Number(string? given, string? scale)
    {
        if (given is null) return null;
        var text = given.Trim();
        if (text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash) text = text[..slash];
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        if (Array.IndexOf(Words, text.ToUpperInvariant()) is >= 0 and var word) return word;
        if (scale != "thumbs") return null;
        return text.ToLowerInvariant() switch { "true" or "up" or "positive" or "👍" => 1, "false" or "down" or "negative" or "👎" => 0, _ => null };
    }
}
