using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>The record of an import among a cluster's runs: by it the same import is known again, and goes on.</summary>
internal static class ImportRun
{
    /// <summary>The verb of its record.</summary>
    public const string Verb = "import";

    /// <summary>What says what is meant, as the record keeps it: a tag, or the lineage of a state.</summary>
    public static string SourceOf(ImportRequest request, TerraformState? state) =>
        state is null ? $"tag {request.Tag}" : $"terraform {IdentityOf(state)}";

    /// <summary>The last import of a cluster; null where it was made otherwise.</summary>
    public static async Task<RunRecord?> LastAsync(IInventoryStore store, ClusterRecord cluster, CancellationToken cancellation) =>
        await store.ListRunsAsync(cluster.Id, cancellation).FirstOrDefaultAsync(run => run.Verb == Verb, cancellation).ConfigureAwait(false);

    /// <summary>Throws where the last run of a cluster is an import: that is gone on with by itself.</summary>
    public static void DemandOther(ClusterRecord cluster, RunRecord? last)
    {
        if (last is { Verb: Verb, State: not "done" })
        {
            throw new LinodeToolkitException(ImportProblems.GoOnByImport(cluster.Name, Said(last.Work)));
        }
    }

    /// <summary>The same in words.</summary>
    public static string Said(string source) => source.StartsWith("tag ", StringComparison.Ordinal) ? source : "a state of Terraform";

    /// <summary>Begins it, or goes on with it.</summary>
    public static async Task<RunRecord> BeginAsync(
        IInventoryStore store, ClusterRecord cluster, RunRecord? begun, string source, TimeProvider time, CancellationToken cancellation)
    {
        var run = begun is null
            ? new RunRecord(cluster.LastRun!, cluster.Id, Verb, "running", time.GetUtcNow(), null) { Work = source }
            : begun with { State = "running", Ended = null };
        await store.SaveRunAsync(run, cancellation).ConfigureAwait(false);
        return run;
    }

    /// <summary>An id for a run that nothing has yet.</summary>
    public static async Task<string> NewIdAsync(IInventoryStore store, CancellationToken cancellation)
    {
        var taken = await store.ListRunsAsync(null, cancellation).Select(run => run.Id)
            .ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
        string id;
        do
        {
            id = Guid.NewGuid().ToString("N")[..6];
        }
        while (taken.Contains(id));
        return id;
    }

    // States made by hand may lack a lineage: they are known by what they name.
    private static string IdentityOf(TerraformState state) => state.Lineage.Length > 0 ? state.Lineage : Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join(
            '\n', state.Things.Select(thing => $"{thing.Type} {thing.Id}").Order(StringComparer.Ordinal)))))[..16];
}
