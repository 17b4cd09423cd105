using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Jotform submissions: <c>multipart/form-data</c> with <c>submissionID</c> and the answers as a JSON text in <c>rawRequest</c>, under keys such as
/// <c>q3_name</c>. Nothing is signed. The types of the questions do not come along; what an answer is, its name and its shape tell.
/// </summary>
public sealed class Jotform : WebhookFormat
{
    public override string Name => "jotform";

    public override string Brand => "Jotform";

    public override Proof Proof { get; } = new TokenProof();

    public override Parsed Read(Arrival arrival, Source source)
    {
        if (arrival.ContentType != "multipart/form-data") return Parsed.No(RefusalReason.UnsupportedContentType, "Jotform sends multipart/form-data.");
        if (FormParts.Read(arrival) is not { } parts) return Parsed.No(RefusalReason.NotMultipart, "The body is no multipart form with the boundary of its Content-Type.");
        if (parts.GetValueOrDefault("submissionID") is not { Length: > 0 } id) return Parsed.No(RefusalReason.MissingField, "submissionID is missing.", "submissionID");
        if (!parts.TryGetValue("rawRequest", out var raw)) return Parsed.No(RefusalReason.MissingField, "rawRequest is missing.", "rawRequest");
        var (answers, refusal) = JsonBody.Parse(System.Text.Encoding.UTF8.GetBytes(raw));
        if (refusal is not null) return new([], refusal with { Field = "rawRequest" });
        if (answers.ValueKind != JsonValueKind.Object) return Parsed.No(RefusalReason.NotAnObject, "rawRequest is not a JSON object.", "rawRequest");

        var form = new FormAnswers(source);
        foreach (var answer in answers.EnumerateObject().Where(answer => IsQuestion(answer.Name))) Take(answer.Name[(answer.Name.IndexOf('_', StringComparison.Ordinal) + 1)..], answer.Value, form);
        var said = form.Finish();
        return Parsed.Of(new Heard(said.SaysSomething ? HeardKind.Said : HeardKind.NothingSaid, id, "submission")
        {
            Submission = said.SaysSomething ? said.ToSubmission(Channel) : null,
            Details = said.Details,
        });
    }

    public override Sample Sample(string id, DateTimeOffset now)
    {
        var answers = """{"slug":"submit/1","q3_name":{"first":"דנה","last":"לוי"},"q4_email":"dana@example.com","q5_phone":{"full":"050-1234567"},"q6_rating":"1","q7_whatHappened":"לא חזרו אליי שבוע"}""";
        var body = string.Join("\r\n", "--sample", "Content-Disposition: form-data; name=\"formID\"", "", "1", "--sample", "Content-Disposition: form-data; name=\"submissionID\"", "", id,
            "--sample", "Content-Disposition: form-data; name=\"rawRequest\"", "", answers, "--sample--", "");
        return new("multipart/form-data; boundary=sample", body);
    }

    /// <summary><c>q3_name</c>, and nothing of the form's own fields such as <c>slug</c> or <c>event_id</c>.</summary>
    private static bool IsQuestion(string key) => key.Length > 2 && key[0] == 'q' && key.IndexOf('_', StringComparison.Ordinal) is > 1 and var end && key[1..end].All(char.IsAsciiDigit);

    private static void Take(string name, JsonElement value, FormAnswers form)
    {
        if (value.ValueKind == JsonValueKind.Object) TakePieces(name, value, form);
        else if (value.ValueKind == JsonValueKind.Array) form.Choice(name, value.Joined());
        else if (value.Text() is not { } text) return;
        else if (EmailAddress.Normalise(text) is not null) form.Said.Email(text, name);
        else if (Is(name, "phone", "tel", "טלפון") && PhoneNumber.Normalise(text) is not null) form.Said.Phone(text, name);
        else if (Is(name, "rating", "score", "stars", "nps", "scale", "ציון", "דירוג") && text.Length <= 4) form.Score(name, text, Is(name, "nps") ? "nps" : null, "stars");
        else form.Untyped(name, text);
    }

    /// <summary>Names and phones come in pieces: first and last, area and number, or <c>full</c>. Tables, dates and appointments are shown beside the words.</summary>
    private static void TakePieces(string name, JsonElement pieces, FormAnswers form)
    {
        var joined = string.Join(' ', pieces.EnumerateObject().Where(piece => !piece.Name.EndsWith("Ids", StringComparison.Ordinal)).Select(piece => piece.Value.Joined()).OfType<string>());
        if (pieces.Either("first", "last").IsThere()) form.Said.Name(joined.Length > 0 ? joined : null);
        else if (pieces.At("full").Text() is { } full) form.Said.Phone(full, name);
        else if (pieces.At("phone").Text() is { } number) form.Said.Phone(string.Concat(pieces.At("country").Text(), pieces.At("area").Text(), number), name);
        else form.Said.Note(name, joined);
    }

    private static bool Is(string name, params string[] words) => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
