using System.Text.Json.Serialization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Leases;

/// <summary>Leases as files. One stays when it is given back: fences go up for ever.</summary>
internal sealed class JsonLeaseStore(JsonFolder folder, string scope) : ILeaseStore
{
    private static readonly DocumentKind<Lease> Kind = new(JsonForm.Of<Lease>(LeaseJson.Default)) { Key = lease => lease.Cluster };

    /// <summary>Throws where the lease is another's now; part of the transaction of what is to be written under it.</summary>
    public static void Demand(FileTransaction to, string scope, Lease lease)
    {
        if (to.Get(PathOf(scope, lease), Kind)?.Fence != lease.Fence)
        {
            throw new LinodeToolkitException(LeaseProblems.Lost(lease.Cluster));
        }
    }

    public Task<Lease?> FindAsync(string cluster, CancellationToken cancellation) =>
        folder.ReadAsync(view => view.Get($"{scope}leases/{FileName.Of(cluster)}{JsonText.Ending}", Kind), cancellation);

    public Task<bool> TrySetAsync(Lease lease, CancellationToken cancellation) => folder.WriteAsync(
        to =>
        {
            if (to.Get(PathOf(scope, lease), Kind) is { } there && there.Fence != lease.Fence - 1)
            {
                return false;
            }

            to.Put(PathOf(scope, lease), lease with { StopAsked = false }, Kind);
            return true;
        },
        cancellation);

    public Task<Lease?> RenewAsync(Lease lease, DateTimeOffset now, CancellationToken cancellation) =>
        TouchAsync(lease, there => there with { Renewed = now }, cancellation);

    public Task ReleaseAsync(Lease lease, CancellationToken cancellation) =>
        TouchAsync(lease, there => there with { Holder = null }, cancellation);

    public async Task<bool> AskToStopAsync(Lease lease, CancellationToken cancellation) =>
        await TouchAsync(lease, there => there with { StopAsked = true }, cancellation).ConfigureAwait(false) is not null;

    private static string PathOf(string scope, Lease lease) => $"{scope}leases/{Kind.FileOf(lease)}";

    private Task<Lease?> TouchAsync(Lease lease, Func<Lease, Lease> change, CancellationToken cancellation) => folder.WriteAsync(
        to =>
        {
            if (to.Get(PathOf(scope, lease), Kind) is not { Holder: not null } there || there.Fence != lease.Fence)
            {
                return null;
            }

            var after = change(there);
            to.Put(PathOf(scope, lease), after, Kind);
            return after;
        },
        cancellation);
}

/// <summary>Its form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Lease))]
internal sealed partial class LeaseJson : JsonSerializerContext;
