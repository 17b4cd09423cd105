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
        services.AddSingleton<Summaries>();
        services.AddSingleton<WriteAgain>();
        services.AddSingleton<FollowRota>();
        services.AddSingleton<AcceptFeedback>();
        services.AddSingleton<ActOnTask>();
        services.AddSingleton<HearCustomer>();
        services.AddSingleton<EraseCustomer>();
        services.AddSingleton<FireDrill>();
        services.AddSingleton<CorrectReading>();
        services.AddSingleton<ChangeBusiness>();
        services.AddSingleton<MarkLetters>();
        services.AddSingleton<SendLetters>();
        services.AddSingleton<EscalateOverdue>();
        services.AddSingleton<HearDelivery>();
        services.AddSingleton<DeliveriesHeard>();
        services.AddSingleton<TakeStock>();
        services.AddSingleton<SweepRound>();
        if (settings.Adapters.Language is { } language) services.AddSecondReader(language.Asks);
        services.AddSingleton<FetchReview>();
        services.AddSingleton<ReplayEvent>();
        services.AddSingleton<MatchCustomer>();
        services.AddSingleton<ReplyInPublic>();
        Wrap<ICommits>(services, (inner, provider) => ActivatorUtilities.CreateInstance<TellListeners>(provider, inner));
        Wrap<ILetterChannel>(services, (inner, provider) => ActivatorUtilities.CreateInstance<PostEvents>(provider, inner));
        Wrap<ILetterChannel>(services, (inner, provider) => ActivatorUtilities.CreateInstance<PostReplies>(provider, inner));
        Wrap<ILetterChannel>(services, (inner, provider) => ActivatorUtilities.CreateInstance<ReachPeople>(provider, inner));
        services.AddSingleton<TryWay>();
        services.AddSingleton<ReadLate>();
        services.AddSingleton<FollowNudge>();
        services.AddSingleton<RepairNudges>();
        services.AddSingleton<OpenJob>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<WriteDigests>();
        return services;
    }

    private static void AddSecondReader(this IServiceCollection services, AskPolicy policy)
    {
        services.AddSingleton<Breaker>();
        services.AddSingleton(provider => new ReadAlong(provider.GetRequiredService<IAnalyser>(), policy, provider.GetRequiredService<Breaker>()));
    }

    /// <summary>Puts something before what was registered.</summary>
    private static void Wrap<T>(IServiceCollection services, Func<T, IServiceProvider, T> around) where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => around((T)inner.ImplementationFactory!(provider), provider));
    }

    /// <summary>What the Functions host's triggers do elsewhere.</summary>
    public static IServiceCollection AddStandalone(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<Courier>();
        services.AddSingleton<ICourier>(provider => provider.GetRequiredService<Courier>());
        services.AddSingleton<NudgeLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<Courier>());
        services.AddHostedService(provider => provider.GetRequiredService<NudgeLoop>());
        services.AddHostedService<Sweep>();
        services.AddSingleton<ReportLoop>();
        if (settings.Adapters.HearsReports) services.AddHostedService(provider => provider.GetRequiredService<ReportLoop>());
        return services;
    }
}
