using System.Globalization;

namespace EndToEnd.Tests.Machines;

/// <summary>Something at each transition, by every technology, on real hosts of two regions: all of them write into logs by one clock.</summary>
[Collection("playbooks")]
public sealed class EveryTransitionTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        defaults: { type: g6-nanode-1, image: debian 12 }
        regionplans:
        - name: all
          nodes:
          - name: web
            count: 2
            nodenames: 'web-{region}-{counter}'
            depends-on: [db]
            init:
              created: [{ name: 'shell:mark.sh' }]
              firstboot: [{ name: 'stackscript:first.sh' }, { name: 'cloudinit:first.yaml' }, { name: 'shell:mark.sh' }]
              sshready: [{ name: 'shell:mark.sh' }, { name: 'localansible:book/mark.yaml', with: { by: localansible } }]
              boot: [{ name: 'shell:mark.sh' }]
              clusterstarting: [{ name: 'ansible:book/mark.yaml', with: { by: ansible } }, { name: 'shell:mark.sh' }]
              clusterstarted: [{ name: 'shell:mark.sh' }]
              regionready: [{ name: 'shell:mark.sh' }]
              planready: [{ name: 'localansible:book/mark.yaml', with: { by: localansible } }, { name: 'shell:mark.sh' }]
              clusterstopping: [{ name: 'shell:mark.sh' }]
              removing: [{ name: 'shell:mark.sh' }, { name: 'shell:inline', inline: cat /srv/log }]
          - name: db
            count: 2
            nodenames: 'db-{region}-{counter}'
            init:
              created: [{ name: 'shell:mark.sh' }]
              firstboot: [{ name: 'cloudinit:first.yaml' }, { name: 'shell:mark.sh' }, { name: 'stackscript:first.sh' }]
              sshready: [{ name: 'ansible:book/mark.yaml', with: { by: ansible } }, { name: 'shell:mark.sh' }]
              boot: [{ name: 'shell:mark.sh' }]
              clusterstarting: [{ name: 'shell:mark.sh' }, { name: 'localansible:book/mark.yaml', with: { by: localansible } }]
              clusterstarted: [{ name: 'ansible:book/mark.yaml', with: { by: ansible } }]
              regionready: [{ name: 'shell:mark.sh' }]
              planready: [{ name: 'shell:mark.sh' }]
              clusterstopping: [{ name: 'ansible:book/mark.yaml', with: { by: ansible } }, { name: 'shell:mark.sh' }]
              removing: [{ name: 'ansible:book/mark.yaml', with: { by: ansible } }, { name: 'shell:inline', inline: cat /srv/log }]
        regions:
        - { region: us-east, regionplan: all }
        - { region: eu-central, regionplan: all }
        """;

    private const string Web = "created shell, firstboot shell, sshready shell, sshready localansible, ";
    private const string Db = "created shell, firstboot shell, sshready ansible, sshready shell, ";

    private const string WebUp = "boot shell, clusterstarting ansible, clusterstarting shell, clusterstarted shell, regionready shell, "
        + "planready localansible, planready shell";

    private const string DbUp = "boot shell, clusterstarting shell, clusterstarting localansible, clusterstarted ansible, regionready shell, "
        + "planready shell";

    private const string WebDown = "clusterstopping shell";
    private const string DbDown = "clusterstopping ansible, clusterstopping shell";

    private static readonly string[] Regions = ["us-east", "eu-central"];

    private IReadOnlyDictionary<long, string>? names;
    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync(Hosts.Packages);

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact("ansible-playbook")]
    public async Task Every_transition_comes_in_its_order_on_every_node_and_waits_for_all_that_it_should()
    {
        (await Own.RunAsync("cluster", "create", "shop", Write())).Ended(0);
        var made = await CollectAsync();
        Assert.Equal(8, made.Select(span => span.Node).Distinct().Count());
        foreach (var node in made.GroupBy(span => span.Node))
        {
            // What rides in the create call runs beside the first entry; its end is the beginning of what the plan does at the first boot.
            var riders = node.Where(span => span.By is "stackscript" or "cloudinit").ToList();
            Assert.Equal(["cloudinit", "stackscript"], riders.Select(rider => rider.By).Order());
            var rest = node.Except(riders).ToList();
            Assert.True(riders.Max(rider => rider.End) < rest.Single(span => span is { At: "firstboot", By: "shell" }).Begin);
            Span.InOrder(IsDb(rest[0]) ? Db + DbUp : Web + WebUp, rest);
        }

        Barriers(made);

        // Down: those who depend have done it, on all nodes and in both regions, before the first of those they depend on begins.
        (await Own.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        var offAt = await TimesAsync("POST", "/shutdown");
        (await Own.RunAsync("cluster", "start", "shop")).Ended(0);
        var all = await CollectAsync();
        var stopped = all.Except(made).Where(span => span.At == "clusterstopping").ToList();
        foreach (var node in stopped.GroupBy(span => span.Node))
        {
            Span.InOrder(IsDb(node.First()) ? DbDown : WebDown, [.. node]);
            Assert.True(Second(node.Max(span => span.End)) <= offAt[node.Key]);
        }

        Assert.Equal(8, stopped.Select(span => span.Node).Distinct().Count());
        Span.Comes(stopped.Where(span => !IsDb(span)), stopped.Where(IsDb));
        var websOff = offAt.Where(off => off.Key.StartsWith("web", StringComparison.Ordinal)).Max(off => off.Value);
        Assert.True(websOff <= Second(stopped.Where(IsDb).Min(span => span.Begin)));

        // Up again: from the boot on once more, and nothing that is for a first boot.
        var again = all.Except(made).Except(stopped).ToList();
        foreach (var node in again.GroupBy(span => span.Node))
        {
            Span.InOrder(IsDb(node.First()) ? DbUp : WebUp, [.. node]);
        }

        Assert.Equal(8, again.Select(span => span.Node).Distinct().Count());
        Barriers(again);
        Span.Comes(again.Where(span => span.At == "clusterstarting" && IsDb(span)), again.Where(span => span.At == "boot" && !IsDb(span)));

        // Gone: their last action gave all of it to the logs on this side.
        (await Own.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        var gone = await TimesAsync("DELETE", "");
        var left = gone.Keys.SelectMany(node => Span.Read(node, Told(node))).Except(all).ToList();
        foreach (var node in left.GroupBy(span => span.Node))
        {
            Span.InOrder(IsDb(node.First()) ? $"{DbDown}, removing ansible" : $"{WebDown}, removing shell", [.. node]);
        }

        Assert.Equal(8, left.Select(span => span.Node).Distinct().Count());
        Span.Comes(left.Where(span => span.At == "clusterstopping" && !IsDb(span)), left.Where(span => span.At == "clusterstopping" && IsDb(span)));
        Span.Comes(left.Where(span => span.At == "clusterstopping"), left.Where(span => span.At == "removing"));
        Assert.All(left, span => Assert.True(Second(span.End) <= gone[span.Node], $"{span} was deleted at {gone[span.Node]}"));
        Assert.Empty(await Own.Cloud.ListAsync("linode/instances"));
    }

    private static void Barriers(IReadOnlyList<Span> spans)
    {
        Span.Comes(spans.Where(span => span.At == "clusterstarting" && IsDb(span)), spans.Where(span => span.At == "clusterstarting" && !IsDb(span)));
        foreach (var region in Regions)
        {
            var own = spans.Where(span => span.Node.Contains(region, StringComparison.Ordinal)).ToLookup(span => span.At);
            Span.Comes(own["clusterstarting"], own["clusterstarted"]);
            Span.Comes(own["clusterstarted"], own["regionready"]);
        }

        Span.Comes(spans.Where(span => span.At == "regionready"), spans.Where(span => span.At == "planready"));
    }

    private static bool IsDb(Span span) => span.Node.StartsWith("db", StringComparison.Ordinal);

    private static long Second(long nanoseconds) => nanoseconds / 1_000_000_000;

    /// <summary>The lines that a node's last action printed.</summary>
    private IEnumerable<string> Told(string node) => Own.LogOf(node).Split("removing shell:inline")[^1].Split('\n')
        .Where(line => line.StartsWith("  | ", StringComparison.Ordinal)).Select(line => line[4..]);

    private async Task<IReadOnlyList<Span>> CollectAsync()
    {
        var read = (await Own.RunAsync("cluster", "exec", "shop", "--as-root", "-o", "json", "--", "cat", "/srv/log")).Ended(0).Json.AsArray();
        return [.. read.SelectMany(row => Span.Read((string)row!["node"]!, ((string)row["stdout"]!).Split('\n')))];
    }

    /// <summary>When the tool asked this of each node, in seconds.</summary>
    private async Task<IReadOnlyDictionary<string, long>> TimesAsync(string method, string path)
    {
        names ??= await Own.NamesAsync(); // while they are there
        var requests = await Own.ChangesAsync();
        return names.ToDictionary(
            pair => pair.Value,
            pair => requests.Where(row => (string)row["method"]! == method && (string)row["path"]! == $"/v4/linode/instances/{pair.Key}{path}")
                .Select(row => DateTimeOffset.Parse((string)row["time"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).First()
                .ToUnixTimeSeconds());
    }

    private string Write()
    {
        Own.Write("mark.sh", """
            #!/bin/sh
            mark() { echo "$(date +%s%N) $LCT_TRANSITION shell $LCT_NODE $1" | tee -a /srv/log; }
            mark begin
            sleep 0.2
            mark end
            """);
        Own.Write("first.sh", """
            #!/bin/bash
            mark() { echo "$(date +%s%N) firstboot stackscript $(hostname) $1" >>/srv/log; }
            mark begin
            sleep 0.2
            mark end
            """);
        Own.Write("first.yaml", """
            #cloud-config
            runcmd:
            - echo "$(date +%s%N) firstboot cloudinit $(hostname) begin" >>/srv/log
            - sleep 0.2
            - echo "$(date +%s%N) firstboot cloudinit $(hostname) end" >>/srv/log
            """);
        Own.Write("book/mark.yaml", """
            - hosts: all
              gather_facts: false
              tasks:
              - shell: |
                  mark() { echo "$(date +%s%N) {{ lct_transition }} {{ by }} {{ lct_node }} $1" | tee -a /srv/log; }
                  mark begin
                  sleep 0.2
                  mark end
            """);
        return Own.Write("plan.yaml", Plan);
    }
}
