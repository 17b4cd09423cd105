using FeedbackFlow.App.Pages.Actions;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App.Letters;

/// <summary>The summary's subject and plain part; <see cref="SummaryLetter"/> is its HTML.</summary>
public static class SummaryText
{
    public static string Subject(SummaryDraft draft, Words words) => words.Count("summary.subject", draft.Lines.Count);

    public static string Write(SummaryDraft draft, Words words)
    {
        var letter = new TextLetter().Paragraph(words["summary.lead"]);
        foreach (var line in draft.Lines)
        {
            letter.Line(Customer.Name(line.Task.Contact, words)).Line(Words.Capital(words.Reasons(line.Task.Reasons))).Line(Due(draft, line, words));
            letter.Line(words.Say("board.owner", ("owner", Plain.Name(line.Owner)))).Line(line.Page.ToString()).Blank();
        }

        return letter.Alone(words["summary.board"], draft.Board.ToString()).Blank().Line(words["summary.foot"]).ToString();
    }

    public static string Due(SummaryDraft draft, SummaryLine line, Words words) => PromiseWords.Say(words, line.Task.Promise, draft.Business.Zone, draft.At);
}
