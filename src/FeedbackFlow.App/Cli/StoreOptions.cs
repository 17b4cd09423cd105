using System.CommandLine;

namespace FeedbackFlow.App.Cli;

internal static class StoreOptions
{
    /// <summary>One option for every command, so that it may stand before the command or after it.</summary>
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Folder of the store. Default: data, or the setting of that name.",
        HelpName = "DIR",
    };
}
