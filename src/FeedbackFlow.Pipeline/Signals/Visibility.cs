using System.Runtime.CompilerServices;

// The training tool must see a text exactly as the detector does.
[assembly: InternalsVisibleTo("FeedbackFlow.Benchmarks")]

// A test counts the steps of the matcher, because a clock would lie on a busy machine.
[assembly: InternalsVisibleTo("FeedbackFlow.UnitTests")]
