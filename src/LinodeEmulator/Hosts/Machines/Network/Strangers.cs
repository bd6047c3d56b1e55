using System.Collections.Concurrent;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>On each region's network there is a neighbour that belongs to somebody else, as on the platform: its private network is shared.</summary>
internal sealed class Strangers(Ground ground, Fabric fabric)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<StrangerView>>> _all = new(StringComparer.Ordinal);
    private int _last;

    public IReadOnlyList<StrangerView> All =>
        [.. _all.Values
            .Where(one => one.IsValueCreated && one.Value.IsCompletedSuccessfully)
            .Select(one => one.Value.Result)
            .OrderBy(view => view.Region)];

    // A number of its own each: two regions that begin at the same moment had counted the same, and all hosts of one of them stayed without a network.
    public Task EnsureAsync(string region) => _all.GetOrAdd(
        region, name => new Lazy<Task<StrangerView>>(() => MakeAsync(name, Interlocked.Increment(ref _last)))).Value;

    public Task TakeDownAsync() => Task.WhenAll(All.Select(view => new NodeNetwork(ground, fabric, view.Namespace, 0).TakeDownAsync()));

    private async Task<StrangerView> MakeAsync(string region, int number)
    {
        // Neither address is ever given to a node: the pools begin behind the one and end before the other.
        var network = State.PublicNetworks.Slice(ground.Number);
        var last = network.First + ((uint)network.Count << 8);
        var name = $"{ground.Namespace}-stranger-{region}";
        var addresses = new[]
        {
            $"{last >> 24}.{(last >> 16) & 255}.{(last >> 8) & 255}.{number + 9}/24",
            $"192.168.128.{number + 9}/17",
            $"2001:db8:{State.Addresses.Network(region):x}::5:{number + 9:x}/64",
        };
        var place = new NodeNetwork(ground, fabric, name, number);
        await place.MakeAsync(region, [new NetworkCard("eth0", null, [.. addresses])], []);
        await place.OpenAsync(1);
        return new StrangerView(region, name, [.. addresses.Select(address => address.Split('/')[0])]);
    }
}
