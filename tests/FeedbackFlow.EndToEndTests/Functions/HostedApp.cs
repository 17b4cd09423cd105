using System.Net;
using System.Net.Sockets;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FeedbackFlow.Tests.Functions;

/// <summary>The program as the Functions host starts it, on an account of the emulator, with letters that arrive in <see cref="Mail"/>.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private HostedApp(WebApplication app, Uri handler, DrivenClock clock, Mail mail, string key)
    {
        (this.app, Address, Clock, Mail, Key) = (app, handler, clock, mail, key);
        Host = new(Source, handler);
    }

    /// <summary>Where the functions' folders are before they are published.</summary>
    public static string Source => Path.Combine(TestServices.Repository, "src", "FeedbackFlow.App", "Functions");

    public FunctionsHost Host { get; }

    public string Account { get; private init; } = "";

    /// <summary>Where it listens, which only the host knows.</summary>
    public Uri Address { get; }

    public DrivenClock Clock { get; }

    public Mail Mail { get; }

    /// <summary>An API key of the business <c>demo</c>.</summary>
    public string Key { get; }

    public static async Task<HostedApp> StartAsync(Azurite azurite, Action<IServiceCollection>? change = null, DateTimeOffset? start = null, Func<DateTimeOffset, Business>? make = null, IReadOnlyList<string>? channel = null)
    {
        if (Azurite.Missing is { } reason) Assert.Skip(reason);
        var account = await azurite.NewAccountAsync();
        var handler = new Uri($"http://127.0.0.1:{FreePort()}");
        var (clock, mail) = (new DrivenClock(start ?? TestApp.Sunday), new Mail());
        string[] args =
        [
            // Even a deployment that calls itself Development has neither mailbox nor demo key.
            "--environment", "Development", $"--{Settings.FunctionsPort}", handler.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--PublicUrl", $"https://{FunctionsHost.PublicHost}", "--Storage:ConnectionString", account.ConnectionString, "--Smtp:Host", "127.0.0.1", "--Smtp:From", "service@example.com",
            "--hostBuilder:reloadConfigOnChange", "false", .. channel ?? [],
        ];
        var app = AppBuilder.Build(args, clock, services =>
        {
            services.RemoveAll<ILoggerProvider>();
            // With settings of a channel of its own it sends through that.
            if (channel is null) services.Replace(ServiceDescriptor.Singleton<ILetterChannel>(mail));
            change?.Invoke(services);
        });
        var key = Token.New(DemoBusiness.Slug);
        var business = (make ?? DemoBusiness.Make)(clock.GetUtcNow());
        await app.Services.GetRequiredService<ICommits>().CommitAsync(
            new Commit(business.Slug) { Settings = Change.New(business with { Keys = [.. business.Keys, new(Token.Hash(key), "test", clock.GetUtcNow())] }) }, CancellationToken.None);
        await app.StartAsync();
        return new(app, handler, clock, mail, key) { Account = account.Name };
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage?> FeedbackAsync(object feedback, string? key = null) => Host.OutsideAsync(
        HttpMethod.Post, "/api/feedback", System.Net.Http.Json.JsonContent.Create(feedback), ("Authorization", "Bearer " + (key ?? Key)));

    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
