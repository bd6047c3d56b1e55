using System.Globalization;
using System.Text;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>A namespace with network cards, all set up from outside: what is in it finds a network that is ready.</summary>
internal sealed class NodeNetwork(Ground ground, Fabric fabric, string name, long number)
{
    private const int MostCards = 3;

    public string Name => name;

    /// <summary>Makes it anew with these cards. Nothing goes in or out before <see cref="OpenAsync"/>.</summary>
    public async Task MakeAsync(string region, IReadOnlyList<NetworkCard> cards, IEnumerable<string> resolvers)
    {
        await TakeDownAsync();
        var links = new StringBuilder($"netns add {name}\n");
        var within = new StringBuilder("link set lo up\n");

        // Nobody answers at a resolver's address, but it is there: a look-up is refused at once instead of waiting for an answer.
        var around = new StringBuilder(string.Concat(resolvers.Select(resolver => $"addr replace {resolver}/32 dev lo\n")));
        foreach (var (card, index) in cards.Select((card, index) => (card, index)))
        {
            var (port, bridge) = (Port(index), await fabric.BridgeAsync(region, card.Vlan));
            links.Append(Culture, $"link add {port} netns {ground.Namespace} type veth peer name {card.Name} netns {name}\n");
            within.Append(Culture, $"link set {card.Name} address {Mac(index)} addrgenmode none\n");
            foreach (var address in card.Addresses)
            {
                within.Append(Culture, $"addr add {address} dev {card.Name}{(address.Contains(':') ? " nodad" : "")}\n");
            }

            if (card.Vlan is null && LinkLocal(card) is { } linkLocal)
            {
                within.Append(Culture, $"addr add {linkLocal}/64 dev {card.Name} nodad\n");
            }

            within.Append(Culture, $"link set {card.Name} up\n");
            around.Append(Culture, $"link set {port} addrgenmode none master {bridge}\n");
            if (card.Vlan is null)
            {
                Route(card, bridge, within, around);
            }
        }

        await Tool.RunAsync("ip", ["-batch", "-"], links.ToString());
        await Tool.RunAsync("ip", ["-n", name, "-batch", "-"], within.ToString());
        await Tool.RunAsync("ip", ["-n", ground.Namespace, "-force", "-batch", "-"], around.ToString());
    }

    /// <summary>The links come up.</summary>
    public Task OpenAsync(int cards) => Tool.RunAsync("ip", ["-n", ground.Namespace, "-batch", "-"], Links(cards, "link set {0} up\n"));

    /// <summary>The links go down: what is off does not even refuse.</summary>
    public Task ShutAsync() => Tool.TryAsync("ip", ["-n", ground.Namespace, "-force", "-batch", "-"], Links(MostCards, "link set {0} down\n"));

    /// <summary>The links first: a namespace dies some time after its name, and would keep their names until then.</summary>
    public async Task TakeDownAsync()
    {
        if (File.Exists(Ground.PathOf(name)))
        {
            await Tool.TryAsync("ip", ["-n", ground.Namespace, "-force", "-batch", "-"], Links(MostCards, "link del {0}\n"));
            await Tool.TryAsync("ip", ["netns", "del", name]);
        }
    }

    /// <summary>The name of a card's other end, by which the packet filter knows whose packets come there.</summary>
    public static string Port(long number, int index) => string.Create(CultureInfo.InvariantCulture, $"p{number}.{index}");

    public static string? LinkLocal(NetworkCard card) => card.Addresses.FirstOrDefault(address => address.Contains(':')) is { } global
        ? "fe80::" + global.Split('/')[0][(global.IndexOf("::", StringComparison.Ordinal) + 2)..]
        : null;

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    private static void Route(NetworkCard card, string bridge, StringBuilder within, StringBuilder around)
    {
        foreach (var (address, prefix) in card.Addresses.Select(text => text.Split('/')).Select(parts => (parts[0], parts[1])))
        {
            if (prefix == "24")
            {
                var gateway = address[..address.LastIndexOf('.')] + ".1";
                within.Append(Culture, $"route replace default via {gateway} dev {card.Name} src {address}\n");
                around.Append(Culture, $"addr replace {gateway}/32 dev {bridge}\nroute replace {address}/32 dev {bridge} src {gateway}\n");
            }
            else if (prefix == "64")
            {
                within.Append(Culture, $"route replace default via fe80::1 dev {card.Name}\n");
                around.Append(Culture, $"route replace {address}/128 dev {bridge}\n");
            }
        }
    }

    private string Links(int cards, string line) =>
        string.Concat(Enumerable.Range(0, cards).Select(index => string.Format(Culture, line, Port(index))));

    private string Port(int index) => Port(number, index);

    private string Mac(int index) => string.Create(
        CultureInfo.InvariantCulture, $"f2:3c:{0x90 + index:x2}:{(number >> 16) & 255:x2}:{(number >> 8) & 255:x2}:{number & 255:x2}");
}
