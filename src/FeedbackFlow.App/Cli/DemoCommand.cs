using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.App.Cli.Demo;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Standalone;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Cli;

/// <summary><c>demo</c>: eight days in seconds, through the real doors of a real server whose clock is driven.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Command Make()
    {
        var language = Checked.OneOf("--language", "Language of the story, its business and its letters. Default: he.", false, "he", "en");
        var exit = new Option<bool>("--exit") { Description = "End when the story ends, instead of keeping its pages open until Ctrl-C." };
        var command = new Command(
            "demo",
            "Tell the story of a customer who tried for eight days to reach somebody: contacts, alerts, reminders, form, call. It listens on a free port of this machine; without --data its folder goes when it ends.")
        {
            language, exit, StoreOptions.Data,
        };
        command.SetAction(async parsed =>
        {
            var given = parsed.GetValue(StoreOptions.Data);
            if (given is not null && Backups.StoreExists(new AdapterSettings(Path.GetFullPath(given), null)))
                return Say.No($"There is a store in {Path.GetFullPath(given)} already. The story needs a folder of its own.");
            var folder = given ?? Directory.CreateTempSubdirectory("feedbackflow-demo-").FullName;
            try
            {
                return await RunAsync(Words.For(parsed.GetValue(language) ?? "he"), Path.GetFullPath(folder), parsed.GetValue(exit));
            }
            finally
            {
                if (given is null) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Words words, string folder, bool exit)
    {
        var now = MachineClock.Instance.GetUtcNow();
        var people = new StoryPeople(words);
        var business = people.Business(now);
        var calendar = StoryCalendar.After(now, business.Hours());
        var clock = new DrivenClock(calendar.At(1, 8, 0));
        var url = $"http://127.0.0.1:{FreePort()}";
        using var held = StoreLock.Take(folder);
        await using var app = AppBuilder.Build(Arguments(url, folder), clock);
        await app.Services.GetRequiredService<ICommits>().CommitAsync(new Commit(business.Slug) { Settings = Change.New(business) }, CancellationToken.None);
        await Serve.ListenAsync(app);

        var stopping = app.Lifetime.ApplicationStopping;
        var tell = new StoryTeller(words, business.Zone, clock, Console.Out);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var mail = new StoryMail(app.Services.GetRequiredService<ILists>(), app.Services.GetRequiredService<ILookups>(), app.Services.GetRequiredService<SiteAddresses>(), clock);
        var story = new EightDays(
            words, calendar, people, tell, new(http), mail, clock, app.Services.GetRequiredService<NudgeLoop>().RunDueAsync, app.Services.GetRequiredService<ILookups>());
        try
        {
            tell.Say("demo.title", ("business", business.Name));
            await story.TellAsync(stopping);
            Addresses(tell, app.Services.GetRequiredService<SiteAddresses>(), Path.Combine(folder, "mail"));
            if (!exit) await KeepOpenAsync(tell, clock, stopping);
        }
        catch (StoryStoppedException broken)
        {
            await app.StopAsync();
            return Say.No($"The story stopped: {broken.Message}");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl-C in the middle of the story.
        }

        await app.StopAsync();
        return Say.Ok;
    }

    private static void Addresses(StoryTeller tell, SiteAddresses addresses, string letters)
    {
        Console.WriteLine();
        tell.Say("demo.pages.customer", ("address", addresses.OpenForm(DemoBusiness.Slug).ToString()));
        tell.Say("demo.pages.manager", ("address", addresses.Board.ToString()), ("email", "manager@demo.example"));
        tell.Say("demo.pages.mailbox", ("address", addresses.At("mailbox").ToString()));
        tell.Say("demo.pages.letters", ("folder", letters));
    }

    /// <summary>From here on the story's clock goes like any other, so that reminders come to whoever tries the pages.</summary>
    private static async Task KeepOpenAsync(StoryTeller tell, DrivenClock clock, CancellationToken stopping)
    {
        tell.Say("demo.end");
        using var timer = new PeriodicTimer(Second);
        while (await timer.TicksAgainAsync(stopping)) clock.Advance(Second);
    }

    /// <summary>A machine that is set up for real mail and a real store must not get the story into them.</summary>
    private static string[] Arguments(string url, string folder) =>
        ["--environment=Development", $"--urls={url}", $"--PublicUrl={url}", $"--data={folder}", "--Smtp:Host=", "--Storage:Tables=", "--Storage:Queues=", "--Storage:ConnectionString=", $"--{Settings.FunctionsPort}="];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
