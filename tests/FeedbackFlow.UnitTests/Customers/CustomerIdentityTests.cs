using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Customers;

public class CustomerIdentityTests
{
    private static readonly CustomerId Fresh = A.Id<CustomerId>(1);
    private static readonly CustomerId ByPhone = A.Id<CustomerId>(2);
    private static readonly CustomerId ByEmail = A.Id<CustomerId>(3);

    private static readonly ContactLine PhoneLine = new(CustomerIdentity.PhoneHash(A.ContactKey, "+972541234567"), Fresh);
    private static readonly ContactLine EmailLine = new(CustomerIdentity.EmailHash(A.ContactKey, "noa@example.com"), Fresh);

    [Fact]
    public void Without_a_contact_there_is_no_customer()
    {
        Assert.Null(Resolve(new("נועה", null, null), null, null));
        Assert.Null(Resolve(Contact.None, null, null));
    }

    [Fact]
    public void A_new_customer_is_found_again_under_both_contacts()
    {
        var identity = Resolve(A.Contact(), null, null)!;
        Assert.Equal((Fresh, true, null), (identity.Customer, identity.IsNew, identity.PerhapsSame));
        Assert.Equal([PhoneLine, EmailLine], identity.NewContacts);
    }

    [Fact]
    public void A_phone_alone_or_an_address_alone_is_enough()
    {
        Assert.Equal([PhoneLine], Resolve(new(null, null, "+972541234567"), null, null)!.NewContacts);
        Assert.Equal([EmailLine], Resolve(new(null, "noa@example.com", null), null, null)!.NewContacts);
    }

    [Fact]
    public void A_known_phone_takes_a_new_address_along()
    {
        var identity = Resolve(A.Contact(), ByPhone, null)!;
        Assert.Equal((ByPhone, false, null), (identity.Customer, identity.IsNew, identity.PerhapsSame));
        Assert.Equal([EmailLine with { Customer = ByPhone }], identity.NewContacts);
    }

    [Fact]
    public void A_known_address_takes_a_new_phone_along()
    {
        var identity = Resolve(A.Contact(), null, ByEmail)!;
        Assert.Equal((ByEmail, false, null), (identity.Customer, identity.IsNew, identity.PerhapsSame));
        Assert.Equal([PhoneLine with { Customer = ByEmail }], identity.NewContacts);
    }

    [Fact]
    public void When_they_disagree_the_phone_wins_and_nothing_is_merged()
    {
        var identity = Resolve(A.Contact(), ByPhone, ByEmail)!;
        Assert.Equal((ByPhone, false, ByEmail), (identity.Customer, identity.IsNew, identity.PerhapsSame!.Value));
        Assert.Empty(identity.NewContacts);
    }

    [Fact]
    public void When_they_agree_nothing_is_shown_or_written()
    {
        var identity = Resolve(A.Contact(), ByPhone, ByPhone)!;
        Assert.Equal((ByPhone, false, null), (identity.Customer, identity.IsNew, identity.PerhapsSame));
        Assert.Empty(identity.NewContacts);
    }

    [Fact]
    public void A_hash_tells_nothing_without_the_key_and_a_phone_is_never_taken_for_an_address()
    {
        var otherKey = Convert.ToBase64String(new byte[32]);
        Assert.Matches("^[0-9a-f]{64}$", PhoneLine.Hash);
        Assert.Equal(PhoneLine.Hash, CustomerIdentity.PhoneHash(A.ContactKey, "+972541234567"));
        Assert.NotEqual(PhoneLine.Hash, CustomerIdentity.PhoneHash(otherKey, "+972541234567"));
        Assert.NotEqual(CustomerIdentity.PhoneHash(A.ContactKey, "x"), CustomerIdentity.EmailHash(A.ContactKey, "x"));
        Assert.NotEqual(SubmissionKey.Sha256("phone:+972541234567"), PhoneLine.Hash);
    }

    private static Identity? Resolve(Contact contact, CustomerId? phoneOwner, CustomerId? emailOwner) =>
        CustomerIdentity.Resolve(A.ContactKey, contact, phoneOwner, emailOwner, Fresh);
}
