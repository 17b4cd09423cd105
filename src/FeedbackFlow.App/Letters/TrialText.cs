using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Letters;

/// <summary>A trial letter's plain part; <see cref="TrialLetter"/> is its HTML.</summary>
public static class TrialText
{
    public static string Write(TrialDraft draft, Words words) =>
        new TextLetter().Paragraph(What(draft, words)).Alone(words["summary.board"], draft.Board.ToString()).Blank().Line(words["trial.foot"]).ToString();

    public static string What(TrialDraft draft, Words words) =>
        words.Say("trial.text", ("way", words.Way(draft.By)), ("business", Plain.Isolated(Plain.Name(draft.Business.Name))));
}
