namespace FeedbackFlow.Pipeline.Intake;

/// <summary>How a customer can be reached. Phone and e-mail are normalised, so that one person is found again.</summary>
/// <param name="Name">As given, trimmed; null where none was given.</param>
/// <param name="Email">Lower case address, at most 254 characters (RFC 5321, 4.5.3.1.3); null where none was given.</param>
/// <param name="Phone">E.164 with the plus sign; null where none was given.</param>
public sealed record Contact(string? Name, string? Email, string? Phone)
{
    public static Contact None { get; } = new(null, null, null);

    public bool CanBeReached => Email is not null || Phone is not null;
}
