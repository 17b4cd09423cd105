using System.CommandLine;
using FeedbackFlow.Adapters;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.App.Cli;

/// <summary>
/// The store as commands use it: beside a running server, with the same settings. They take no lock; what two change at once is decided by the rows' tags.
/// </summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OpenedStore(ServiceProvider services) => this.services = services;

    public ILookups Lookups => services.GetRequiredService<ILookups>();

    public ILists Lists => services.GetRequiredService<ILists>();

    public NudgeQueue Nudges => services.GetRequiredService<NudgeQueue>();

    public StoreSide Side => new(services.GetRequiredService<IRowEngine>(), services.GetRequiredService<IRowCopies>());

    public ChangeBusiness Businesses => services.GetRequiredService<ChangeBusiness>();

    /// <summary>A store that is there; a wrong folder must not become a new one.</summary>
    public static OpenedStore Existing(ParseResult parsed, string[] settings)
    {
        var adapters = Adapters(Configuration(parsed, settings));
        if (adapters.Cloud is null && !Backups.StoreExists(adapters))
            throw new WrongSettingException("data", adapters.DataFolder, "There is no store in that folder. Name the right one with --data DIR, or begin one with 'business add'.");
        return Open(adapters);
    }

    public static OpenedStore ExistingOrNew(ParseResult parsed, string[] settings) => Open(Adapters(Configuration(parsed, settings)));

    /// <summary>The settings that serving would have.</summary>
    public static IConfiguration Configuration(ParseResult parsed, string[] settings) => Builder(parsed, settings).Configuration;

    public static AdapterSettings Adapters(IConfiguration configuration) => Settings.ReadAdapters(configuration);

    public OpenPlace Places(ParseResult parsed, string[] settings)
    {
        var builder = Builder(parsed, settings);
        return new(services.GetRequiredService<ICommits>(), new SiteAddresses(Settings.Read(builder.Configuration, builder.Environment.IsDevelopment()).PublicUrl));
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public static OpenedStore Open(AdapterSettings adapters)
    {
        var services = new ServiceCollection().AddSingleton(MachineClock.Instance).AddSingleton(Random.Shared).AddAdapters(adapters);
        return new(services.AddSingleton<Races>().AddSingleton<ChangeBusiness>().BuildServiceProvider());
    }

    private static WebApplicationBuilder Builder(ParseResult parsed, string[] settings)
    {
        var given = new List<string>(settings);
        if (parsed.GetValue(StoreOptions.Data) is { } folder) given.AddRange(["--data", folder]);
        if (parsed.GetValue(ServeOptions.PublicUrl) is { } url) given.AddRange(["--PublicUrl", url]);
        return WebApplication.CreateBuilder([.. given]);
    }
}
