using System.Text;
using FeedbackFlow.App.Pages.Manage;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.App.Manage;

/// <summary>What a mapping would make of a pasted sample. Nothing is stored.</summary>
internal static class SourcePreview
{
    public static MappingPreview Of(WebhookFormat format, Source source, string sample, Words words)
    {
        var type = format.Name == "cloudevents" ? "application/cloudevents+json" : "application/json";
        var (events, refusal) = format.Read(new(type, new Dictionary<string, string>(), new Dictionary<string, string>(), Encoding.UTF8.GetBytes(PlainText.WellFormed(sample)), null), source);
        if (refusal is not null) return new($"{words.Refusal(ReceiveHook.Words.Of(refusal.Reason))} {refusal.Detail}", []);
        var heard = events[0];
        var (said, found) = (heard.Submission, new List<(string, string)>());
        Add("id", heard.Key.Split('\n')[^1]);
        Add("type", heard.Type);
        Add("kind", said is null ? words["receipt." + Words.Kebab(heard.Kind.ToString())] : words["channel." + said.Channel]);
        Add("text", said?.Text);
        if (said is { Scale: { } scale, Score: { } score } && Enum.TryParse<RatingScale>(scale, true, out var known)) Add("score", words.Score(new Rating(known, score)));
        Add("name", said?.Name);
        Add("email", said?.Email);
        Add("phone", said?.Phone);
        Add("reference", heard.Reference);
        if (said?.WantsCall == true) Add("wants-call", words["reason.asks-for-call"]);
        Add("occurred-at", heard.OccurredAt is { } at ? Times.Machine(at) : null);
        Add("url", heard.Url);
        foreach (var detail in heard.Details) found.Add((words.Say("source.preview.unread", ("field", detail.Label)), Plain.Line(detail.Value)));
        return new(null, found);

        void Add(string field, string? value)
        {
            if (!string.IsNullOrEmpty(value)) found.Add((words["source.mapping." + field], Plain.Line(value)));
        }
    }
}
