namespace FeedbackFlow.Pipeline.Intake;

/// <summary>How a customer can be reached. Phone and e-mail are normalised, so that one person is found again.</summary>
/// <param name="Name">As given, trimmed; null where none was given.</param>
/// <param name="Email">Lower case address, at most 254 characters (RFC 5321, 4.5.3.1.3); null where none was given.</param>
/// <param name="Phone">E.164 with the plus sign; null where none was given.</param>
public sealed record Contact(string? Name, string? Email, string? Phone)
{
    public static Contact None { get; } = new(null, null, null);

    /// <summary>
    /// What is known after a further feedback. Who comes with a key or a job's link brings newer details; an open link hangs in public, and what is
    /// typed there fills gaps only: a stranger who knows somebody's phone must not turn that customer's letters to another address (design 4.9).
    /// </summary>
    public Contact After(Contact given, Origin origin)
    {
        var (first, second) = origin == Origin.OpenLink ? (this, given) : (given, this);
        return new(first.Name ?? second.Name, first.Email ?? second.Email, first.Phone ?? second.Phone);
    }

    /// <summary>By the contact that identifies (the phone wins) this is the person of <paramref name="known"/>.</summary>
    public bool IsSurely(Contact known) => known.CanBeReached && (known.Phone is { } phone ? Phone == phone : Phone is null && Email == known.Email);

    public bool CanBeReached => Email is not null || Phone is not null;
}
