namespace FeedbackFlow.App.Pages;

/// <summary>Why a page could not be given.</summary>
public enum PageProblem
{
    /// <summary>The store could not commit or answer (503).</summary>
    Unavailable,

    /// <summary>Too many requests (429).</summary>
    TooMany,

    /// <summary>More than a form may carry (413).</summary>
    TooLarge,

    /// <summary>A form that is not ours or has grown old: its token did not fit (400).</summary>
    StaleForm,

    /// <summary>Signed in, but not for this (403).</summary>
    NotAllowed,

    /// <summary>Anything else (500).</summary>
    Unexpected,
}
