using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LinodeClusterToolkit.Samples;

/// <summary>Healthy while broker and database can be reached; a worker that drains is degraded.</summary>
internal sealed class WorkerCheck(LinodeWorker worker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = worker.Health;
        var data = new Dictionary<string, object>
        {
            ["runs"] = health.Runs, ["steps"] = health.Steps, ["done"] = health.StepsDone, ["failed"] = health.StepsFailed,
        };
        return Task.FromResult(
            !health.IsConnectedToDatabase ? HealthCheckResult.Unhealthy("the database is away", data: data)
            : !health.IsConnectedToBroker ? HealthCheckResult.Unhealthy("the broker is away", data: data)
            : health.IsDraining ? HealthCheckResult.Degraded("draining", data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
