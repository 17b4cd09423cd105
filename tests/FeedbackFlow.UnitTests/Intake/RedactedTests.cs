using FeedbackFlow.Pipeline.Intake;
using Xunit;

namespace FeedbackFlow.UnitTests.Intake;

public sealed class RedactedTests
{
    [Theory]
    [InlineData("כתבו לי ל-dana@mail.example או 050-123 4567", "כתבו לי … או …")]
    [InlineData("see https://x.example/a?b and @someone", "see … and …")]
    [InlineData("הסכם 90210, חיכיתי 8 ימים", "הסכם …, חיכיתי 8 ימים")]
    [InlineData("אמרתי לדנה לוי ולמשה שאני עוזבת", "אמרתי … … ולמשה שאני עוזבת")]
    [InlineData("Dana levi leaves. Danas stay", "… … leaves. Danas stay")]
    public void Nobody_can_be_found_by_what_is_left(string text, string left) => Assert.Equal(left, Redacted.From(text, ["דנה לוי", "Dana Levi", ""]));
}
