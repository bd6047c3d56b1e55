using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.Hosts.Machines.Storage;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>What all machines of an emulator share.</summary>
internal sealed class MachineParts(Ground ground) : IDisposable
{
    // A boot is work for processors. Eighty at once on two of them take half as long again as eighty one after another, and all of them are ready
    // at the very end only.
    private readonly SemaphoreSlim _turns = new(Math.Clamp(3 * Environment.ProcessorCount, 4, 16));
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Ground Ground => ground;

    public Fabric Fabric { get; } = new(ground);

    public PacketFilter Filter { get; } = new(ground);

    public Copies Copies { get; } = new(ground);

    public SshDoors Doors { get; } = new(ground);

    public ImageFiles Images { get; } = new(ground);

    // The same for all who ask first at once: two of them had made one neighbour twice, and the hosts of the second stayed without a network.
    public Strangers Strangers => field ?? Interlocked.CompareExchange(ref field, new(ground, Fabric), null) ?? field;

    /// <summary>The shared root filesystem, once it and the network are there.</summary>
    public Task<string> ReadyAsync() => _ready.Task;

    public void Ready(string rootFilesystem) => _ready.TrySetResult(rootFilesystem);

    public void NeverReady(string why) => _ready.TrySetException(new IOException(why));

    /// <summary>A turn at booting; whoever disposes of it gives it back.</summary>
    public async Task<IDisposable> TurnAsync()
    {
        await _turns.WaitAsync();
        return new Turn(_turns);
    }

    public void Dispose()
    {
        _turns.Dispose();
        Filter.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
