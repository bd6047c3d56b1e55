using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>What is done to a cluster while it is disturbed.</summary>
/// <param name="cluster">Name of the cluster.</param>
internal abstract class Act(string cluster)
{
    public string Cluster => cluster;

    /// <summary>How many processes come before the first that may die.</summary>
    public virtual int Unharmed => 0;

    /// <summary>Brings about what has to stand before; nothing disturbs that.</summary>
    public virtual Task PrepareAsync(World world) => Task.CompletedTask;

    /// <summary>Begins it.</summary>
    public abstract Task<RunSummary?> BeginAsync(World world, CancellationToken leave);

    /// <summary>Goes on with it in another process, from whatever was left; null where all of it was done.</summary>
    public abstract Task<RunSummary?> GoOnAsync(World world, CancellationToken leave);
}

/// <summary>A cluster is created.</summary>
internal sealed class Creation(string cluster, string plan) : Act(cluster)
{
    public override async Task<RunSummary?> BeginAsync(World world, CancellationToken leave) => await world.CreateAsync(Cluster, plan, leave: leave);

    public override async Task<RunSummary?> GoOnAsync(World world, CancellationToken leave) => await world.RecoverAsync(Cluster, plan, leave);
}
