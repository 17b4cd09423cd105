using System.CommandLine;
using System.CommandLine.Parsing;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.App.Cli;

/// <summary>Arguments and options that say themselves what is wrong with a value: its name, the value, and what to write instead.</summary>
internal static class Checked
{
    public static Argument<string> SlugOf(string what)
    {
        var argument = new Argument<string>("SLUG") { Description = what };
        argument.Validators.Add(result => Check(result, "SLUG", slug => Slug.IsWellFormed(slug)
            ? null
            : "Write 2 to 40 lower case letters, digits and hyphens, beginning with a letter or digit, such as 'north-air'."));
        return argument;
    }

    /// <summary>One line of words: a name or a label.</summary>
    public static Option<string> Words(string name, string what, string value)
    {
        var option = new Option<string>(name) { Description = what, HelpName = value, Required = true };
        option.Validators.Add(result => Check(result, name, words => PlainText.OneLine(words).Length is > 0 and <= SubmissionGate.LongestName
            ? null
            : $"Write 1 to {SubmissionGate.LongestName} characters."));
        return option;
    }

    public static Option<string> Email(string name, string what, bool required) =>
        Option(name, what, "ADDRESS", required, text => EmailAddress.Normalise(text) is null ? "Write one address such as name@example.com." : null);

    public static Option<string> Phone(string name, string what) =>
        Option(name, what, "NUMBER", false, text => PhoneNumber.Normalise(text) is null ? "Write a number such as 054-123-4567 or +44 20 7946 0000." : null);

    public static Option<string> OneOf(string name, string what, bool required, params string[] values)
    {
        var option = Option(name, what, string.Join('|', values), required, text => values.Contains(text) ? null : $"Write one of {string.Join(", ", values)}.");
        option.CompletionSources.Add(values);
        return option;
    }

    public static Option<string> Zone(string name) =>
        Option(name, "IANA time zone, such as Asia/Jerusalem.", "ZONE", true, text => WorkingWeekCheck.CheckZone(text) is [var problem, ..] ? problem.Message : null);

    public static Option<string> HttpsUrl(string name, string what) => Option(
        name, what, "URL", false, text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? null : "Write an address that begins with https://.");

    public static Option<string> Option(string name, string what, string value, bool required, Func<string, string?> fix)
    {
        var option = new Option<string>(name) { Description = what, HelpName = value, Required = required };
        option.Validators.Add(result => Check(result, name, fix));
        return option;
    }

    /// <summary>What is wrong with it is said without repeating it.</summary>
    public static Option<string> Secret(string name, string what, string value, Func<string, string?> fix)
    {
        var option = new Option<string>(name) { Description = what, HelpName = value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && fix(result.Tokens[0].Value) is { } advice) result.AddError($"{name} cannot be used. {advice}");
        });
        return option;
    }

    private static void Check(SymbolResult result, string name, Func<string, string?> fix)
    {
        if (result.Tokens.Count != 1) return;
        var value = result.Tokens[0].Value;
        if (fix(value) is { } advice) result.AddError($"{name} is '{value}'. {char.ToUpperInvariant(advice[0])}{advice[1..]}");
    }
}
