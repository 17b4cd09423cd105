namespace FeedbackFlow.Pipeline.Intake;

/// <summary>The scales a score may be given on: <c>nps</c> 0-10, <c>csat</c> 1-5, <c>stars</c> 1-5.</summary>
public enum RatingScale
{
    Nps,
    Csat,
    Stars,
}

/// <summary>A score on its scale. Low is NPS 0-6 and CSAT or stars 1-2; high is NPS 9-10 and CSAT or stars 4-5.</summary>
public sealed record Rating(RatingScale Scale, int Value)
{
    public static int Lowest(RatingScale scale) => scale == RatingScale.Nps ? 0 : 1;

    public static int Highest(RatingScale scale) => scale == RatingScale.Nps ? 10 : 5;

    public bool IsLow => Value <= (Scale == RatingScale.Nps ? 6 : 2);

    public bool IsHigh => Value >= (Scale == RatingScale.Nps ? 9 : 4);
}
