using System.CommandLine;
using System.CommandLine.Invocation;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Cli;

/// <summary>
/// One program: without a command it serves, with one it operates. Ends with 0 when it did what was asked, 1 when it could not, 2 when it was asked wrongly.
/// </summary>
internal static class CommandLine
{
    private const string About = """
        FeedbackFlow notices customers who are about to leave and makes sure that somebody calls them.
        Without a command it serves until Ctrl-C; then it finishes what it accepted.

        Every setting may also stand in appsettings.json or in the environment (PublicUrl, Smtp__Host), and on the
        command line as --NAME VALUE:
          --Smtp:Host --Smtp:Port --Smtp:From --Smtp:User --Smtp:Password --Smtp:StartTls   mail server; without one
                                    letters become files in mail/ of the data folder
          --Storage:Tables --Storage:Queues   https addresses of a storage account; without them the store is one file
                                    in the data folder. AZURE_CLIENT_ID names the managed identity
          --Storage:ConnectionString   instead, for the emulator: UseDevelopmentStorage=true
          --Logging:LogLevel:Default Debug   and whatever else ASP.NET Core reads from its configuration
        Exit codes: 0 done, 1 refused (the reason is on standard error), 2 wrong usage or setting.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = System.Text.Encoding.UTF8;
        var split = SettingArguments.Split(args);
        if (split.Problem is { } problem) return Say.Wrong(problem);
        try
        {
            return await InvokeAsync(Root(args, split.Settings).Parse(ServeOptions.InOurCase(split.Rest)));
        }
        catch (Exception wrong) when (wrong is WrongSettingException or InvalidDataException)
        {
            return Say.Wrong(wrong.Message);
        }
        catch (Exception refused) when (refused is StoreRefusedException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            return Say.No(refused is StoreUnavailableException { InnerException: { } cause } && !refused.Message.Contains(cause.Message, StringComparison.Ordinal)
                ? $"{refused.Message} ({cause.Message})"
                : refused.Message);
        }
    }

    private static RootCommand Root(string[] args, string[] settings)
    {
        var root = new RootCommand(About) { BusinessCommand.Make(settings), BranchCommand.Make(settings), PersonCommand.Make(settings), KeyCommand.Make(settings), LinkCommand.Make(settings), SourceCommand.Make(settings) };
        root.Add(BackupCommand.Make(settings));
        root.Add(RestoreCommand.Make(settings));
        root.Add(MoveCommand.Make(settings));
        root.Add(PoisonCommand.Make(settings));
        root.Add(ReadCommand.Make());
        root.Add(DemoCommand.Make());
        foreach (var option in ServeOptions.All) root.Add(option);
        root.SetAction((_, _) => Serve.RunAsync(args));
        return root;
    }

    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            return Say.Wrong("Add --help to see what can be written here.");
        }

        // The server has its own way to stop, which takes as long as the accepted work needs.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
