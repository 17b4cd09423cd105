using System.CommandLine;
using FeedbackFlow.Adapters.Storage;

namespace FeedbackFlow.App.Cli;

/// <summary><c>backup FILE</c>.</summary>
internal static class BackupCommand
{
    public static Command Make(string[] settings)
    {
        var file = new Argument<string>("FILE") { Description = "A new file; one that exists is never overwritten." };
        var command = new Command("backup", "Copy the whole store to one file, also while the server runs. Letters in mail/ are not part of it.") { file, StoreOptions.Data };
        command.SetAction(async parsed =>
        {
            var adapters = OpenedStore.Adapters(OpenedStore.Configuration(parsed, settings));
            if (adapters.Cloud is not null) return Say.No("The store is a storage account, which keeps its own copies. 'move --to file' makes a file of it.");
            if (!Backups.StoreExists(adapters)) return Say.No($"There is no store in {adapters.DataFolder}. Name its folder with --data DIR.");
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            if (File.Exists(path)) return Say.No($"{path} exists already; a backup never overwrites. Choose a new name.");
            if (!Directory.Exists(Path.GetDirectoryName(path))) return Say.No($"There is no folder {Path.GetDirectoryName(path)}.");
            await Backups.WriteAsync(adapters, path, MachineClock.Instance);
            Console.WriteLine($"Wrote {path}, checked. Keep it as safe as the store: it holds customers' words.");
            return Say.Ok;
        });
        return command;
    }
}
