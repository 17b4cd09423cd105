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
        if ((data.Either("responseId", "submissionId").Text() ?? root.At("eventId").Text()) is not { } id) return Missing("/data/responseId");
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
            case "INPUT_PHONE_NUMBER" or "INPUT_PHONE":
                answers.Said.Phone(value.Text(), label);
                break;
            case "RATING":
                answers.Score(label, value.Text(), null, "stars");
                break;
            case "LINEAR_SCALE":
                answers.Score(label, value.Text(), null, "nps");
                break;
            case "INPUT_NUMBER":
                answers.Number(label, value.Text());
                break;
            case "HIDDEN_FIELDS":
                answers.Known(label, value.Text());
                break;
            case "CHECKBOXES" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                // Each box comes a second time, by itself.
                break;
            case "MATRIX":
                answers.Said.Note(label, Matrix(field));
                break;
            case null:
                answers.Untyped(label, value.Joined());
                break;
            default:
                answers.Choice(label, field.At("options").ValueKind == JsonValueKind.Array ? Chosen(field.At("options"), value) : value.Joined());
                break;
        }
    }

    /// <summary>By name and in the order given; one that is not among the options was written in.</summary>
    private static string? Chosen(JsonElement options, JsonElement value)
    {
        var given = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.Text()) : [value.Text()];
        return string.Join(", ", given.OfType<string>().Select(id => options.Items().FirstOrDefault(option => option.At("id").Text() == id).Either("text", "name").Text() ?? id)) is { Length: > 0 } chosen ? chosen : null;
    }

    /// <summary>Rows and columns come as ids, with their names beside them.</summary>
    private static string? Matrix(JsonElement field)
    {
        if (field.At("value").ValueKind != JsonValueKind.Object) return field.At("value").Joined();
        var rows = field.At("value").EnumerateObject().Select(row => Chosen(field.At("columns"), row.Value) is { } chosen ? $"{Chosen(field.At("rows"), row.Name)}: {chosen}" : null);
        return string.Join("; ", rows.OfType<string>());
    }

    private static string Chosen(JsonElement options, string id) => options.Items().FirstOrDefault(option => option.At("id").Text() == id).Either("text", "name").Text() ?? id;
}
