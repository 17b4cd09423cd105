using FeedbackFlow.App.Standalone;
using FeedbackFlow.Pipeline;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Hosting;

/// <summary>The verbs and what they are made of.</summary>
internal static class Verbs
{
    public static IServiceCollection AddVerbs(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new SiteAddresses(settings.PublicUrl));
        services.AddSingleton(Random.Shared);
        services.AddSingleton<ReadWords>(SignalDetector.Read);
        services.AddSingleton<Races>();
        services.AddSingleton<Turns>();
        services.AddSingleton<TaskLetters>();
        services.AddSingleton<AcceptFeedback>();
        services.AddSingleton<ActOnTask>();
        services.AddSingleton<SendLetters>();
        services.AddSingleton<EscalateOverdue>();
        services.AddSingleton<FollowNudge>();
        services.AddSingleton<RepairNudges>();
        services.AddSingleton<OpenJob>();
        services.AddSingleton<SignIn>();
        return services;
    }

    /// <summary>What the Functions host's triggers do elsewhere.</summary>
    public static IServiceCollection AddStandalone(this IServiceCollection services)
    {
        services.AddSingleton<Courier>();
        services.AddSingleton<NudgeLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<Courier>());
        services.AddHostedService(provider => provider.GetRequiredService<NudgeLoop>());
        services.AddHostedService<Sweep>();
        return services;
    }
}
