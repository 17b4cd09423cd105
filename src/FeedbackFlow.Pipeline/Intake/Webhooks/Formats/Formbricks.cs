using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Proofs;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>
/// Formbricks surveys (formbricks.com/docs, webhooks): only <c>responseFinished</c> is read, the earlier events are parts of it. Answers come under the
/// questions' ids, with no types: a number is a score, an address an e-mail, the rest are words.
/// </summary>
public sealed class Formbricks : JsonFormat
{
    public override string Name => "formbricks";

    public override string Brand => "Formbricks";

    public override Proof Proof { get; } = new SignatureOrToken();

    protected override Parsed Read(JsonElement root, Arrival arrival, Source source)
    {
        var (type, response) = (root.At("event").Text() ?? "", root.At("data"));
        if (type != "responseFinished") return Parsed.Of(new Heard(HeardKind.OtherType, $"{type}\n{response.At("id").Text() ?? KeyOf(root)}", type));
        if (response.At("id").Text() is not { } id) return Missing("/data/id");
        var answers = new FormAnswers(source);
        if (response.At("data") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var answer in given.EnumerateObject()) Take(answer.Name, answer.Value, answers);
        }

        return Parsed.Of(Heard(HeardKind.Said, id, type, answers.Finish(), Channel) with { OccurredAt = response.Either("updatedAt", "createdAt").Time() });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now, """{"webhookId":"w1","event":"responseFinished","data":{"id":"$id","createdAt":"$time","updatedAt":"$time","surveyId":"s1","finished":true,"data":{"q1":"לא חזרו אליי שבוע","q2":2,"email":"dana@example.com"}}}""");

    private static void Take(string question, JsonElement value, FormAnswers answers)
    {
        if (value.ValueKind == JsonValueKind.Number) answers.Score(question, value.Text(), null);
        else if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object) answers.Choice(question, value.Joined());
        else if (value.Text() is not { } text) return;
        else if (EmailAddress.Normalise(text) is not null) answers.Said.Email(text, question);
        else if (PhoneNumber.Normalise(text) is not null) answers.Said.Phone(text, question);
        else if (text.Contains(' ', StringComparison.Ordinal)) answers.LongText(text);
        else answers.ShortText(question, text);
    }
}
