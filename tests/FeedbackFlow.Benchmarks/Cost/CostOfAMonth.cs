using System.Globalization;

namespace FeedbackFlow.Benchmarks.Cost;

/// <summary>The arithmetic of the cost document: numbers by name from a file, and what a month costs for so many feedbacks.</summary>
internal static class CostOfAMonth
{
    private static readonly double[] Sizes = [1_000, 100_000, 10_000_000];

    public static int Run(string file)
    {
        var numbers = File.ReadAllLines(file).Select(line => line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1)
            .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
        var months = Sizes.Select(size => Month(numbers, size)).ToList();
        Console.WriteLine("| a month | " + string.Join(" | ", Sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture))) + " |");
        Console.WriteLine("| --- |" + string.Concat(Sizes.Select(_ => " --- |")));
        for (var line = 0; line < months[0].Count; line++)
            Console.WriteLine($"| {months[0][line].What} | {string.Join(" | ", months.Select(month => Say(month[line].Amount, month[line].Dollars)))} |");
        Console.WriteLine($"| **together** | {string.Join(" | ", months.Select(month => "**" + Money(month.Sum(line => line.Dollars)) + "**"))} |");
        return 0;
    }

    private static List<(string What, double Amount, double Dollars)> Month(Dictionary<string, double> n, double feedbacks)
    {
        var risks = n["share.risk"] * feedbacks;
        var quiet = feedbacks - risks;
        var tables = (quiet * n["calls.table.norisk"]) + (risks * (n["calls.table.risk"] + n["calls.table.task"])) + n["calls.table.timers"];
        var queues = (risks * (n["calls.queue.risk"] + n["calls.queue.task"])) + n["calls.queue.idle"];
        var gbSeconds = n["memory.gb"] * ((quiet * n["seconds.norisk"]) + (risks * (n["seconds.risk"] + (n["nudges.task"] * n["seconds.nudge"]))));
        var millions = (feedbacks + (risks * (n["nudges.task"] + 1))) / 1e6;
        var gigabytes = ((quiet * n["rows.kb.norisk"]) + (risks * n["rows.kb.risk"])) * n["months.kept"] / 1e6;
        var records = feedbacks * n["share.language"];
        var letters = 2 * risks;
        var logs = feedbacks * n["logs.kb"] / 1e6;
        return
        [
            ("table calls", tables, tables / 1e4 * n["tables.10000"]),
            ("queue calls", queues, queues / 1e4 * n["queues.10000"]),
            ("GB-seconds", gbSeconds, Over(gbSeconds, n["functions.gbsecond.free"]) * n["functions.gbsecond"]),
            ("million executions", millions, Over(millions, n["functions.million.free"]) * n["functions.million"]),
            ("GB of rows", gigabytes, gigabytes * n["tables.gb"]),
            ("AI Language records", records, Language(n, records)),
            ("letters by Communication Services", letters, letters * (n["mail.letter"] + (n["letter.mb"] * n["mail.mb"]))),
            ("GB of logs", logs, Over(logs, n["logs.gb.free"]) * n["logs.gb"]),
            ("vault reads", n["vault.reads"], n["vault.reads"] / 1e4 * n["vault.10000"]),
        ];
    }

    private static double Language(Dictionary<string, double> n, double records) =>
        ((Math.Min(records, 5e5) * n["language.1000"]) + (Math.Min(Over(records, 5e5), 2e6) * n["language.1000.over500k"]) + (Over(records, 2.5e6) * n["language.1000.over2500k"])) / 1e3;

    private static double Over(double amount, double free) => Math.Max(0, amount - free);

    private static string Say(double amount, double dollars) => $"{amount.ToString(amount < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture)}: {Money(dollars)}";

    private static string Money(double dollars) => dollars.ToString("N2", CultureInfo.InvariantCulture);
}
