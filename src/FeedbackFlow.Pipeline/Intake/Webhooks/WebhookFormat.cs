namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>
/// How one kind of sender signs and writes its deliveries. Pure: the same bytes give the same events. A new sender is one file with a class like
/// this, which <see cref="FormatTable"/> finds, and its vector in the tests.
/// </summary>
public abstract class WebhookFormat
{
    /// <summary>As settings, addresses and the command line have it, such as <c>typeform</c>.</summary>
    public abstract string Name { get; }

    /// <summary>As people know it, such as <c>Typeform</c>.</summary>
    public abstract string Brand { get; }

    /// <summary>How a delivery shows who sent it.</summary>
    public abstract Proof Proof { get; }

    /// <summary>What comes from here when the events do not say it themselves.</summary>
    public virtual Channel Channel => Channel.Form;

    /// <summary>
    /// Forms and review sites are open to everybody: what is typed there fills gaps only and is never repeated in a letter (design 4.9).
    /// Senders of the business's own are believed like its API.
    /// </summary>
    public virtual Origin Origin => Origin.OpenLink;

    /// <summary>Longest public reply the platform takes, in UTF-8 bytes; null where replies are not written there.</summary>
    public virtual int? LongestReply => null;

    /// <summary>Its contract was not seen in the vendor's own words, or the vendor is giving it up.</summary>
    public virtual bool IsExperimental => false;

    /// <summary>Its fields can be found by a mapping that the owner writes.</summary>
    public virtual bool TakesMapping => false;

    public abstract Parsed Read(Arrival arrival, Source source);

    /// <summary>A delivery as the sender would write it; the test button signs and sends it, and the docs show it.</summary>
    /// <param name="id">What makes this one differ from the last.</param>
    public abstract Sample Sample(string id, DateTimeOffset now);
}

public sealed record Sample(string ContentType, string Body)
{
    /// <param name="body">With <c>$id</c> and <c>$time</c> where those of this sample stand.</param>
    public static Sample Json(string id, DateTimeOffset now, string body) => new("application/json", Filled(id, now, body));

    public static string Filled(string id, DateTimeOffset now, string body) =>
        body.Replace("$id", id, StringComparison.Ordinal)
            .Replace("$time", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
