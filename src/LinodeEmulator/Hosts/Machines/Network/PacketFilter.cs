using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>Keeps the packet filter of an emulator's network as it should be. Changes that come while one is being loaded are loaded together
/// next.</summary>
internal sealed class PacketFilter(Ground ground) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile string _wanted = RulesetText.Of([]);
    private string? _loaded;

    public void Want(string text) => _wanted = text;

    /// <summary>Returns when what was wanted before the call is in force.</summary>
    public async Task EnsureAsync()
    {
        if (ReferenceEquals(_wanted, _loaded))
        {
            return;
        }

        await _gate.WaitAsync();
        try
        {
            var text = _wanted;
            if (text != _loaded)
            {
                await Tool.RunAsync("nsenter", [$"--net={Ground.PathOf(ground.Namespace)}", "nft", "-f", "-"], text);
            }

            _loaded = text;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
