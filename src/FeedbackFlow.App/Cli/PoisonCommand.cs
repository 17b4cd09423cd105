using System.CommandLine;

namespace FeedbackFlow.App.Cli;

/// <summary><c>poison list</c> and <c>poison replay</c>: messages that failed five times or cannot be read.</summary>
internal static class PoisonCommand
{
    public static Command Make(string[] settings) =>
        new("poison", "Messages that were set aside after five failures. Nothing depends on them: the sweep finds what they were for. They tell that something was wrong.") { List(settings), Replay(settings) };

    private static Command List(string[] settings)
    {
        var command = new Command("list", "Show up to 32 of them.") { StoreOptions.Data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var nudges = await store.Nudges.SetAsideNudgesAsync(ct);
            foreach (var nudge in nudges)
            {
                Console.WriteLine(nudge is null
                    ? "cannot be read"
                    : $"{nudge.Business}  {nudge.At:u}  {(nudge.Task is { } task ? $"task {task} " : "")}{string.Join(' ', nudge.Letters.Select(letter => $"letter {letter}"))}".TrimEnd());
            }

            Console.WriteLine(nudges.Count == 0 ? "Nothing is set aside." : $"{nudges.Count} set aside. When the cause is gone: poison replay");
            return Say.Ok;
        });
        return command;
    }

    private static Command Replay(string[] settings)
    {
        var discard = new Option<bool>("--discard-unreadable") { Description = "Delete what cannot be read; otherwise it stays." };
        var command = new Command("replay", "Put them back into the queue.") { discard, StoreOptions.Data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = OpenedStore.Existing(parsed, settings);
            var (replayed, unreadable) = await store.Nudges.ReplayAsync(parsed.GetValue(discard), ct);
            var rest = unreadable == 0 ? "" : parsed.GetValue(discard) ? $" {unreadable} could not be read and were deleted." : $" {unreadable} cannot be read and stay.";
            Console.WriteLine($"{replayed} put back.{rest}");
            return Say.Ok;
        });
        return command;
    }
}
