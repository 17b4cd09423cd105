using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Typeform responses: <c>Typeform-Signature: sha256=BASE64</c> over the raw body (typeform.com/developers/webhooks/secure-your-webhooks); the
/// event's key is the response's token.
/// </summary>
public sealed class Typeform : JsonFormat
{
    public override string Name => "typeform";

    public override string Brand => "Typeform";

    public override Proof Proof { get; } = new HmacProof("Typeform-Signature", SignatureText.Base64, "sha256=");

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var type = root.At("event_type").Text() ?? "";
        if (type != "form_response") return Parsed.Of(new Heard(HeardKind.OtherType, root.At("event_id").Text() ?? KeyOf(root), type));
        var response = root.At("form_response");
        if (response.At("token").Text() is not { } token) return Missing("/form_response/token");
        var titles = Titles(response.At("definition", "fields"));
        var answers = new FormAnswers(source);
        foreach (var answer in response.At("answers").Items()) Take(answer, titles, answers);
        foreach (var hidden in Members(response.At("hidden"))) answers.Known(hidden.Name, hidden.Value.Text());
        return Parsed.Of(Heard(HeardKind.Said, token, type, answers.Finish(), Channel) with { OccurredAt = response.At("submitted_at").Time() });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"event_id":"$id","event_type":"form_response","form_response":{"form_id":"DHsCKv","token":"$id","submitted_at":"$time","definition":{"id":"DHsCKv","title":"משוב","fields":[{"id":"q1","title":"מה קרה?","type":"long_text","ref":"why"}]},"answers":[{"type":"text","text":"שירות גרוע","field":{"id":"q1","type":"long_text","ref":"why"}},{"type":"number","number":2,"field":{"id":"q2","type":"opinion_scale","ref":"nps"}},{"type":"email","email":"dana@example.com","field":{"id":"q3","type":"email","ref":"email"}}]}}""");

    private static void Take(JsonElement answer, IReadOnlyDictionary<string, Question> questions, FormAnswers answers)
    {
        var (field, question) = (answer.At("field"), answer.At("field", "id").Text() is { } id ? questions.GetValueOrDefault(id) : null);
        var label = question?.Title ?? field.At("ref").Text() ?? "";
        // Older forms have a name of their own for each: textarea, opinion-scale.
        var kind = field.At("type").Text()?.Replace('-', '_');
        switch (answer.At("type").Text())
        {
            case "text" when kind is "long_text" or "textarea":
                answers.LongText(answer.At("text").Text());
                break;
            case "text":
                answers.ShortText(label, answer.At("text").Text());
                break;
            case "email":
                answers.Said.Email(answer.At("email").Text(), label);
                break;
            case "phone_number":
                answers.Said.Phone(answer.At("phone_number").Text(), label);
                break;
            case "number" when kind is "nps" or "opinion_scale" or "rating" or null:
                answers.Score(label, answer.At("number").Text(), ScaleOf(kind, question?.Steps), kind == "rating" ? "stars" : "nps");
                break;
            case "number":
                answers.Number(label, answer.At("number").Text());
                break;
            case "boolean":
                answers.YesNo(label, answer.At("boolean").Flag());
                break;
            case "choice":
                answers.Choice(label, answer.At("choice").Either("label", "other").Text());
                break;
            case "choices":
                answers.Choice(label, string.Join(", ", new[] { answer.At("choices", "labels").Joined(), answer.At("choices", "other").Text() }.OfType<string>()));
                break;
            case "multi_format":
                answers.LongText(answer.At("multi_format").Either("text", "transcript", "transcription").Text());
                break;
            case { } other:
                answers.Said.Note(label, answer.At(other).Joined());
                break;
        }
    }

    /// <summary>An opinion scale has five to eleven steps; the payload says how many only when the definition comes along.</summary>
    private static string? ScaleOf(string? kind, string? steps) => (kind, steps) switch
    {
        ("nps", _) or (_, "10" or "11") => "nps",
        (_, "5") => "csat",
        _ => null,
    };

    private static IReadOnlyDictionary<string, Question> Titles(JsonElement fields)
    {
        var titles = new Dictionary<string, Question>(StringComparer.Ordinal);
        foreach (var field in fields.Items())
        {
            if (field.At("id").Text() is { } id) titles[id] = new(field.At("title").Text() ?? field.At("ref").Text() ?? "", field.At("properties", "steps").Text());
        }

        return titles;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];

    private sealed record Question(string Title, string? Steps);
}
