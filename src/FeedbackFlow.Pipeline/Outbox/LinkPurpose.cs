namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>What a link may do, and nothing else (design 4.9).</summary>
public enum LinkPurpose
{
    /// <summary>A job's feedback form.</summary>
    JobForm,

    /// <summary>An open feedback form with a label.</summary>
    OpenForm,
    SignIn,
    Claim,
    ReachedSaved,
    ReachedLost,
    NoAnswer,
    HandOver,

    /// <summary>Between the two thresholds the manager sends the apology with one tap.</summary>
    SendApology,

    /// <summary>The customer's promise page.</summary>
    CustomerPage,
}
