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

        foreach (var name in new[] { "email", "phone", "name", "firstName" }) answers.Known(name, response.Either("contactAttributes", "personAttributes").At(name).Text());

        return Parsed.Of(Heard(HeardKind.Said, id, type, answers.Finish(), Channel) with { OccurredAt = response.Either("updatedAt", "createdAt").Time() });
    }

    public override Sample Sample(string id, DateTimeOffset now) => Webhooks.Sample.Json(
        id, now, """{"webhookId":"w1","event":"responseFinished","data":{"id":"$id","createdAt":"$time","updatedAt":"$time","surveyId":"s1","finished":true,"data":{"q1":"לא חזרו אליי שבוע","q2":2,"email":"dana@example.com"}}}""");

    private static void Take(string question, JsonElement value, FormAnswers answers)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                answers.Score(question, value.Text(), null);
                break;
            case JsonValueKind.Array:
                // Choices; or the pieces of a contact, among them an address and a phone.
                var (contacts, rest) = (value.EnumerateArray().Select(item => item.Text()).OfType<string>().ToLookup(IsContact)[true], value.EnumerateArray().Select(item => item.Text()).OfType<string>().Where(item => !IsContact(item)));
                foreach (var contact in contacts) answers.Untyped(question, contact);
                answers.Choice(question, string.Join(", ", rest));
                break;
            case JsonValueKind.Object:
                answers.Choice(question, string.Join("; ", value.EnumerateObject().Select(row => row.Value.Joined() is { } chosen ? $"{row.Name}: {chosen}" : null).OfType<string>()));
                break;
            // What a button or a box was left at is nobody's words.
            case JsonValueKind.String when value.Text() is "clicked" or "dismissed" or "accepted" or "booked" or "skipped":
                answers.Said.Note(question, value.Text());
                break;
            default:
                answers.Untyped(question, value.Text());
                break;
        }
    }

    private static bool IsContact(string text) => EmailAddress.Normalise(text) is not null || (text is ['0' or '+', ..] && PhoneNumber.Normalise(text) is not null);
}
