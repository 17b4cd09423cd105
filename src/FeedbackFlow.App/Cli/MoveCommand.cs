using System.CommandLine;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;

namespace FeedbackFlow.App.Cli;

/// <summary><c>move --to azure</c> and <c>move --to file</c>.</summary>
internal static class MoveCommand
{
    private const string Azure = "azure";
    private const string File = "file";

    public static Command Make(string[] settings)
    {
        var to = Checked.OneOf("--to", "azure: from the folder of --data into the storage account of the Storage settings; file: the way back.", true, Azure, File);
        var command = new Command("move", "Copy the whole store into an empty one. Every server must be stopped. What was moved stays where it was; letters in mail/ are not part of it.") { to, StoreOptions.Data };
        command.SetAction(async (parsed, ct) =>
        {
            var adapters = OpenedStore.Adapters(OpenedStore.Configuration(parsed, settings));
            if (adapters.Cloud is null) throw new WrongSettingException("Storage:Tables", null, "A move needs both sides: give Storage:Tables and Storage:Queues, or Storage:ConnectionString.");
            var toAzure = parsed.GetRequiredValue(to) == Azure;
            if (toAzure && !Backups.StoreExists(adapters)) return Say.No($"There is no store in {adapters.DataFolder}. Name its folder with --data DIR.");
            using var folder = StoreLock.Take(adapters.DataFolder);
            return await RunAsync(adapters, toAzure, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(AdapterSettings adapters, bool toAzure, CancellationToken ct)
    {
        await using var file = OpenedStore.Open(adapters with { Cloud = null });
        await using var cloud = OpenedStore.Open(adapters);
        var (from, target) = toAzure ? (file, cloud) : (cloud, file);
        if (await StoreMove.IsEmptyAsync(from.Side, ct)) return Say.No("There is no business in the store that would be moved.");
        if (!await StoreMove.IsEmptyAsync(target.Side, ct)) return Say.No("The target already holds businesses. A store is moved into an empty one.");
        var moved = await StoreMove.RunAsync(from.Side, target.Side, ct);
        Console.WriteLine($"Copied {moved.Rows} rows of {moved.Partitions} partitions; as many are there.");
        var rearmed = await new RepairNudges(target.Lists, target.Lookups, target.Nudges, MachineClock.Instance).RearmAsync(ct);
        Console.WriteLine($"Nudged {rearmed.Letters} unsent letters and {rearmed.Tasks} steps of open tasks.");
        Console.WriteLine("Never start a server on the old store again: its letters would be sent twice.");
        return Say.Ok;
    }
}
