using FeedbackFlow.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FeedbackFlow.App.Hosting;

/// <summary>
/// Gives what <see cref="Steps"/> tells to whoever collects it, by OTLP over HTTP (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, such as <c>http://localhost:4318</c>). The server's own spans
/// come along without their tags, because an address may hold a link's secret. Without the setting nobody listens and nothing is made.
/// </summary>
internal sealed class Telemetry(Uri collector) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? numbers;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(Steps.Name);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Steps.Name, "Microsoft.AspNetCore").AddProcessor(new Plain())
            .AddOtlpExporter(options => Send(options, "v1/traces")).Build();
        numbers = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Steps.Name).AddOtlpExporter(options => Send(options, "v1/metrics")).Build();
        return Task.CompletedTask;
    }

    /// <summary>What was told last is sent before the program ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces?.ForceFlush();
        numbers?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        numbers?.Dispose();
    }

    private void Send(OtlpExporterOptions options, string path) =>
        (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new(collector.AbsoluteUri.TrimEnd('/') + "/" + path));

    /// <summary>Takes the server's tags away: what was asked for stands in the route's name alone.</summary>
    private sealed class Plain : BaseProcessor<System.Diagnostics.Activity>
    {
        public override void OnEnd(System.Diagnostics.Activity data)
        {
            if (data.Source.Name == Steps.Name) return;
            foreach (var (name, _) in data.TagObjects.ToList()) data.SetTag(name, null);
        }
    }
}
