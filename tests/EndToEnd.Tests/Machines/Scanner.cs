using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>Knocks at every address of every machine, from this machine and from each stranger on a private network, as long as it lives: at the port
/// of the canary all the time, at that of SSH once a second, since each machine counts who knocks there.</summary>
internal sealed class Scanner : IAsyncDisposable
{
    public const int Canary = 8080;
    private const int Ssh = 22;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200); // an answer on this machine takes less than one
    private readonly Cloud cloud;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<Knock, int> opened = new();
    private readonly ConcurrentDictionary<Knock, int> tried = new();
    private readonly List<Thread> threads = [];
    private readonly Task looking;
    private volatile IReadOnlyList<(string Node, string Address)> targets = [];

    public Scanner(Cloud cloud)
    {
        this.cloud = cloud;
        looking = LookAsync();
    }

    public sealed record Knock(string From, string Node, string Address, int Port);

    /// <summary>Where it got through, and how often.</summary>
    public IReadOnlyDictionary<Knock, int> Opened => opened;

    public IReadOnlyDictionary<Knock, int> Tried => tried;

    /// <summary>What it found open besides SSH, as lines.</summary>
    public IEnumerable<string> Holes(Func<string, bool>? ofNode = null) =>
        from knock in opened.Keys
        where knock.Port != Ssh && (ofNode?.Invoke(knock.Node) ?? true)
        select $"{knock.Node} {knock.Address}:{knock.Port} from {knock.From}, {opened[knock]} times";

    public int KnocksAtCanary(string node) => tried.Where(pair => pair.Key.Node == node && pair.Key.Port == Canary).Sum(pair => pair.Value);

    public bool SawSsh(string address) => opened.Keys.Any(knock => knock.Address == address && knock.Port == Ssh);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await looking;
        threads.ForEach(thread => thread.Join());
        end.Dispose();
    }

    // A machine is in the list before its link is up, and the stranger of its network with it.
    private async Task LookAsync()
    {
        var known = new HashSet<string>();
        while (!end.IsCancellationRequested)
        {
            var all = await cloud.SendAsync("GET", "/_emulator/machines");
            targets = [.. from machine in all["machines"]!.AsArray()
                          from address in machine!["addresses"]!.AsArray()
                          select ((string)machine!["label"]!, ((string)address!).Split('/')[0])];
            var places = all["strangers"]!.AsArray().Select(stranger => (string?)stranger!["namespace"]).Append(null);
            foreach (var place in places.Where(place => known.Add(place ?? "")))
            {
                var thread = new Thread(() => Scan(place)) { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }

            await Task.Delay(30);
        }
    }

    private void Scan(string? place)
    {
        var (origin, clock, nextSsh) = (place ?? "this machine", Stopwatch.StartNew(), TimeSpan.Zero);
        while (!end.IsCancellationRequested)
        {
            var withSsh = clock.Elapsed >= nextSsh;
            nextSsh = withSsh ? clock.Elapsed + TimeSpan.FromSeconds(1) : nextSsh;
            int[] ports = withSsh ? [Canary, Ssh] : [Canary];
            var round = (from target in targets.Where(target => IsNear(place, target.Address))
                         from port in ports
                         let socket = Space.Open(place, IPAddress.Parse(target.Address).AddressFamily)
                         let knock = new Knock(origin, target.Node, target.Address, port)
                         select (knock, socket, Connecting: ConnectAsync(socket, target.Address, port))).ToList();
            Task.WaitAll([.. round.Select(one => one.Connecting)], Patience);
            foreach (var (knock, socket, connecting) in round)
            {
                tried.AddOrUpdate(knock, 1, (_, count) => count + 1);
                if (connecting is { IsCompleted: true, Result: true })
                {
                    opened.AddOrUpdate(knock, 1, (_, count) => count + 1);
                }

                socket.Dispose();
            }

            Thread.Sleep(50);
        }
    }

    // From here only public IPv4 leads to the machines; whatever answers at the other addresses is not one of them.
    private static bool IsNear(string? place, string address) =>
        place is not null || !(address.Contains(':') || address.StartsWith("192.168.", StringComparison.Ordinal));

    private static async Task<bool> ConnectAsync(Socket socket, string address, int port)
    {
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), port));
            return true;
        }
        catch (Exception unanswered) when (unanswered is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }
}
