namespace EndToEnd.Tests.Machines;

/// <summary>Actions in trouble on real hosts: they are named, and mended one by one.</summary>
[Collection("lives of machines")]
public sealed class TroubleTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{group}-{counter}' }
        regions:
        - region: us-east
          nodes:
          - name: web
            count: 3
            init:
              clusterstarted:
              - { name: 'shell:inline', inline: echo one >>/srv/one }
              - { name: 'shell:two.sh' }
              - { name: 'shell:inline', inline: echo three >>/srv/three }
          - { name: slow, init: { clusterstarted: [{ name: 'shell:slow.sh', timeout: 3s }] } }
          - { name: again, init: { clusterstarted: [{ name: 'shell:again.sh', retries: 2 }] } }
          - name: bare
            init:
              sshready: [{ name: 'shell:inline', inline: 'mkdir -p /srv/bin; mv /usr/bin/python3* /srv/bin/' }]
              clusterstarted: [{ name: 'ansible:book/site.yaml' }]
        """;

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync(Hosts.Packages);

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact("ansible-playbook")]
    public async Task Each_in_trouble_is_named_the_others_are_done_and_once_mended_the_same_command_does_what_is_left()
    {
        Own.Write("two.sh", "echo run >>/srv/two\n[ \"$LCT_NODE\" != web-2 ] || { echo no license; echo none at all; exit 4; }\n");
        Own.Write("slow.sh", "echo begun\nsleep 601\n");
        Own.Write("again.sh", "echo run >>/srv/runs\n[ \"$(wc -l </srv/runs)\" = 3 ]\n");
        Own.Write("book/site.yaml", "- hosts: all\n  tasks: [{ name: a file is there, copy: { content: there, dest: /srv/there } }]\n");
        var plan = Own.Write("plan.yaml", Plan);

        var first = (await Own.RunAsync("cluster", "create", "shop", plan)).Ended(7);

        Assert.Contains("error LCT6217: 'clusterstarted shell:two.sh' on web-2 ended with exit code 4\n", first.Error, StringComparison.Ordinal);
        Assert.Contains("no license | none at all", first.Error, StringComparison.Ordinal);
        Assert.Contains("'clusterstarted shell:slow.sh' on slow-1", first.Error, StringComparison.Ordinal);
        Assert.Contains("it was ended after 3 seconds", first.Error, StringComparison.Ordinal);
        Assert.Contains("error LCT6263: no python3 on bare-1, which task ", first.Error, StringComparison.Ordinal);
        Assert.Equal("again-1 ready, bare-1 failed, slow-1 failed, web-1 ready, web-2 failed, web-3 ready", await Own.StatesAsync());
        Assert.Equal("", await Own.AskAsync("slow-1", "pgrep -fa 'sleep 60[1]' || :"));
        Assert.Equal("3", await Own.AskAsync("again-1", "wc -l </srv/runs"));
        Assert.Equal(["1 1 1", "1 1 0", "1 1 1"], await RunsAsync());

        // The causes removed, in the scripts and on the node: that of web-2 is another now, and is not for those that are done.
        Own.Write("two.sh", "echo run >>/srv/two\n");
        Own.Write("slow.sh", "echo begun and ended\n");
        await Own.AskAsync("bare-1", "mv /srv/bin/python3* /usr/bin/");
        (await Own.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        Assert.Equal(["1 1 1", "1 2 1", "1 1 1"], await RunsAsync());
        Assert.Equal("3", await Own.AskAsync("again-1", "wc -l </srv/runs"));
        Assert.Equal("there", await Own.AskAsync("bare-1", "cat /srv/there"));
        Assert.All((await Own.StatesAsync()).Split(", "), state => Assert.EndsWith(" ready", state, StringComparison.Ordinal));
    }

    /// <summary>How often each of the three actions ran on the three nodes.</summary>
    private async Task<IEnumerable<string>> RunsAsync()
    {
        const string count = "for one in one two three; do cat /srv/$one 2>/dev/null | wc -l; done";
        string[] nodes = ["--node", "web-1", "--node", "web-2", "--node", "web-3"]; // whatever their state
        return (await Own.RunAsync(["cluster", "exec", "shop", .. nodes, "--as-root", "-o", "json", "--", count])).Ended(0).Json.AsArray()
            .Select(row => ((string)row!["stdout"]!).Trim().Replace('\n', ' '));
    }
}
