using FeedbackFlow.App.Api;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.App.Webhooks;

internal sealed record HookEventAnswer(ReceiptResult Result, FeedbackId? FeedbackId, TaskId? TaskId);

internal sealed record HookAnswer(IReadOnlyList<HookEventAnswer> Received);

/// <summary>What a sender is told. A refusal carries its <c>reason</c> by name, so that a person who reads the sender's log can act on it.</summary>
internal static class HookAnswers
{
    public const string MostAMinute = "600";

    public static IResult Of(Received received, HttpResponse response)
    {
        if (received.IsTaken) return Results.Json(new HookAnswer([.. received.Events.Select(Of)]));
        if (received.KeyConflict is not null)
            return Refused(StatusCodes.Status409Conflict, "key-has-other-content", "An event of this id came before, with other words.", "Send another event under an id of its own.");
        if (received.Signature == SignatureResult.KeysUnavailable)
        {
            response.Headers.RetryAfter = "30";
            return Refused(StatusCodes.Status503ServiceUnavailable, Name(received.Signature), "The issuer's keys could not be read.", "Nothing was kept; send it again.");
        }

        if (received.Signature == SignatureResult.Compressed)
            return Refused(StatusCodes.Status415UnsupportedMediaType, Name(received.Signature), "The body is compressed.", "Send it as it is, without Content-Encoding.");

        if (received.Signature != SignatureResult.Genuine)
        {
            response.Headers.WWWAuthenticate = "Bearer";
            return Refused(StatusCodes.Status401Unauthorized, Name(received.Signature), "It is not shown who sent this.", Advice(received.Signature));
        }

        var refusal = received.Refusal!;
        var status = refusal.Reason switch
        {
            RefusalReason.UnsupportedContentType => StatusCodes.Status415UnsupportedMediaType,
            RefusalReason.TooManyEvents => StatusCodes.Status413PayloadTooLarge,
            RefusalReason.NotUtf8 or RefusalReason.NotJson or RefusalReason.NotAnObject or RefusalReason.MissingField or RefusalReason.NothingSaid
                or RefusalReason.EventTooOld or RefusalReason.NotMultipart or RefusalReason.NotAMessage => StatusCodes.Status400BadRequest,
        };
        return Refused(status, Name(refusal.Reason), "The delivery could not be read.", refusal.Detail, refusal.Field);
    }

    public static IResult NoSource() => Refused(StatusCodes.Status404NotFound, "no-source", "There is no source at this address.", "Copy the address from the source's page.");

    private static HookEventAnswer Of(HookEvent happened) => new(happened.Result, happened.Accepted?.Feedback?.Feedback.Id, happened.Accepted?.Answer?.Task);

    private static IResult Refused(int status, string reason, string title, string? detail, string? field = null)
    {
        var extensions = new Dictionary<string, object?> { ["reason"] = reason };
        if (field is not null) extensions["errors"] = new[] { new ProblemField(field, detail!) };
        return Results.Problem(detail, statusCode: status, title: title, extensions: extensions);
    }

    private static string Name<T>(T value) where T : struct, Enum => ReceiveHook.Words.Of(value);

    private static string Advice(SignatureResult result) => result switch
    {
        SignatureResult.MissingSecret => "The source has no secret that is believed now; make one on its page.",
        SignatureResult.MissingSignature => "Neither signature nor token came with the request.",
        SignatureResult.MalformedSignature => "The signature has not the form that this kind of source uses.",
        SignatureResult.UnknownScheme => "Only signatures of another kind came; this source checks HMAC-SHA256, or RS256 for tokens.",
        SignatureResult.Mismatch => "No secret of this source gives this signature for these very bytes. Sign what is sent, byte for byte, and check the secret.",
        SignatureResult.MissingId => "The header webhook-id is missing or longer than 256 characters.",
        SignatureResult.MissingTimestamp => "The time of signing is missing.",
        SignatureResult.MalformedTimestamp => "The time of signing must be whole seconds since 1970.",
        SignatureResult.TooOld => "It was signed too long ago. Sign every attempt anew, and check the sender's clock.",
        SignatureResult.TooNew => "It was signed in the future. Check the sender's clock.",
        SignatureResult.UnknownKey => "The token names a key that its issuer does not publish.",
        SignatureResult.WrongIssuer => "The token is of another issuer.",
        SignatureResult.WrongAudience => "The token is for another audience than the source's settings name.",
        SignatureResult.WrongAccount => "The token is of another account than the source's settings name.",
        SignatureResult.WrongSubscription => "The push is of another subscription than the source's settings name.",
        SignatureResult.Genuine or SignatureResult.KeysUnavailable or SignatureResult.Compressed => throw new System.Diagnostics.UnreachableException(),
    };
}
