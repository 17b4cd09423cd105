using System.Buffers.Binary;
using System.Numerics;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Makes the table that <c>ConceptTable</c> of the detector reads of the lexicon of this folder: every form of every word, with its concept.</summary>
internal static class ConceptFile
{
    /// <summary>Concepts that forms of words carry, beside those that stand in the lexicon.</summary>
    private static readonly string[] Shown = ["past", "present"];

    public static int Run(string lexicon, string target)
    {
        using var stream = File.Create(Path.Combine(target, "words.concepts"));
        Write(lexicon, stream);
        return 0;
    }

    public static void Write(string lexicon, Stream stream)
    {
        List<string> names = [];
        var forms = new Dictionary<uint, (int Concept, WordForm Form)>();
        var lines = Directory.EnumerateFiles(lexicon, "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        foreach (var line in lines)
        {
            names.Add(line[..line.IndexOf(':', StringComparison.Ordinal)]);
        }

        names.AddRange(Shown);
        for (var concept = 0; concept < lines.Length; concept++)
        {
            var entries = lines[concept][(names[concept].Length + 1)..].Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var form in entries.SelectMany(WordForms.Of))
            {
                forms.TryAdd(FeatureHash.Backward(form.Word), (concept, form));
            }
        }

        Write(stream, names, forms.Select(pair => (pair.Key, pair.Value.Concept, pair.Value.Form.Person, pair.Value.Form.Tense)));
    }

    private static void Write(Stream stream, List<string> names, IEnumerable<(uint Word, int Concept, WordPerson Person, WordTense Tense)> words)
    {
        var all = words.OrderBy(word => word.Word).ToArray();
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)all.Length * 3 / 2);
        var places = new byte[count * ConceptTable.PlaceSize];
        foreach (var word in all)
        {
            var at = (int)word.Word & (count - 1);
            while (BinaryPrimitives.ReadUInt32LittleEndian(places.AsSpan(at * ConceptTable.PlaceSize)) != 0)
            {
                at = (at + 1) & (count - 1);
            }

            var place = places.AsSpan(at * ConceptTable.PlaceSize, ConceptTable.PlaceSize);
            BinaryPrimitives.WriteUInt32LittleEndian(place, word.Word);
            BinaryPrimitives.WriteUInt16LittleEndian(place[4..], (ushort)word.Concept);
            (place[6], place[7]) = ((byte)word.Person, (byte)word.Tense);
        }

        using var writer = new BinaryWriter(stream);
        writer.Write(names.Count);
        names.ForEach(name => writer.Write(FeatureHash.Of(name)));
        writer.Write(count);
        writer.Write(places);
    }
}
