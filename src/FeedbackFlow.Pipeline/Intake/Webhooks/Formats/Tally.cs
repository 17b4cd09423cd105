using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Tally responses (tally.so/help/webhooks): <c>Tally-Signature</c> is the base64 HMAC of the body; an answer within 10 seconds; the event's key is
/// the response's id. Choices come as ids with the options beside them.
/// </summary>
public sealed class Tally : JsonFormat
{
    public override string Name => "tally";

    public override string Brand => "Tally";

    public override Proof Proof { get; } = new HmacProof("Tally-Signature", SignatureText.Base64);

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var type = root.At("eventType").Text() ?? "";
        if (type != "FORM_RESPONSE") return Parsed.Of(new Heard(HeardKind.OtherType, root.At("eventId").Text() ?? KeyOf(root), type));
        var data = root.At("data");
        if (data.Either("responseId", "submissionId").Text() is not { } id) return Missing("/data/responseId");
        var answers = new FormAnswers(source);
        foreach (var field in data.At("fields").Items()) Take(field, answers);
        return Parsed.Of(Heard(HeardKind.Said, id, type, answers.Finish(), Channel) with { OccurredAt = data.At("createdAt").Time() ?? root.At("createdAt").Time() });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now,
        """{"eventId":"$id","eventType":"FORM_RESPONSE","createdAt":"$time","data":{"responseId":"$id","submissionId":"$id","respondentId":"P1","formId":"F1","formName":"משוב","createdAt":"$time","fields":[{"key":"q1","label":"מה קרה?","type":"TEXTAREA","value":"לא חזרו אליי"},{"key":"q2","label":"ציון","type":"LINEAR_SCALE","value":2},{"key":"q3","label":"טלפון","type":"INPUT_PHONE_NUMBER","value":"0501234567"}]}}""");

    private static void Take(JsonElement field, FormAnswers answers)
    {
        var (label, value) = (field.At("label").Text() ?? field.At("key").Text() ?? "", field.At("value"));
        switch (field.At("type").Text())
        {
            case "TEXTAREA":
                answers.LongText(value.Text());
                break;
            case "INPUT_TEXT":
                answers.ShortText(label, value.Text());
                break;
            case "INPUT_EMAIL":
                answers.Said.Email(value.Text(), label);
                break;
            case "INPUT_PHONE_NUMBER":
                answers.Said.Phone(value.Text(), label);
                break;
            case "RATING":
                answers.Score(label, value.Text(), null, "stars");
                break;
            case "LINEAR_SCALE":
                answers.Score(label, value.Text(), null, "nps");
                break;
            case "MULTIPLE_CHOICE" or "CHECKBOXES" or "DROPDOWN" or "MULTI_SELECT" when field.At("options").ValueKind == JsonValueKind.Array:
                answers.Choice(label, Chosen(field.At("options"), value));
                break;
            default:
                answers.Said.Note(label, value.Joined());
                break;
        }
    }

    private static string? Chosen(JsonElement options, JsonElement value)
    {
        var ids = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.Text()).ToHashSet() : [value.Text()];
        var texts = options.Items().Where(option => ids.Contains(option.At("id").Text() ?? "")).Select(option => option.Either("text", "name").Text()).OfType<string>();
        return string.Join(", ", texts) is { Length: > 0 } chosen ? chosen : null;
    }
}
