namespace FeedbackFlow.App.Cli;

/// <summary>
/// Settings such as <c>--Smtp:Host mail.example.com</c> may stand anywhere on the command line. They belong to the configuration, whose names are open, so they are
/// set apart before the options of a command are checked for slips.
/// </summary>
/// <param name="Settings">As the configuration takes them.</param>
/// <param name="Rest">Command, arguments and options.</param>
/// <param name="Problem">A setting without a value; null when there is none.</param>
internal sealed record SettingArguments(string[] Settings, string[] Rest, string? Problem)
{
    public static SettingArguments Split(IReadOnlyList<string> args)
    {
        var (settings, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
            {
                rest.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (args[i].Contains('=', StringComparison.Ordinal)) continue;
            if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                return new([], [], $"Setting {args[i]} has no value. Write {args[i]} VALUE.");
            settings.Add(args[++i]);
        }

        return new([.. settings], [.. rest], null);
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=', 2)[0].Contains(':', StringComparison.Ordinal);
}
