using System.CommandLine;
using FeedbackFlow.Adapters.Storage;

namespace FeedbackFlow.App.Cli;

/// <summary><c>restore FILE</c>.</summary>
internal static class RestoreCommand
{
    public static Command Make(string[] settings)
    {
        var file = new Argument<string>("FILE") { Description = "A file written by 'backup'." };
        var replace = new Option<bool>("--replace") { Description = "Replace a store that holds businesses. The old one stays beside it as feedbackflow.db.before-restore." };
        var command = new Command(
            "restore", "Put a backup in the place of the store. The server must be stopped. Letters that were sent after the backup was made may be sent again.") { file, replace, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var adapters = OpenedStore.Adapters(OpenedStore.Configuration(parsed, settings));
            if (adapters.Cloud is not null) return Say.No("The store is a storage account, which keeps its own copies. 'move --to file' makes a file of it.");
            var kept = await Backups.RestoreAsync(adapters, parsed.GetRequiredValue(file), parsed.GetValue(replace), MachineClock.Instance);
            Console.WriteLine($"Restored into {adapters.DataFolder}.");
            if (kept is not null) Console.WriteLine($"The store that was there is kept as {kept}.");
            return Say.Ok;
        });
        return command;
    }
}
