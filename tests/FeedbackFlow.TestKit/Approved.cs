using System.Runtime.CompilerServices;

namespace FeedbackFlow.Tests;

/// <summary>
/// Compares a text with the one that a person approved, in a file beside the test. A difference leaves <c>.received</c> there to look at;
/// <c>FEEDBACKFLOW_APPROVE=1</c> takes what was received as approved.
/// </summary>
public static class Approved
{
    public static void Matches(string received, string name, [CallerFilePath] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(test)!, "Approved");
        var approved = Path.Combine(folder, name);
        var beside = approved + ".received";
        var text = received.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("FEEDBACKFLOW_APPROVE") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(approved, text);
        }

        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
        {
            File.Delete(beside);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(beside, text);
        throw new NotApprovedException($"{name} differs from what was approved. Compare it with {name}.received beside it.");
    }
}

public sealed class NotApprovedException(string message) : Exception(message);
