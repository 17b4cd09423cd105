namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>What came of checking who sent a delivery. Everything but <see cref="Genuine"/> is a refusal, told by its name.</summary>
public enum SignatureResult
{
    Genuine,

    /// <summary>The source has no secret that is believed now: nobody can be (fails closed).</summary>
    MissingSecret,

    /// <summary>Neither signature nor token came with the request.</summary>
    MissingSignature,

    /// <summary>What came is no signature of this scheme.</summary>
    MalformedSignature,

    /// <summary>Only signatures of a kind that is not checked here, such as Ed25519.</summary>
    UnknownScheme,

    /// <summary>No secret gives this signature for these bytes: altered, written anew, or signed with another secret.</summary>
    Mismatch,
    MissingId,
    MissingTimestamp,
    MalformedTimestamp,

    /// <summary>The body was compressed on its way: which bytes were signed cannot be known.</summary>
    Compressed,

    /// <summary>Signed longer ago than the replay window.</summary>
    TooOld,

    /// <summary>Signed further in the future than clocks differ.</summary>
    TooNew,

    /// <summary>The token names a key that its issuer does not publish.</summary>
    UnknownKey,

    /// <summary>The issuer's keys could not be read: try again.</summary>
    KeysUnavailable,
    WrongIssuer,
    WrongAudience,
    WrongAccount,
    WrongSubscription,
}
