using FeedbackFlow.App.Layout;

namespace FeedbackFlow.App.Pages.Manage;

public static class SignInFields
{
    public const string Email = "email";
}

/// <param name="Action">Where the address is posted.</param>
/// <param name="LinkExpired">The page is shown because a mailed link was used or is too old.</param>
public sealed record SignInModel(PageFrame Frame, string Action, string? Email, bool LinkExpired, IReadOnlyList<FieldError> Errors, FormToken? Token);

/// <summary>The same answer for every address, known or not.</summary>
/// <param name="MailboxUrl">In Development: where the letter can be read at once.</param>
public sealed record SignInSentModel(PageFrame Frame, string SignInUrl, string? MailboxUrl);

/// <summary>The mailed link was opened. Only the button signs in, so that a mail scanner does not.</summary>
public sealed record SignInConfirmModel(PageFrame Frame, string Action, FormToken? Token);
