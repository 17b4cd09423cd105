using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What a person of the business said about a phrase that the detector got wrong. Kept with the business and acting only there.</summary>
/// <param name="Phrase">The words as the customer wrote them, 1 to <see cref="Corrections.MostWords"/> words.</param>
/// <param name="Kind"><see cref="SignalKind.Leave"/> or <see cref="SignalKind.Publish"/>.</param>
/// <param name="IsSignal">True for "you missed this", false for "not a threat".</param>
/// <param name="From">The feedback it was learnt from; erasing that one takes the correction with it.</param>
/// <param name="By">Name of the person who said so.</param>
public sealed record Correction(string Phrase, SignalKind Kind, bool IsSignal, FeedbackId From, string By, DateTimeOffset At)
{
    /// <summary>What is corrected: the same words about the same kind are one correction, however they are spelt.</summary>
    public string Key => $"{Kind}:{string.Join(' ', Corrections.WordsOf(Phrase))}";
}
