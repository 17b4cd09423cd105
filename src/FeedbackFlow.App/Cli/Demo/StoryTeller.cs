using System.Globalization;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery.BusinessHours;
using NodaTime;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>Tells what happens, by the clock of the story.</summary>
internal sealed class StoryTeller(Words words, string zone, TimeProvider clock, TextWriter output)
{
    public void Say(string key, params (string Name, string Value)[] values) => output.WriteLine(words.Say(key, values));

    public void Day(int number)
    {
        var now = clock.GetUtcNow();
        output.WriteLine();
        Say("demo.day", ("n", Words.Number(number)), ("day", words.Times(zone, now).Day(now)));
    }

    public void Event(string key, params (string Name, string Value)[] values) => output.WriteLine($"  {Clock()}  {words.Say(key, values)}");

    public void Quote(string text) => output.WriteLine($"         \"{text}\"");

    public void Letter(Letter letter, string page)
    {
        output.WriteLine($"  {Clock()}  {words.Say("demo.letter", ("kind", words["letter.kind." + Words.Kebab(letter.Kind.ToString())]), ("to", letter.To.Address))}");
        output.WriteLine($"         {letter.Subject}");
        output.WriteLine($"         {page}");
    }

    public static string Seconds(TimeSpan took) => took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private string Clock() =>
        Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(WorkingTime.ZoneOf(zone)).ToString("HH:mm", CultureInfo.InvariantCulture);
}
