using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.App;

public sealed partial class Words
{
    public string ReceiptResult(Receipt receipt) => this["receipt." + Kebab(receipt.Result.ToString())];

    /// <summary>Why a delivery was refused, for somebody who can mend it.</summary>
    public string Refusal(string reason) => this["refusal." + reason];
}
