using FeedbackFlow.Pipeline.Customers;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Customers;

public sealed class ErasedReadingTests
{
    [Fact]
    public void Nothing_of_a_reading_points_into_words_that_are_gone()
    {
        var read = A.Reading() with
        {
            Signals = [new(SignalKind.Leave, SignalStrength.Threat, 0.9, [new(0, 4)])],
            Findings = [new(FindingKind.Sarcasm, [new(5, 3)])],
            Opinions = [new(new(0, 4), Sentiment.Negative, [new(5, 3)])],
        };
        var erased = Erased.Of(read);

        Assert.Empty(erased.Opinions);
        Assert.Empty(erased.Signals.SelectMany(signal => signal.Evidence).Concat(erased.Findings.SelectMany(finding => finding.Evidence)));
        Assert.Equal((read.Sentiment, read.AnalysedBy, 1), (erased.Sentiment, erased.AnalysedBy, erased.Signals.Count));
    }
}
