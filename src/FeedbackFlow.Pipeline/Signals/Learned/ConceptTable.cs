using System.Buffers.Binary;

namespace FeedbackFlow.Pipeline.Signals;

internal enum WordPerson : byte
{
    None,
    First,
    Second,
    Third,
}

internal enum WordTense : byte
{
    None,
    Past,
    Present,
    Future,
    Infinitive,
}

/// <summary>What a word means, roughly: one of some three hundred concepts that Hebrew and English share.</summary>
internal readonly record struct ConceptOfWord(int Concept, WordPerson Person, WordTense Tense)
{
    public static ConceptOfWord None { get; } = new(-1, WordPerson.None, WordTense.None);
}

/// <summary>
/// The concepts of words. File, little-endian: number of concepts (int32), the hashed name of each (uint32), number of places (int32, a power of two), and for each
/// place the hash of a word read from its end (uint32, 0 where free), its concept (uint16), person and tense (one byte each). A word stands at its hash or behind it.
/// </summary>
internal sealed class ConceptTable
{
    public const int PlaceSize = 8;

    private static readonly Lazy<ConceptTable> Loaded = new(() => new ConceptTable(SignalResources.Open("words.concepts")));

    private readonly uint[] names;
    private readonly byte[] places;
    private readonly int mask;

    private ConceptTable(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        names = WeightTable.Numbers<uint>(reader, reader.ReadInt32());

        var count = reader.ReadInt32();
        mask = count - 1;
        places = reader.ReadBytes(count * PlaceSize);
        Self = IndexOf("self");
        You = IndexOf("you");
        Future = IndexOf("will");
        Infinitive = IndexOf("to");
        Past = IndexOf("past");
        Present = IndexOf("present");
    }

    public static ConceptTable Shared => Loaded.Value;

    public int Self { get; }

    public int You { get; }

    public int Future { get; }

    public int Infinitive { get; }

    public int Past { get; }

    public int Present { get; }

    public uint NameOf(int concept) => names[concept];

    public ConceptOfWord Find(uint backward)
    {
        for (var at = (int)backward & mask; ; at = (at + 1) & mask)
        {
            var place = places.AsSpan(at * PlaceSize, PlaceSize);
            var key = BinaryPrimitives.ReadUInt32LittleEndian(place);
            if (key == backward)
            {
                return new ConceptOfWord(BinaryPrimitives.ReadUInt16LittleEndian(place[4..]), (WordPerson)place[6], (WordTense)place[7]);
            }

            if (key == 0)
            {
                return ConceptOfWord.None;
            }
        }
    }

    private int IndexOf(string name) => Array.IndexOf(names, FeatureHash.Of(name));
}
