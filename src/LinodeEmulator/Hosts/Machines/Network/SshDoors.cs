using System.Collections.Concurrent;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>Keeps the SSH port of nodes shut for a while, as that of a host whose network comes up late: nothing comes through, and nothing comes
/// back. It has a table of its own, as that of the firewalls is loaded anew with each change; what is in it leaves by the kernel's clock.</summary>
internal sealed class SshDoors(Ground ground)
{
    private const int Port = 22;

    private static readonly string Table = $$"""
        add table inet doors
        delete table inet doors
        table inet doors {
          set v4 {
            type ipv4_addr
            flags timeout
          }
          set v6 {
            type ipv6_addr
            flags timeout
          }
          chain forward {
            type filter hook forward priority -10; policy accept;
            ip daddr @v4 tcp dport {{Port}} drop
            ip6 daddr @v6 tcp dport {{Port}} drop
          }
        }

        """;

    private readonly ConcurrentDictionary<long, bool> _shut = new();
    private Lazy<Task>? _table;

    /// <summary>Before its link comes up, or its system starts over: shuts it for as long as the plan tells.</summary>
    public async Task ShutAsync(MachinePlan plan)
    {
        if (plan.SshLate > TimeSpan.Zero)
        {
            await LazyInitializer.EnsureInitialized(ref _table, () => new Lazy<Task>(() => LoadAsync(Table))).Value;
            await LoadAsync(Text(plan, plan.SshLate));
            _shut[plan.Id] = true;
        }
    }

    /// <summary>Opens it at once when the plan does not know of it any more.</summary>
    public async Task FollowAsync(MachinePlan plan)
    {
        if (plan.SshLate == TimeSpan.Zero && _shut.TryRemove(plan.Id, out _))
        {
            await LoadAsync(Text(plan, TimeSpan.Zero));
        }
    }

    /// <summary>What is there already keeps its time when it is added again, so it is taken out first; and taken in before, as only what is there can
    /// be.</summary>
    private static string Text(MachinePlan plan, TimeSpan time) => string.Concat(
        from address in plan.Addresses.Distinct()
        let set = address.Contains(':') ? "v6" : "v4"
        let stays = time > TimeSpan.Zero ? $"add element inet doors {set} {{ {address} timeout {Math.Ceiling(time.TotalSeconds)}s }}\n" : ""
        select $"add element inet doors {set} {{ {address} }}\ndelete element inet doors {set} {{ {address} }}\n{stays}");

    private Task LoadAsync(string text) => Tool.RunAsync("nsenter", [$"--net={Ground.PathOf(ground.Namespace)}", "nft", "-f", "-"], text);
}
