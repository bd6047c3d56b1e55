using LinodeEmulator.State;

namespace LinodeEmulator.Hosts;

/// <summary>Nodes that are records: their states and delays are true, but there is no machine behind them, so there is nothing to do.</summary>
internal sealed class RecordHosts(string? because = null) : IHostKind
{
    public string Name => "records";

    public string Note => "nodes are records: no system boots, and no remote command really runs" + (because is null ? "" : $" ({because})");

    public bool AreReal => false;

    public Func<string, string>? Seal => null;

    public PublicNetworks PublicNetworks => PublicNetworks.All;

    public IMachines? Machines => null;

    public string? ImageFile(long id) => null;

    public Task StartAsync(IHostOwner owner, CancellationToken cancel) => Task.CompletedTask;

    public void Follow(Cloud cloud)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
