namespace FeedbackFlow.App.Cli;

/// <summary>How a command ends: results on standard output, one clear line of trouble on standard error, and the code.</summary>
internal static class Say
{
    public const int Ok = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    /// <summary>What was asked for cannot be done as things are.</summary>
    public static int No(string message) => Trouble(message, Refused);

    /// <summary>What was asked for is written wrongly.</summary>
    public static int Wrong(string message) => Trouble(message, WrongUsage);

    /// <summary>A secret that is stored as a hash only.</summary>
    public static void Secret(string what, string secret)
    {
        Console.WriteLine(secret);
        Console.WriteLine($"This {what} is shown once and kept only as a hash: copy it now.");
    }

    /// <summary>A secret with which signatures are computed: it is stored as it is.</summary>
    public static void SharedSecret(string secret)
    {
        Console.WriteLine(secret);
        Console.WriteLine("This secret is shown once: copy it now.");
    }

    private static int Trouble(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
