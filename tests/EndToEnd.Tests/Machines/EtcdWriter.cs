using System.Diagnostics;
using System.Net;

namespace EndToEnd.Tests.Machines;

/// <summary>What a client of a store saw while it wrote all the time.</summary>
/// <param name="Written">Writes that were acknowledged.</param>
/// <param name="Failed">Writes that no server acknowledged in time, each with what was said last.</param>
/// <param name="Moved">How often a server could not be called and the next was: nothing had been sent.</param>
/// <param name="Repeated">Why writes were sent again, to the next server: each time that no answer came, or an error.</param>
/// <param name="LongestGap">The longest time between two acknowledgements.</param>
internal sealed record EtcdTally(int Written, IReadOnlyList<string> Failed, int Moved, IReadOnlyList<string> Repeated, TimeSpan LongestGap)
{
    public override string ToString() =>
        $"{Written} written, {Failed.Count} failed, {Moved} times to the next server, longest gap {LongestGap.TotalSeconds:0.00} s, "
        + $"{Repeated.Count} repeated: {string.Join("; ", Repeated)}";
}

/// <summary>A client of etcd that writes one key after the other, as fast as it is answered but for a short rest, until it is told to end.</summary>
/// <remarks>It does as etcd's own clients do: it keeps to one server while that answers, and calls the next when it cannot be called or says that it
/// is going. Each write has a key of its own, so that one that is sent twice is still one. It sits in the network of a node, whose firewall
/// guards its calls as it guards that node's.</remarks>
internal sealed class EtcdWriter : IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan OfAnswering = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OfAll = TimeSpan.FromSeconds(8); // of one write, over all servers

    private readonly string folder = $"writes-{Guid.NewGuid():N}";
    private readonly IReadOnlyList<EtcdCall> servers;
    private readonly CancellationTokenSource end = new();
    private readonly SortedSet<string> acknowledged = new(StringComparer.Ordinal);
    private readonly List<string> failed = [], repeated = [];
    private readonly Lock gate = new();
    private readonly Task writing;
    private int at, moved;
    private TimeSpan longest;

    /// <param name="space">Network namespace of the node it sits on.</param>
    /// <param name="addresses">Addresses of the servers.</param>
    public EtcdWriter(string space, IReadOnlyList<string> addresses)
    {
        servers = [.. addresses.Select(address => new EtcdCall(space, new IPEndPoint(IPAddress.Parse(address), 2379)))];
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Ends once that many more writes were acknowledged.</summary>
    public async Task WroteAsync(int more)
    {
        var wanted = Count() + more;
        await Fleet.UntilAsync(() => Task.FromResult(Count() >= wanted), $"{more} more writes");
    }

    /// <summary>Ends the writing, and demands that every server has every write that was acknowledged.</summary>
    public async Task<EtcdTally> EndAsync()
    {
        await end.CancelAsync();
        await writing;
        foreach (var server in servers)
        {
            var there = await server.ReadAsync(folder, CancellationToken.None);
            Assert.Empty(acknowledged.Except(there));
        }

        return new(acknowledged.Count, failed, moved, repeated, longest);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await writing;
        end.Dispose();
        foreach (var server in servers)
        {
            server.Dispose();
        }
    }

    private int Count()
    {
        lock (gate)
        {
            return acknowledged.Count;
        }
    }

    private async Task WriteAsync()
    {
        var since = Stopwatch.StartNew();
        for (var number = 1; !end.IsCancellationRequested; number++)
        {
            var key = $"{folder}/{number:D8}";
            var said = await PutAsync(key, $"{number}");
            lock (gate)
            {
                if (said is null)
                {
                    acknowledged.Add(key);
                    longest = since.Elapsed > longest ? since.Elapsed : longest;
                    since.Restart();
                }
                else
                {
                    failed.Add($"{key}: {said}");
                }
            }

            await Task.Delay(Rest);
        }
    }

    /// <summary>Null where it was acknowledged, else what was said last.</summary>
    private async Task<string?> PutAsync(string key, string value)
    {
        var clock = Stopwatch.StartNew();
        var said = "";
        while (clock.Elapsed < OfAll)
        {
            try
            {
                using var patience = new CancellationTokenSource(OfAnswering);
                if (await servers[at].PutAsync(key, value, patience.Token) is not { } other)
                {
                    return null;
                }

                said = other;
                repeated.Add(said);
            }
            catch (HttpRequestException nobody) when (nobody.HttpRequestError is HttpRequestError.ConnectionError)
            {
                (said, moved) = (nobody.Message, moved + 1);
            }
            catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
            {
                said = cut.Message;
                repeated.Add(said);
            }

            at = (at + 1) % servers.Count;
        }

        return said;
    }
}
