using FeedbackFlow.Pipeline.Signals;
using Xunit;

namespace FeedbackFlow.Tests.Signals;

/// <summary>The detector reads a clause by a shorter way than the one that the model learned by; both must come to the same sums.</summary>
public class CueRowsTests
{
    private const string Story =
        "I called four times about the bill and nobody rang back. Another firm came on Sunday, their van is in the drive. Then your manager phoned, said sorry and fixed it. "
        + "If it happens again I will cancel my policy, tell all the neighbours and post the recording. קבעתי עם חברה אחרת ליום ראשון, ואז התקשרתם ופתרתם. נשארת איתכם בינתיים.";

    [Fact]
    public void The_short_way_to_the_cues_around_a_clause_adds_what_walking_adds()
    {
        var reading = SignalDetector.ClausesOf(Story);
        var table = TableOf(FeaturesOf(reading));
        var cues = new CueRows(table, PhraseBook.Shared.Cues);
        var (story, room) = (new int[table.Width], new uint[SummingSink.Kinds * WeightTable.MostRows]);

        Assert.True(reading.Clauses.Count > 4);
        for (var clause = 0; clause < reading.Clauses.Count; clause++)
        {
            cues.Move(story, reading.Cues, clause, room);
            var (walked, shorter) = (new int[table.Width], story.ToArray());
            var (whole, seen) = (new int[2 * WeightTable.Step], new ulong[BitSet.SizeFor(table.Features)]);
            var every = new SummingSink(table, new BitSet(seen), walked, whole, room);
            reading.Walk(clause, ref every);
            every.Settle();
            var inside = new SummingSink(table, new BitSet(seen), shorter, whole, room);
            reading.WalkInside(clause, ref inside);
            inside.Settle();
            cues.AddNeighbours(shorter, reading.Cues.Of(clause - 1), reading.Cues.Of(clause + 1), room.AsSpan(0, WeightTable.MostRows));

            Assert.Equal(walked, shorter);
        }

        Assert.Contains(story, sum => sum != 0);
    }

    private static uint[] FeaturesOf(ClauseReading reading)
    {
        var features = new List<uint>();
        for (var clause = 0; clause < reading.Clauses.Count; clause++)
        {
            var sink = new Noting(features);
            reading.Walk(clause, ref sink);
        }

        return [.. features.Distinct().Order()];
    }

    /// <summary>A model that knows these features, each with weights of its own.</summary>
    private static WeightTable TableOf(uint[] features)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(features.Length);
        writer.Write(1);
        Array.ForEach([.. Enumerable.Repeat(1f, Outputs.Count + 1)], (float scale) => writer.Write(scale));
        Array.ForEach(features, writer.Write);
        foreach (var feature in features)
        {
            writer.Write([.. Enumerable.Range(0, WeightTable.Block + Net.Width).Select(at => (byte)((feature >> (at % 24)) % 200))]);
        }

        stream.Position = 0;
        return WeightTable.Read(new BinaryReader(stream));
    }

    private readonly struct Noting(List<uint> features) : IFeatureSink
    {
        public void Add(FeatureGroup group, uint feature) => features.Add(feature);
    }
}
