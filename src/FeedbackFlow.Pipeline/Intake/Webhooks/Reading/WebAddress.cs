namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

internal static class WebAddress
{
    private const int Longest = 500;

    /// <summary>An http or https address that may stand behind a link; null for every other text (javascript:, data:).</summary>
    public static string? Of(string? text) =>
        text is { Length: <= Longest } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? url.AbsoluteUri : null;
}
