namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What happens to letters on Shabbat and holidays.</summary>
public enum RestMode
{
    /// <summary>Nothing leaves but a sign-in link that somebody asked for; letters wait and are written again when the rest is over.</summary>
    Hold,

    /// <summary>The customer gets a plain acknowledgement at once; everything else waits.</summary>
    Soften,

    /// <summary>Every day is a day.</summary>
    Off,
}
