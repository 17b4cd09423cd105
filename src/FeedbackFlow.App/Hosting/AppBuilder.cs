using FeedbackFlow.Adapters;
using FeedbackFlow.App.Actions;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Development;
using FeedbackFlow.App.Forms;
using FeedbackFlow.App.Functions;
using FeedbackFlow.App.Health;
using FeedbackFlow.App.Layout;
using FeedbackFlow.App.Manage;
using FeedbackFlow.App.Promises;
using FeedbackFlow.App.Webhooks;
using FeedbackFlow.Pipeline.Signals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;

namespace FeedbackFlow.App.Hosting;

/// <summary>The composition root: what the program is made of, and its doors.</summary>
internal static class AppBuilder
{
    /// <summary>What the server reads at all; of more than <see cref="LimitedBody.Most"/> nothing is used.</summary>
    private const long LargestBody = 16 * LimitedBody.Most;

    /// <param name="args">Settings from the command line.</param>
    /// <param name="clock">The machine's clock, or one that is driven.</param>
    /// <param name="change">What a test replaces.</param>
    public static WebApplication Build(string[] args, TimeProvider clock, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = Settings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        builder.WebHost.UseUrls(Settings.ListenOn(builder.Configuration));
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.Limits.MaxRequestBodySize, kestrel.AddServerHeader) = (LargestBody, false));
        // The Functions host carries each line of the output to where it is asked (infra/modules/alerts.bicep): as JSON its numbers stay numbers.
        if (settings.UnderFunctionsHost) builder.Logging.AddJsonConsole();
        else builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // A start that fails is told in one line by the command line; a hosted service that dies is still logged, as critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // Phrases and model take a tenth of a second to load: beside the building of the host, so that the first customer does not wait for it.
        _ = Task.Run(() => SignalDetector.Read("hello", null));
        var services = builder.Services;
        services.AddSingleton(clock);
        services.AddAdapters(settings.Adapters).AddVerbs(settings).AddPages();
        if (settings.UnderFunctionsHost) services.AddFunctions();
        else services.AddStandalone(settings);
        services.AddApi().AddForms().AddActions().AddOwnPages().AddManage(settings).AddWebhooks();
        if (ServiceSettings.ReadCollector(builder.Configuration) is { } collector) services.AddHostedService(_ => new Telemetry(collector));
        services.AddSingleton<LocalOnly>();
        services.AddDataProtection().SetApplicationName("FeedbackFlow");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, keys) => options.XmlRepository = keys);
        services.Configure<ForwardedHeadersOptions>(options => Believe(settings, options));
        change?.Invoke(services);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseEdge();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapApi();
        app.MapForms();
        app.MapActions();
        app.MapOwnPages();
        app.MapManage();
        app.MapWebhooks();
        app.MapHealth();
        if (settings.IsDevelopment) app.MapMailbox();
        if (settings.UnderFunctionsHost) app.MapFunctions();
        return app;
    }

    private static void Believe(Settings settings, ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = settings.Proxies.Count > 0 || settings.UnderFunctionsHost
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.Proxies) options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        if (settings.UnderFunctionsHost) options.KnownProxies.Add(System.Net.IPAddress.Loopback);
    }
}
