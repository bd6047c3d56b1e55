using LinodeClusterToolkit;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Samples;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(services => new LinodeWorker(
    WorkerSettings.Read(builder.Configuration, services.GetRequiredService<ILogger<LinodeWorker>>())));
builder.Services.AddHostedService<WorkerService>();
builder.Services.AddHealthChecks().AddCheck<WorkerCheck>("worker");

// A drain takes as long as the steps that were begun; after that time it leaves, and other workers go on with them.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(15));

var toCollector = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null;
builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("lct-worker"))
    .WithMetrics(metrics => _ = toCollector ? metrics.AddMeter(Telemetry.Name).AddOtlpExporter() : metrics.AddMeter(Telemetry.Name).AddConsoleExporter())
    .WithTracing(traces => _ = toCollector ? traces.AddSource(Telemetry.Name).AddOtlpExporter() : traces);

var app = builder.Build();
app.MapHealthChecks("/health");
app.Run();
