using System.Text.Json.Nodes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

/// <summary>Exports through the front door, with keys on the disk.</summary>
public sealed class ExportsTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();

    public async Task InitializeAsync() =>
        await door.CreateAsync("shop", "[{ name: web, type: g6-nanode-1, count: 2 }, { name: db, type: g6-nanode-1 }]");

    public async Task DisposeAsync() => await door.DisposeAsync();

    [Theory]
    [InlineData("ansible")]
    [InlineData("ansible-json")]
    [InlineData("ssh-config")]
    public async Task Keys_and_known_hosts_are_files_for_one_pair_of_eyes_and_no_key_is_in_the_text(string format)
    {
        var export = await door.Toolkit.ExportAsync("shop", format);

        var folder = Path.Combine(door.DataFolder, "exports", "clusters", "shop");
        Assert.Equal((folder, 3, 3), (export.KeyFolder, export.Keys, export.Nodes));
        var nodes = await door.Toolkit.ListNodesAsync(new NodeQuery("shop")).ToListAsync();
        Assert.Equal(
            ["known_hosts", .. nodes.Select(node => $"{node.Label}.key").Order(StringComparer.Ordinal)],
            Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        var known = File.ReadAllLines(Path.Combine(folder, "known_hosts"));
        Assert.All(nodes, node => Assert.Contains($"linode-{node.LinodeId} {node.HostKeys[0]}", known));
        var key = (await door.Toolkit.Secrets.ListAsync("clusters/", default)).First(name => name.EndsWith("/admin-key", StringComparison.Ordinal));
        var value = (await door.Toolkit.Secrets.ReadAsync(key, default))!.Value.Reveal();
        Assert.Contains(Directory.GetFiles(folder), file => File.ReadAllText(file) == value);
        Assert.DoesNotContain("PRIVATE KEY", export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Written_again_it_is_the_same_and_a_key_of_nobody_is_gone_from_the_toolkits_own_folder_alone()
    {
        var (first, own) = (await door.Toolkit.ExportAsync("shop", "ansible"), Path.Combine(door.DataFolder, "exports", "clusters", "shop"));
        var named = Path.Combine(door.DataFolder, "named");
        await door.Toolkit.ExportAsync("shop", "ansible", named);
        await File.WriteAllTextAsync(Path.Combine(own, "old.key"), "old");
        await File.WriteAllTextAsync(Path.Combine(named, "old.key"), "old");
        var written = File.GetLastWriteTimeUtc(Path.Combine(own, "known_hosts"));

        var (second, other) = (await door.Toolkit.ExportAsync("shop", "ansible"), await door.Toolkit.ExportAsync("shop", "ansible", named));

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(named, other.KeyFolder);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(own, "known_hosts")));
        Assert.Equal((4, 5), (Directory.GetFiles(own).Length, Directory.GetFiles(named).Length));
    }

    [Fact]
    public async Task The_audit_counts_the_keys_of_exports_and_calls_none_of_them_a_trace_unless_they_stand_elsewhere()
    {
        await door.Toolkit.ExportAsync("shop", "ssh-config");

        var audit = await door.Toolkit.AuditSecretsAsync([]);
        await door.Toolkit.ExportAsync("shop", "ssh-config", Path.Combine(door.DataFolder, "named"));
        var after = await door.Toolkit.AuditSecretsAsync([]);

        Assert.Equal((0, 3), (audit.Traces.Count, audit.Exported.Count));
        Assert.Equal(3, after.Traces.Count(trace => trace.Place.Contains("/named/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nodes_that_share_a_key_share_its_file()
    {
        var plan = new PlanSource("plan.yaml", null, """
            version: 1
            ssh: { keys: cluster }
            regions:
            - region: us-east
              nodes: [{ name: one, type: g6-nanode-1, count: 3 }]
            """);
        await door.Toolkit.CreateAsync(await door.Toolkit.PreviewAsync(new("shared", plan)), observer: null);

        var export = await door.Toolkit.ExportAsync("shared", "ssh-config");

        Assert.Equal((3, 1), (export.Nodes, export.Keys));
        Assert.Single(export.Text.Split('\n').Where(line => line.Contains("IdentityFile", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task A_key_that_is_not_in_the_store_is_missed_and_not_made()
    {
        foreach (var name in await door.Toolkit.Secrets.ListAsync("clusters/", default))
        {
            await door.Toolkit.Secrets.DeleteAsync(name, default);
        }

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.ExportAsync("shop", "ansible"));

        Assert.Equal("LCT3025", refused.Problem.Code);
        Assert.StartsWith("the private key of shop-us-east-db-1 is not in ", refused.Problem.What, StringComparison.Ordinal);
        Assert.Empty(await door.Toolkit.Secrets.ListAsync("clusters/", default));
        Assert.Contains("\"nodes\"", (await door.Toolkit.ExportAsync("shop", "json")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_others_can_look_into_gets_no_key()
    {
        var folder = Directory.CreateDirectory(Path.Combine(door.DataFolder, "open")).FullName;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.ExportAsync("shop", "ansible", folder));

        Assert.Equal(7, refused.Problem.Family);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_form_that_is_not_there_is_named_with_those_that_are()
    {
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.Toolkit.ExportAsync("shop", "ansibel"));

        Assert.Equal("LCT1065", refused.Problem.Code);
        Assert.Contains("did you mean \"ansible\"?", refused.Problem.Fixes);
        Assert.Equal(
            ["ansible", "ansible-json", "ssh-config", "hosts", "terraform-import", "json"],
            LinodeToolkit.ExportFormats.Select(format => format.Name));
    }

    [Fact]
    public async Task The_document_has_the_cluster_its_regions_groups_nodes_and_resources()
    {
        var said = JsonNode.Parse((await door.Toolkit.ExportAsync("shop", "json")).Text)!;

        Assert.Equal("shop", (string)said["cluster"]!["name"]!);
        Assert.Equal("us-east: db 1, web 2", string.Join("; ", said["regions"]!.AsArray().Select(region =>
            $"{region!["id"]}: {string.Join(", ", region["groups"]!.AsArray().Select(group => $"{group!["name"]} {group["node_count"]}"))}")));
        Assert.Equal(3, said["nodes"]!.AsArray().Count);
        Assert.Contains(said["resources"]!.AsArray(), made => (string)made!["kind"]! == "firewall");
    }

    [Fact]
    public async Task A_set_of_clusters_is_exported_as_all_of_them()
    {
        await door.CreateAsync("both-shop", "[{ name: front, type: g6-nanode-1 }]");
        await door.CreateAsync("both-stall", "[{ name: till, type: g6-nanode-1 }]");
        var source = new PlanSource("set.yaml", null, "version: 1");
        await door.Toolkit.KeepSetAsync("both", source, new PlanSet(null, [new("shop", source, []), new("stall", source, ["shop"])]));

        var export = await door.Toolkit.ExportAsync("both", "ansible");

        Assert.Equal((2, 2), (export.Nodes, export.Keys));
        Assert.Contains("\"both_stall\": {hosts: {", export.Text, StringComparison.Ordinal);
        Assert.Contains("lct_cluster: !unsafe \"both-shop\"", export.Text, StringComparison.Ordinal);
    }
}
