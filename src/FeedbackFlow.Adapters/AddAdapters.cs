using FeedbackFlow.Adapters.Analysers;
using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Channels.Ways;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Adapters.Reviews;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.AzureStorage;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace FeedbackFlow.Adapters;

/// <param name="DataFolder">Holds the store and, without a mail server, the letters.</param>
/// <param name="Smtp">Null: letters become files in <c>mail/</c>.</param>
public sealed record AdapterSettings(string DataFolder, SmtpSettings? Smtp)
{
    /// <summary>Null: the store is one file in <see cref="DataFolder"/>.</summary>
    public CloudSettings? Cloud { get; init; }

    /// <summary>Null: no Communication Services.</summary>
    public EmailSettings? Email { get; init; }

    /// <summary>The account into whose queue Event Grid puts delivery reports, where that is not the store's own.</summary>
    public CloudSettings? Reports { get; init; }

    /// <summary>Whether anybody can hear of letters that did not arrive: Communication Services sends, and there is a queue that Event Grid can reach.</summary>
    public bool HearsReports => Email is not null && (Cloud ?? Reports) is not null;

    /// <summary>Null: the words are read here alone.</summary>
    public LanguageSettings? Language { get; init; }

    /// <summary>Names of <see cref="AdapterServices.ChannelNames"/>, the first to be tried first; those that are not configured are left out.</summary>
    public IReadOnlyList<string> Channels { get; init; } = AdapterServices.ChannelNames;

    /// <summary>Null: nobody is told by SMS or WhatsApp.</summary>
    public TextSettings? Texts { get; init; }

    /// <summary>Events may go to addresses of this machine and its network: for developers only.</summary>
    public bool PostsToThisMachine { get; init; }

    public string StoreFile => Path.Combine(DataFolder, "feedbackflow.db");

    public string MailFolder => Path.Combine(DataFolder, "mail");
}

/// <summary>Chooses what the ports talk to. Without configuration everything is in one folder.</summary>
public static class AdapterServices
{
    public static IServiceCollection AddAdapters(this IServiceCollection services, AdapterSettings settings)
    {
        if (settings.Cloud is { } cloud) AddCloud(services, cloud);
        else AddFile(services, settings);
        services.AddSingleton<Store>();
        services.AddSingleton<ICommits>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<ILookups>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<ILists, StoreLists>();
        services.AddSingleton<IXmlRepository, CookieKeys>();
        services.AddSingleton<NudgeQueue>();
        services.AddSingleton<INudges>(provider => provider.GetRequiredService<NudgeQueue>());
        services.AddSingleton<IErasing>(provider => new Erasing(provider.GetRequiredService<IRowEngine>(), provider.GetRequiredService<IRowRemains>(), settings.MailFolder));
        services.AddSingleton(provider => new DeliveryReports(settings.Reports is { } account ? new CloudStore(account.Connection()).Queues : provider.GetRequiredService<IQueueEngine>()));
        services.AddSingleton(provider => Channel(settings, provider));
        if (settings.Language is { } language) services.AddSingleton(provider => language.Analyser(provider.GetRequiredService<TimeProvider>()));
        // Connections are renewed, so that a changed address of a platform is found again.
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(15), AllowAutoRedirect = false }));
        services.AddSingleton(provider => new HttpEventPost(settings.PostsToThisMachine ? _ => true : PublicAddresses.Holds, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventPost>(provider => provider.GetRequiredService<HttpEventPost>());
        services.AddSingleton(provider => settings.Texts is { } texts
            ? texts.Messages(provider.GetRequiredService<HttpEventPost>(), provider.GetRequiredService<IRowEngine>(), provider.GetRequiredService<TimeProvider>())
            : new NoTextMessages());
        services.AddSingleton<IWays, PostedWays>();
        services.AddSingleton<IPublishedKeys, HttpPublishedKeys>();
        services.AddSingleton(GoogleAddresses.Default);
        services.AddSingleton<GoogleAccess>();
        services.AddSingleton<GoogleReviews>();
        services.AddSingleton<IReviewReader>(provider => provider.GetRequiredService<GoogleReviews>());
        services.AddSingleton<IReviewReplies>(provider => provider.GetRequiredService<GoogleReviews>());
        return services;
    }

    /// <summary>Communication Services and the mail server, by the names that settings give them.</summary>
    public static readonly IReadOnlyList<string> ChannelNames = [DeliveryReports.Via, "smtp"];

    private static ILetterChannel Channel(AdapterSettings settings, IServiceProvider provider)
    {
        List<(string, ILetterChannel)> chain = [.. settings.Channels.Select(name => (name, One(name))).Where(one => one.Item2 is not null).Select(one => (one.name, one.Item2!))];
        return chain.Count == 0 ? new FolderChannel(settings.MailFolder) : new ChannelChain(chain);

        ILetterChannel? One(string name) => name == DeliveryReports.Via
            ? settings.Email?.Channel(provider.GetRequiredService<IRowEngine>(), provider.GetRequiredService<TimeProvider>())
            : settings.Smtp is { } smtp ? new SmtpChannel(smtp) : null;
    }

    private static void AddFile(IServiceCollection services, AdapterSettings settings)
    {
        services.AddSingleton(provider => SqliteEngine.Open(settings.StoreFile, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRowEngine>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<IRowCopies>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<IRowRemains>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<IQueueEngine>(provider => provider.GetRequiredService<SqliteEngine>());
    }

    private static void AddCloud(IServiceCollection services, CloudSettings cloud)
    {
        services.AddSingleton(_ => new CloudStore(cloud.Connection()));
        services.AddSingleton<IRowEngine>(provider => provider.GetRequiredService<CloudStore>().Rows);
        services.AddSingleton<IRowCopies>(provider => provider.GetRequiredService<CloudStore>().Rows);
        services.AddSingleton<IRowRemains, NoRemains>();
        services.AddSingleton<IQueueEngine>(provider => provider.GetRequiredService<CloudStore>().Queues);
    }
}
