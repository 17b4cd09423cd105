namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Some cues, by number below 128. Two halves of our own, because code with the runtime's wide integers is never compiled ahead and would have to be when the detector starts.</summary>
/// <param name="Low">One bit for each cue below 64.</param>
/// <param name="High">One for each of the others.</param>
internal readonly record struct CueSet(ulong Low, ulong High)
{
    public CueSet With(int cue) => cue < 64 ? this with { Low = Low | (1UL << cue) } : this with { High = High | (1UL << cue) };

    public CueSet With(CueSet others) => new(Low | others.Low, High | others.High);

    public CueSet Without(CueSet others) => new(Low & ~others.Low, High & ~others.High);
}
