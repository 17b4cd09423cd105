namespace FeedbackFlow.Pipeline.Signals;

/// <summary>One thing that was judged: the technician, the price.</summary>
/// <param name="Target">Where it is named.</param>
/// <param name="Sentiment">How it was judged.</param>
/// <param name="Words">The words that judge it, in text order; may be empty.</param>
public sealed record Opinion(Evidence Target, Sentiment Sentiment, IReadOnlyList<Evidence> Words);
