using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Adapters.Storage.Engines.Sqlite;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FeedbackFlow.Adapters;

/// <param name="DataFolder">Holds the store and, without a mail server, the letters.</param>
/// <param name="Smtp">Null: letters become files in <c>mail/</c>.</param>
public sealed record AdapterSettings(string DataFolder, SmtpSettings? Smtp)
{
    public string StoreFile => Path.Combine(DataFolder, "feedbackflow.db");

    public string MailFolder => Path.Combine(DataFolder, "mail");
}

/// <summary>Chooses what the ports talk to. Without configuration everything is in one folder.</summary>
public static class AdapterServices
{
    public static IServiceCollection AddAdapters(this IServiceCollection services, AdapterSettings settings)
    {
        services.AddSingleton(provider => SqliteEngine.Open(settings.StoreFile, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRowEngine>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<IQueueEngine>(provider => provider.GetRequiredService<SqliteEngine>());
        services.AddSingleton<Store>();
        services.AddSingleton<ICommits>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<ILookups>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<ILists, StoreLists>();
        services.AddSingleton<NudgeQueue>();
        services.AddSingleton<INudges>(provider => provider.GetRequiredService<NudgeQueue>());
        services.AddSingleton<ILetterChannel>(_ => settings.Smtp is { } smtp ? new SmtpChannel(smtp) : new FolderChannel(settings.MailFolder));
        return services;
    }
}
