using System.Diagnostics;
using System.Text.Json;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>The npm libraries of <c>Speed/npm</c>, asked through node. The commands run from the root of the repository.</summary>
internal static class Peers
{
    public static string Folder { get; } = Path.Combine("tests", "FeedbackFlow.Benchmarks", "Signals", "Speed", "npm");

    public static bool AreThere => Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <summary>Gives the texts to a script and takes what it prints.</summary>
    public static T Ask<T>(string script, IEnumerable<string> texts)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using (var input = new StreamWriter(node.StandardInput.BaseStream))
        {
            input.Write(JsonSerializer.Serialize(texts));
        }

        var answer = JsonSerializer.Deserialize<T>(node.StandardOutput.ReadToEnd())!;
        node.WaitForExit();
        return answer;
    }
}
