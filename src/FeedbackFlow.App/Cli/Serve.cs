using System.Net.Sockets;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Cli;

/// <summary>Runs the server until it is told to stop; then it finishes what it accepted.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args)
    {
        var built = AppBuilder.Build(args, MachineClock.Instance);
        var settings = built.Services.GetRequiredService<Settings>();
        // Nothing has opened the store yet, and the folder is given back only after it is closed.
        using var folder = settings.Adapters.Cloud is null ? StoreLock.Take(settings.Adapters.DataFolder) : null;
        await using var app = built;
        if (settings.IsDevelopment) await EnsureDemoAsync(app.Services);
        await ListenAsync(app);
        Welcome(settings, app.Urls);
        await app.WaitForShutdownAsync();
        return Say.Ok;
    }

    /// <summary>Starts the server; what is wrong with its addresses is told in words of the settings.</summary>
    public static async Task ListenAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
        {
            await app.StopAsync();
            throw new IOException($"{failure.Message.TrimEnd('.')}: another program listens there. Stop it, or choose another address with --urls.");
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or SocketException or UnauthorizedAccessException)
        {
            await app.StopAsync();
            var urls = app.Services.GetRequiredService<IConfiguration>();
            throw new WrongSettingException("urls", Settings.ListenOn(urls), $"{failure.Message} Give an address such as {Settings.DefaultUrl} with --urls.");
        }
    }

    private static Task EnsureDemoAsync(IServiceProvider services) => DemoBusiness.EnsureAsync(
        services.GetRequiredService<ILists>(), services.GetRequiredService<ICommits>(), services.GetRequiredService<TimeProvider>(), CancellationToken.None);

    private static void Welcome(Settings settings, IEnumerable<string> urls)
    {
        Console.WriteLine($"FeedbackFlow listens on {string.Join(", ", urls)}; {(settings.Adapters.Cloud is null ? $"data in {settings.Adapters.DataFolder}" : "data in the storage account")}");
        if (!settings.IsDevelopment) return;
        Console.WriteLine($"  customer  {new Uri(settings.PublicUrl, "b/" + DemoBusiness.Slug)}");
        Console.WriteLine($"  manager   {new Uri(settings.PublicUrl, "manage")}   (sign in as manager@demo.example)");
        Console.WriteLine($"  mailbox   {new Uri(settings.PublicUrl, "mailbox")}");
    }
}
