using System.Runtime.CompilerServices;

// The training tool must see a text exactly as the detector does.
[assembly: InternalsVisibleTo("FeedbackFlow.Benchmarks")]
