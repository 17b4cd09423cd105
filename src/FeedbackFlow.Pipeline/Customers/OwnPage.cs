using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Customers;

/// <summary>What a customer's page may repeat: the words of whoever it was given to, and nobody else's, even when two share a phone.</summary>
public static class OwnPage
{
    public static bool Shows(Feedback given, Feedback other) =>
        other.ErasedAt is null && (other.Id == given.Id || (other.SenderIsKnown && given.ErasedAt is null && IsSameSender(given.Contact, other.Contact)));

    private static bool IsSameSender(Contact one, Contact other) =>
        one.Email is not null || other.Email is not null ? one.Email == other.Email : one.Phone is not null && one.Phone == other.Phone;
}
