using System.Security.Cryptography;
using System.Text;
using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Customers;

/// <summary>One contact of a customer, found under a keyed hash, so that row keys tell nobody's number or address.</summary>
public sealed record ContactLine(string Hash, CustomerId Customer);

/// <summary>When an address got its last first apology: one address gets at most one in 24 hours, whoever typed it (design 4.9).</summary>
public sealed record ApologyMark(string Hash, DateTimeOffset At);

/// <summary>Who a contact belongs to, and which contact lines are still to be written.</summary>
public sealed record Identity(CustomerId Customer, bool IsNew, IReadOnlyList<ContactLine> NewContacts, CustomerId? PerhapsSame)
{
    /// <summary>The new contacts take the place of somebody's who is being erased.</summary>
    public bool Renews { get; init; }
}

/// <summary>From contacts to a customer: the phone wins, a disagreement is shown and never merged.</summary>
public static class CustomerIdentity
{
    public static string PhoneHash(string contactKey, string phone) => Hash(contactKey, "phone:" + phone);

    public static string EmailHash(string contactKey, string email) => Hash(contactKey, "email:" + email);

    /// <summary>Null when no contact was given: then there is no customer line and a task stands alone.</summary>
    /// <param name="phoneOwner">Who is known under the phone; null where nobody is.</param>
    /// <param name="emailOwner">Who is known under the e-mail; null where nobody is.</param>
    public static Identity? Resolve(string contactKey, Contact contact, CustomerId? phoneOwner, CustomerId? emailOwner, CustomerId fresh)
    {
        if (!contact.CanBeReached) return null;
        var customer = phoneOwner ?? emailOwner ?? fresh;
        var missing = new List<ContactLine>();
        if (contact.Phone is { } phone && phoneOwner is null) missing.Add(new(PhoneHash(contactKey, phone), customer));
        if (contact.Email is { } email && emailOwner is null) missing.Add(new(EmailHash(contactKey, email), customer));
        var perhapsSame = phoneOwner is not null && emailOwner is not null && phoneOwner != emailOwner ? emailOwner : null;
        return new(customer, phoneOwner is null && emailOwner is null, missing, perhapsSame);
    }

    private static string Hash(string contactKey, string contact) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(contactKey), Encoding.UTF8.GetBytes(contact)));
}
