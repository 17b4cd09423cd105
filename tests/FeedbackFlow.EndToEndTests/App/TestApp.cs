using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.App.Standalone;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FeedbackFlow.Tests;

/// <summary>How a <see cref="TestApp"/> differs from the one a newcomer starts.</summary>
internal sealed record TestAppOptions
{
    public string Environment { get; init; } = "Development";

    public string? PublicUrl { get; init; }

    public string[] Args { get; init; } = [];

    /// <summary>What is replaced inside.</summary>
    public Action<IServiceCollection>? Change { get; init; }

    /// <summary>The test causes errors and says so.</summary>
    public bool ExpectsErrors { get; init; }

    public DateTimeOffset Start { get; init; } = TestApp.Sunday;
}

/// <summary>
/// The real program on a free loopback port, with a store and letters in a folder of its own and a clock that is moved by hand. Nudges are followed
/// when the clock moves; everything else runs as it does for a newcomer. When it is disposed, nothing may have gone wrong inside.
/// </summary>
internal sealed class TestApp : IAsyncDisposable
{
    /// <summary>A working Sunday morning in Israel, long after any machine's clock, so that no cookie is over before it is set.</summary>
    public static readonly DateTimeOffset Sunday = new(2032, 11, 7, 10, 0, 0, TimeSpan.FromHours(2));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebApplication app;
    private readonly string folder;
    private readonly TestAppOptions options;

    private TestApp(WebApplication app, string folder, Uri address, TestAppOptions options, DrivenClock clock, CapturedLog log)
    {
        (this.app, this.folder, this.options) = (app, folder, options);
        (Address, Clock, Log) = (address, clock, log);
        Client = NewClient();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public DrivenClock Clock { get; }

    public CapturedLog Log { get; }

    /// <summary>A plain client: follows no redirects and keeps no cookies.</summary>
    public HttpClient Client { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public FragileRows Rows => app.Services.GetRequiredService<FragileRows>();

    public string MailFolder => Path.Combine(folder, "mail");

    public static Task<TestApp> StartAsync() => StartAsync(new());

    public static async Task<TestApp> StartAsync(TestAppOptions options)
    {
        OnlyLoopback.Watch();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await StartOnceAsync(options);
            }
            catch (IOException) when (tries < 5)
            {
                // Somebody else took the port between finding it and listening on it.
            }
        }
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 128 }) { BaseAddress = Address };

    /// <summary>Somebody with a browser: keeps cookies.</summary>
    public Guest NewGuest() => new(Address);

    /// <summary>A second business with an owner and a manager who read English. Returns its API key.</summary>
    public async Task<string> AddBusinessAsync(string slug, string language = "en", Func<Business, Business>? change = null)
    {
        var key = Token.New(slug);
        var business = DemoBusiness.Make(Now) with
        {
            Slug = slug,
            Name = language == "en" ? "Cool Air" : "מיזוג קר",
            Language = language,
            Phone = "+97239998877",
            ReplyTo = $"service@{slug}.example",
            People =
            [
                new(NewId.At<PersonId>(Now), "Sam Green", $"manager@{slug}.example", "+972501112233", PersonRole.Manager, language, []),
                new(NewId.At<PersonId>(Now), "Olive Stone", $"owner@{slug}.example", "+972502223344", PersonRole.Owner, language, []),
            ],
            Keys = [new(Token.Hash(key), "test", Now)],
        };
        var stored = await Get<ICommits>().CommitAsync(new Commit(slug) { Settings = Change.New(change?.Invoke(business) ?? business) }, CancellationToken.None);
        Assert.Equal(CommitResult.Committed, stored);
        return key;
    }

    /// <summary>Moves the clock from one due nudge to the next, following each, until the time has come.</summary>
    public async Task MoveToAsync(DateTimeOffset time)
    {
        await LettersSentAsync();
        await FollowAsync();
        while (await NextDueAsync() is { } next && next <= time)
        {
            if (next > Now) Clock.MoveTo(next);
            await FollowAsync();
        }

        if (time > Now) Clock.MoveTo(time);
        await FollowAsync();
    }

    public Task AdvanceAsync(TimeSpan by) => MoveToAsync(Now + by);

    /// <summary>Waits until the letters that were committed for this process are on their way; those that wait for a retry stay.</summary>
    public async Task LettersSentAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var business in (await Get<ILists>().BusinessesAsync(100, null, CancellationToken.None)).Items)
        {
            while (await AnyLeasedAsync(business)) await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Every letter that was written to the folder so far, oldest first.</summary>
    public async Task<IReadOnlyList<Eml>> LettersAsync()
    {
        await LettersSentAsync();
        return Directory.Exists(MailFolder) ? [.. Directory.GetFiles(MailFolder, "*.eml").Order(StringComparer.Ordinal).Select(Eml.Read)] : [];
    }

    public async Task<IReadOnlyList<Eml>> LettersToAsync(string address) => [.. (await LettersAsync()).Where(letter => letter.To.Contains(address, StringComparison.Ordinal))];

    /// <summary>Signs in through the real doors: asks, reads the letter, confirms.</summary>
    public async Task<Guest> SignInAsync(string email)
    {
        var guest = NewGuest();
        var before = (await LettersToAsync(email)).Select(letter => letter.Header("Message-ID")).ToList();
        var ask = await guest.GetAsync("/manage/sign-in");
        var sent = await guest.SubmitAsync(ask, "form[action$='/manage/sign-in']", ("email", email));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        var letter = Assert.Single(await LettersToAsync(email), letter => !before.Contains(letter.Header("Message-ID")));
        var confirm = await guest.GetAsync(letter.Link("/manage/sign-in/"));
        var entered = await guest.SubmitAsync(confirm, "form[action*='/manage/sign-in/']");
        Assert.Equal(HttpStatusCode.Redirect, entered.Status);
        return guest;
    }

    /// <summary>All feedback ids of a business's tasks and customers would hide a half-stored row: this counts the rows themselves.</summary>
    public async Task<int> CountRowsAsync(string business, string prefix)
    {
        var count = 0;
        string? next = null;
        do
        {
            var page = await Rows.Inner.RangeAsync(business, prefix, prefix + "~", 1_000, next, CancellationToken.None);
            (count, next) = (count + page.Rows.Count, page.Continuation);
        }
        while (next is not null);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        var errors = string.Join("\n\n", Log.Lines.Where(line => line.Level >= LogLevel.Error).Select(line => $"{line.Message} {line.Failure}").Distinct().Take(3));
        Assert.True(options.ExpectsErrors || errors.Length == 0, errors);
        OnlyLoopback.AssertNothingElse();
    }

    private static async Task<TestApp> StartOnceAsync(TestAppOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("feedbackflow-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var (clock, log) = (new DrivenClock(options.Start), new CapturedLog());
        string[] args =
        [
            "--environment", options.Environment, "--urls", address.ToString(), "--data", folder, "--hostBuilder:reloadConfigOnChange", "false",
            .. options.PublicUrl is { } publicUrl ? new[] { "--PublicUrl", publicUrl } : [],
            .. options.Args.Select(arg => arg.Replace("{port}", address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)),
        ];
        var app = AppBuilder.Build(args, clock, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(log);
            services.AddSingleton(provider => new FragileRows(provider.GetRequiredService<SqliteEngine>()));
            services.Replace(ServiceDescriptor.Singleton<IRowEngine>(provider => provider.GetRequiredService<FragileRows>()));
            Drive<NudgeLoop>(services);
            services.Remove(services.Single(service => service.ImplementationType == typeof(Sweep)));
            options.Change?.Invoke(services);
        });
        if (options.Environment == "Development")
            await DemoBusiness.EnsureAsync(app.Services.GetRequiredService<ILists>(), app.Services.GetRequiredService<ICommits>(), clock, CancellationToken.None);
        await app.StartAsync();
        return new(app, folder, address, options, clock, log);
    }

    /// <summary>What runs by itself is run by the test instead.</summary>
    private static void Drive<T>(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(T)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task FollowAsync()
    {
        while (await Get<NudgeLoop>().RunDueAsync(CancellationToken.None) > 0)
        {
            // Following a nudge may make others due.
        }
    }

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        var waiting = await Get<IQueueEngine>().PeekAsync(NudgeQueue.Name, 32, CancellationToken.None);
        return waiting.Select(message => JsonSerializer.Deserialize<Nudge>(message.Body)!.Due).Where(due => due > Now).Cast<DateTimeOffset?>().Min();
    }

    private async Task<bool> AnyLeasedAsync(string business)
    {
        foreach (var letter in (await Get<ILists>().DueLettersAsync(business, DateTimeOffset.MaxValue, 1_000, null, CancellationToken.None)).Items)
        {
            var entry = await Get<ILookups>().LetterAsync(business, letter.Letter, CancellationToken.None);
            if (entry is { Value: { State: LetterState.Leased, Attempts: 1 } } && entry.Value.DueAt - Now > TimeSpan.FromSeconds(5)) return true;
        }

        return false;
    }
}
