using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.App;

public sealed partial class Words
{
    public string ReceiptResult(Receipt receipt) => this["receipt." + Kebab(receipt.Result.ToString())];

    /// <summary>What became of the last public reply that was sent from here.</summary>
    public string Reply(OutboxEntry reply, Times times) => reply.State switch
    {
        LetterState.Sent => Say("reply.sent", ("at", times.Moment(reply.SentAt!.Value))),
        LetterState.SetAside => this["reply.refused"],
        LetterState.Withdrawn => this["reply.withdrawn"],
        LetterState.Waiting or LetterState.Leased => this["reply.on-its-way"],
    };

    /// <summary>How a letter is named in a list: a public reply has a source where others have a subject, and what was erased has nothing.</summary>
    public string TitleOf(Letter letter) =>
        letter.Kind == LetterKind.Reply || letter.Subject.Length == 0 ? this["letter.kind." + Kebab(letter.Kind.ToString())] : Plain.Line(letter.Subject);

    /// <summary>Why a delivery was refused, for somebody who can mend it.</summary>
    public string Refusal(string reason) => this["refusal." + reason];
}
