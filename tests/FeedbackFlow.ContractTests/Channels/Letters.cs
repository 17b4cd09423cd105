using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;

namespace FeedbackFlow.ContractTests.Channels;

internal static class Letters
{
    public static readonly DateTimeOffset At = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

    public static Letter To(string address, string subject = "דנה כהן: איום לפרסם · להתקשר עד 15:40") => new(
        NewId.At<LetterId>(At), LetterKind.Alert, "demo", "מזגני הדגמה", "service@demo.example", new("יוסי כהן", address, "he"), subject,
        "<!DOCTYPE html><html lang=\"he\" dir=\"rtl\"><body><p>שָׁלוֹם 😀 &lt;b&gt;</p></body></html>", "שָׁלוֹם 😀 <b>\n.\nשורה אחרי נקודה\n", null, At, null);
}
