namespace EndToEnd.Tests.Applying;

/// <summary>Edits of a plan that concern nodes as a whole: preview equals what happened.</summary>
public sealed class NodeEditTests
{
    [Fact]
    public Task More_nodes() => Edits.ProveAsync(Plan("count: 2"), Plan("count: 4"), ["node.add"]);

    [Fact]
    public Task Fewer_nodes_with_prune() => Edits.ProveAsync(Plan("count: 4"), Plan("count: 2"), ["node.remove"], "--prune");

    [Fact]
    public Task Fewer_nodes_without_prune_are_held() => Edits.ProveAsync(Plan("count: 4"), Plan("count: 2"), ["node.remove held"]);

    [Fact]
    public Task A_group_more() => Edits.ProveAsync(
        Plan("count: 2"), Plan("count: 2", "- { name: db, type: g6-nanode-1, image: debian 12, count: 2 }"), ["node.add"]);

    [Fact]
    public Task A_group_less() => Edits.ProveAsync(
        Plan("count: 2", "- { name: db, type: g6-nanode-1, image: debian 12, count: 2 }"), Plan("count: 2"), ["node.remove"], "--prune");

    [Fact]
    public Task A_region_more() => Edits.ProveAsync(Plan("count: 2"), $"{Plan("count: 2")}{Elsewhere}", ["node.add"]);

    [Fact]
    public Task A_region_less() => Edits.ProveAsync($"{Plan("count: 2")}{Elsewhere}", Plan("count: 2"), ["node.remove"], "--prune");

    [Fact]
    public Task A_larger_type() => Edits.ProveAsync(Plan("count: 2"), Plan("count: 2").Replace("nanode-1", "standard-1", StringComparison.Ordinal), ["node.type"]);

    [Fact]
    public Task A_type_whose_disk_is_too_small_is_refused() => Edits.ProveAsync(
        Plan("count: 2").Replace("nanode-1", "standard-1", StringComparison.Ordinal), Plan("count: 2"), ["node.type.small"]);

    [Fact]
    public Task Another_image_with_rebuild() => Edits.ProveAsync(
        Plan("count: 2"), Plan("count: 2").Replace("debian 12", "debian 11", StringComparison.Ordinal), ["node.image"], "--rebuild");

    [Fact]
    public Task Another_image_without_rebuild_is_held() => Edits.ProveAsync(
        Plan("count: 2"), Plan("count: 2").Replace("debian 12", "debian 11", StringComparison.Ordinal), ["node.image held"]);

    [Fact]
    public Task Other_tags() => Edits.ProveAsync(Plan("count: 2, tags: [one, two]"), Plan("count: 2, tags: [two, three]"), ["node.tags"]);

    [Fact]
    public Task Watchdog_off() => Edits.ProveAsync(Plan("count: 2"), Plan("count: 2, watchdog: off"), ["node.watchdog"]);

    [Fact]
    public Task Actions_readiness_and_order_are_kept_for_later() => Edits.ProveAsync(
        Plan("count: 2", "- { name: db, type: g6-nanode-1, image: debian 12 }"),
        Plan(
            "count: 2, depends-on: [db], ready: [{ command: 'true' }], init: { clusterstarting: [{ name: 'shell:inline', inline: 'true' }] }",
            "- { name: db, type: g6-nanode-1, image: debian 12 }"),
        ["group.actions", "group.order"]);

    [Fact]
    public Task Templates_of_names_are_kept_for_later() => Edits.ProveAsync(Plan("count: 2"), Plan("count: 2, nodenames: 'other-{region}-{counter:02}'"), ["group.names"]);

    internal const string Elsewhere = "- region: eu-central\n  nodes:\n  - { name: web, type: g6-nanode-1, image: debian 12, count: 2 }\n";

    internal static string Plan(string facts, params string[] more) =>
        $"version: 1\nregions:\n- region: us-east\n  nodes:\n  - {{ name: web, type: g6-nanode-1, image: debian 12, {facts} }}\n"
            + string.Concat(more.Select(line => $"  {line}\n"));
}

/// <summary>Edits of what is inside nodes: preview equals what ran.</summary>
public sealed class InsideEditTests
{
    private const string Users = "users:\n  ops: { users: [{ name: deploy, sudo: true, login: no }, { name: audit, login: no }] }\n";

    [Fact]
    public Task Users_where_there_were_none() => Edits.ProveAsync(Plan("count: 2"), $"{Plan("count: 2, users: [ops]")}{Users}", ["node.users"]);

    [Fact]
    public Task Users_who_may_do_less() => Edits.ProveAsync(
        $"{Plan("count: 2, users: [ops]")}{Users}", $"{Plan("count: 2, users: [ops]")}{Users.Replace(", sudo: true", "", StringComparison.Ordinal)}", ["node.users"]);

    [Fact]
    public Task Users_who_go() => Edits.ProveAsync(
        $"{Plan("count: 2, users: [ops]")}{Users}", $"{Plan("count: 2, users: [ops]")}{Users.Replace(", { name: audit, login: no }", "", StringComparison.Ordinal)}", ["node.users"]);

    [Fact]
    public Task Ssh_from_a_network_alone() => Edits.ProveAsync(
        Plan("count: 2"), $"{Plan("count: 2")}ssh: {{ from: [192.0.2.0/24] }}\n", ["firewall.rules", "node.ssh"]);

    [Fact]
    public Task Root_by_key_no_more() => Edits.ProveAsync(
        $"{Plan("count: 2")}ssh: {{ root: yes }}\n", $"{Plan("count: 2")}ssh: {{ root: no }}\n", ["node.ssh"]);

    [Fact]
    public Task Another_port_of_a_service() => Edits.ProveAsync(Served("80/tcp", "anywhere"), Served("8080/tcp", "anywhere"), ["firewall.rules", "node.services"]);

    [Fact]
    public Task A_service_for_others() => Edits.ProveAsync(Served("80/tcp", "anywhere"), Served("80/tcp", "[198.51.100.0/24]"), ["firewall.rules", "node.services"]);

    [Fact]
    public Task A_service_between_groups_where_there_was_none() => Edits.ProveAsync(
        Plan("count: 2", Db), $"{Plan("count: 2, uses: [mysql]", Db.Replace(" }", ", provides: [mysql] }", StringComparison.Ordinal))}"
            + "services: { mysql: { ports: [3306/tcp], from: [web] } }\n", ["firewall.rules", "node.private-ip", "node.services"]);

    [Fact]
    public Task A_service_no_more() => Edits.ProveAsync(Served("80/tcp", "anywhere"), Plan("count: 2"), ["firewall.rules", "node.services"]);

    [Fact]
    public Task A_service_and_nodes_more_and_a_larger_type_at_once() => Edits.ProveAsync(
        Served("80/tcp", "anywhere"), Served("81/tcp", "anywhere").Replace("count: 2", "count: 3", StringComparison.Ordinal)
            .Replace("nanode-1", "standard-1", StringComparison.Ordinal), ["firewall.rules", "node.add", "node.services", "node.type"]);

    private const string Db = "- { name: db, type: g6-nanode-1, image: debian 12 }";

    private static string Plan(string facts, params string[] more) => NodeEditTests.Plan(facts, more);

    private static string Served(string port, string from) => $"{Plan("count: 2, provides: [http]")}services: {{ http: {{ ports: [{port}], from: {from} }} }}\n";
}

/// <summary>Edits of disks and volumes: preview equals what happened.</summary>
public sealed class StorageEditTests
{
    private const string Data = "- { label: data, size: 20GB, type: blockstore, fs: ext4, mount: /srv }";
    private const string More = "- { label: more, size: 10GB, type: blockstore, fs: ext4, mount: /mnt/more }";
    private const string Layout = "- { label: boot, size: 50%, fs: ext4, boot: yes }\n- { label: swap, size: 512MB, fs: swap }";

    [Fact]
    public Task A_volume_more() => Edits.ProveAsync(Stored(Data), Stored(Data, More), ["volume.add", "volume.mount"]);

    [Fact]
    public Task A_larger_volume() => Edits.ProveAsync(Stored(Data), Stored(Data.Replace("20GB", "30GB", StringComparison.Ordinal)), ["volume.size"]);

    [Fact]
    public Task A_smaller_volume_is_refused() => Edits.ProveAsync(Stored(Data), Stored(Data.Replace("20GB", "10GB", StringComparison.Ordinal)), ["volume.smaller"]);

    [Fact]
    public Task A_volume_less_with_prune() => Edits.ProveAsync(Stored(Data, More), Stored(Data), ["volume.mount", "volume.remove"], "--prune");

    [Fact]
    public Task A_volume_less_without_prune_is_held() => Edits.ProveAsync(Stored(Data, More), Stored(Data), ["volume.mount", "volume.remove held"]);

    [Fact]
    public Task Another_mount() => Edits.ProveAsync(Stored(Data), Stored(Data.Replace("/srv", "/var/data", StringComparison.Ordinal)), ["volume.mount"]);

    [Fact]
    public Task Another_filesystem_is_refused() => Edits.ProveAsync(Stored(Data), Stored(Data.Replace("ext4", "xfs", StringComparison.Ordinal)), ["volume.fs"]);

    [Fact]
    public Task A_larger_disk_by_percent() => Edits.ProveAsync(
        Stored([.. Layout.Split('\n')]), Stored([.. Layout.Replace("50%", "70%", StringComparison.Ordinal).Split('\n')]), ["node.disk.size"]);

    [Fact]
    public Task A_smaller_disk_is_refused() => Edits.ProveAsync(
        Stored([.. Layout.Split('\n')]), Stored([.. Layout.Replace("50%", "30%", StringComparison.Ordinal).Split('\n')]), ["node.disk.smaller"]);

    [Fact]
    public Task Another_layout_with_rebuild() => Edits.ProveAsync(
        Stored([.. Layout.Split('\n'), Data]), Stored([.. Layout.Split('\n'), "- { label: spare, size: 1GB, fs: ext4 }", Data]), ["node.disks"], "--rebuild");

    [Fact]
    public Task A_type_larger_than_disks_of_percents_grows_both() => Edits.ProveAsync(
        Stored([.. Layout.Split('\n')]), Stored([.. Layout.Split('\n')]).Replace("nanode-1", "standard-1", StringComparison.Ordinal), ["node.disk.size", "node.type"]);

    [Fact]
    public Task Fewer_nodes_and_their_volumes() => Edits.ProveAsync(
        Stored(Data), Stored(Data).Replace("count: 2", "count: 1", StringComparison.Ordinal), ["node.remove", "volume.remove"], "--prune");

    [Fact]
    public Task Fewer_nodes_whose_volumes_are_kept() => Edits.ProveAsync(
        Stored(Data), Stored(Data).Replace("count: 2", "count: 1", StringComparison.Ordinal), ["node.remove"], "--prune", "--keep-volumes");

    private static string Stored(params string[] lines) => NodeEditTests.Plan("count: 2, storage: all")
        + "storage:\n  all:\n" + string.Concat(lines.Select(line => $"  {line}\n"));
}

/// <summary>Edits of balancers: preview equals what happened.</summary>
public sealed class BalancerEditTests
{
    private const string Front = "{ name: front, tag: web, port: 80, protocol: http, check: { path: /health } }";

    [Fact]
    public Task A_balancer_before_nodes_that_have_no_address_for_it() => Edits.ProveAsync(
        Balanced("count: 2"), Balanced("count: 2", Front), ["balancer.add", "node.private-ip"]);

    [Fact]
    public Task A_second_balancer() => Edits.ProveAsync(
        Balanced("count: 2", Front), Balanced("count: 2", Front, "{ name: back, tag: web, port: 443, protocol: tcp }"), ["balancer.add"]);

    [Fact]
    public Task A_balancer_less() => Edits.ProveAsync(Balanced("count: 2", Front), Balanced("count: 2"), ["balancer.remove"], "--prune");

    [Fact]
    public Task A_port_changed() => Edits.ProveAsync(
        Balanced("count: 2", Front), Balanced("count: 2", Front.Replace("/health", "/up", StringComparison.Ordinal)), ["balancer.port"]);

    [Fact]
    public Task A_port_for_another() => Edits.ProveAsync(
        Balanced("count: 2", Front), Balanced("count: 2", Front.Replace("80", "8080", StringComparison.Ordinal)), ["balancer.port"]);

    [Fact]
    public Task More_nodes_behind_it() => Edits.ProveAsync(Balanced("count: 2", Front), Balanced("count: 3", Front), ["balancer.backend", "node.add"]);

    [Fact]
    public Task Fewer_nodes_behind_it() => Edits.ProveAsync(Balanced("count: 3", Front), Balanced("count: 2", Front), ["balancer.backend", "node.remove"], "--prune");

    [Fact]
    public Task A_group_without_addresses_comes_behind_a_balancer_that_stands() => Edits.ProveAsync(
        Balanced("count: 2, tags: [inside]", Front.Replace("tag: web", "tag: inside", StringComparison.Ordinal), Other),
        Balanced("count: 2, tags: [inside]", Front.Replace("tag: web", "tag: inside", StringComparison.Ordinal), Other.Replace("[outside]", "[inside]", StringComparison.Ordinal)),
        ["balancer.backend", "node.private-ip", "node.tags"]);

    private const string Other = "group: { name: more, type: g6-nanode-1, image: debian 12, count: 2, tags: [outside] }";

    private static string Balanced(string facts, params string[] lines)
    {
        var groups = lines.Where(line => line.StartsWith("group: ", StringComparison.Ordinal)).Select(line => $"- {line[7..]}").ToArray();
        var balancers = lines.Where(line => !line.StartsWith("group: ", StringComparison.Ordinal)).Select(line => $"  - {line}\n").ToArray();
        return NodeEditTests.Plan(facts, groups) + (balancers.Length > 0 ? $"  nodebalancers:\n{string.Concat(balancers)}" : "");
    }
}
