using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>By what a person who works here can be told of a task.</summary>
public enum WayKind
{
    Mail,
    Teams,
    Slack,
    Ntfy,
    Sms,
    WhatsApp,
}

/// <summary>One way to tell a person. Nobody has two of a kind.</summary>
/// <param name="Address">The address of a webhook or an ntfy topic, which is a secret; a phone in E.164 for SMS and WhatsApp; empty for mail, which goes to the person's own.</param>
/// <param name="InQuietHours">It may be used in the person's quiet hours.</param>
public sealed record Way(WayKind Kind, string Address, bool InQuietHours = false)
{
    public const int LongestAddress = 1_000;

    public static Way ByMail { get; } = new(WayKind.Mail, "");

    public bool IsWebhook => Kind is WayKind.Teams or WayKind.Slack or WayKind.Ntfy;

    public bool IsPhone => Kind is WayKind.Sms or WayKind.WhatsApp;

    /// <summary>What may be shown once it is stored: whose it is, not how to use it.</summary>
    public string Masked => Kind switch
    {
        WayKind.Mail => "",
        WayKind.Sms or WayKind.WhatsApp => Address.Length > 7 ? Address[..4] + "…" + Address[^3..] : "…",
        WayKind.Teams or WayKind.Slack or WayKind.Ntfy => Uri.TryCreate(Address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}/…" : "…",
    };
}

public enum WayProblem
{
    /// <summary>No https address, or one with a user or a fragment in it.</summary>
    NotHttps,

    /// <summary>No number with the country before it.</summary>
    NotInternational,

    /// <summary>An ntfy address whose last part is no topic (letters, digits, - and _, at most 64).</summary>
    NoTopic,

    /// <summary>An address of this machine or of a private network.</summary>
    Private,
}

/// <summary>What is typed as the address of a way, checked and normalised. Where it really leads is looked at when it is connected to.</summary>
public static class WayCheck
{
    private const int LongestTopic = 64;

    /// <param name="mayBeHttp">On a developer's own machine.</param>
    public static (Way? Way, WayProblem? Problem) Read(WayKind kind, string typed, bool inQuietHours, bool mayBeHttp)
    {
        typed = typed.Trim();
        if (kind == WayKind.Mail) return (Way.ByMail with { InQuietHours = inQuietHours }, null);
        if (kind is WayKind.Sms or WayKind.WhatsApp)
        {
            // A number without its country would be guessed to be Israeli; whoever is woken by it should not be guessed.
            var isInternational = typed.StartsWith('+') || typed.StartsWith("00", StringComparison.Ordinal);
            return isInternational && PhoneNumber.Normalise(typed) is { } number ? (new(kind, number, inQuietHours), null) : (null, WayProblem.NotInternational);
        }

        if (typed.Length > Way.LongestAddress || !Uri.TryCreate(typed, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (mayBeHttp && url.Scheme == Uri.UriSchemeHttp)))
            return (null, WayProblem.NotHttps);
        return kind == WayKind.Ntfy && !IsTopic(url.Segments[^1]) ? (null, WayProblem.NoTopic) : (new(kind, url.AbsoluteUri, inQuietHours), null);
    }

    private static bool IsTopic(string name) => name.Length is > 0 and <= LongestTopic && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
