using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Secrets.Vault;

/// <summary>A double, a clock moved by hand, and stores on it.</summary>
internal sealed class VaultStage : IAsyncDisposable
{
    private readonly List<VaultSecretStore> stores = [];

    private VaultStage(ManualTime time, DoubleServer server) => (Time, Server) = (time, server);

    public ManualTime Time { get; }

    public DoubleServer Server { get; }

    /// <summary>What the stores logged.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Options that let root in.</summary>
    public VaultOptions Root => new() { Address = Server.Url, Auth = new VaultToken(new(Server.Vault.RootToken)), Prefix = "lct" };

    public static async Task<VaultStage> StartAsync()
    {
        var time = new ManualTime();
        return new(time, await DoubleServer.StartAsync(time));
    }

    public VaultSecretStore Store(VaultOptions? options = null)
    {
        var store = new VaultSecretStore(options ?? Root, Time, line =>
        {
            lock (Log)
            {
                Log.Add(line);
            }
        });
        stores.Add(store);
        return store;
    }

    /// <summary>Moves the clock over the pauses between tries, never to a renewal.</summary>
    public Task<T> DriveAsync<T>(Task<T> work) => Time.DriveAsync(work, longest: TimeSpan.FromMinutes(1));

    public async Task<Problem> ProblemAsync(Task work) =>
        (await Assert.ThrowsAsync<LinodeToolkitException>(() => Time.DriveAsync(work, longest: TimeSpan.FromMinutes(1)))).Problem;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
