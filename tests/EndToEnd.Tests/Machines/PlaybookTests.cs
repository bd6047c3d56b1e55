namespace EndToEnd.Tests.Machines;

/// <summary>Playbooks on real hosts: from this machine for a group at once, and on the hosts themselves.</summary>
[Collection("playbooks")]
public sealed class PlaybookTests : IAsyncLifetime
{
    private const string Secret = "secret-of-playbooks-0123456789";

    private const string Plan = """
        version: 1
        network: { private: ip }
        defaults: { type: g6-nanode-1, image: debian 12 }
        regions:
        - region: us-east
          nodes:
          - name: web
            count: 3
            nodenames: 'web-{counter}'
            tags: [front end]
            init:
              firstboot:
              - { name: 'localansible:local/site.yaml', with: { motto: 'secret:motto' } }
              clusterstarting:
              - { name: 'ansible:site.yaml', with: { motto: 'secret:motto', colour: "it's {{ blue }}" } }
              clusterstarted:
              - { name: 'ansible:turn.yaml', run-on: each-in-turn }
              - { name: 'ansible:first.yaml', run-on: first }
          - { name: db, nodenames: 'db-{counter}' }
        """;

    // Written so that it does not find itself where commands are logged.
    private const string Left = "find /var/lib/lct/actions /home/lctadmin -mindepth 1 -name '.lct-*' -o -path '/var/lib/lct/actions/*'; "
        + "grep -rl '[s]ecret-of-playbooks' /var/lib/lct /home/lctadmin /root /tmp /var/log || :";

    private Desk desk = null!;

    public async Task InitializeAsync()
    {
        if (MachinesFactAttribute.Missing is null && Program.Find("ansible-playbook") is not null)
        {
            desk = Desk.SitDown(await Cloud.StartAsync("--hosts", "machines", "--packages", Hosts.Packages));
            desk.Environment["LINODETOOL_REMOTE"] = "openssh";
            desk.Expose(leak => leak.StartsWith("motto in standard output of linodetool node exec ", StringComparison.Ordinal), "the test has it shown");
        }
    }

    public async Task DisposeAsync()
    {
        if (desk is not null)
        {
            await desk.Cloud.StopAsync();
            await desk.DisposeAsync();
        }
    }

    [MachinesFact("ansible-playbook")]
    public async Task Playbooks_configure_a_cluster_and_a_node_that_fails_is_mended_alone()
    {
        var plan = Write();
        var unknown = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(4);
        Assert.Contains("no secret 'motto'", unknown.Error, StringComparison.Ordinal);
        Assert.Empty(await desk.Cloud.WritesAsync());
        (await desk.ShellAsync($"printf '%s' '{Secret}' | linodetool secret set motto -")).Ended(0);

        // One host of three fails; the others come through, and its failure is the task's own.
        var first = await desk.RunAsync("cluster", "create", "shop", plan);
        Assert.Equal(7, first.Code);
        Assert.Contains("task 'it must be let' of ansible:site.yaml failed on web-2", first.Error, StringComparison.Ordinal);
        Assert.Contains("web-2 may not", (await desk.RunAsync("node", "why", "web-2")).Ended(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, first.Error + first.Out + Logs(), StringComparison.Ordinal);
        Assert.Equal("1", await AskAsync("web-1", "wc -l </srv/runs"));

        desk.Write("let", "");
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        foreach (var node in new[] { "web-1", "web-2", "web-3" })
        {
            Assert.Equal(
                $"{node} web web-1 web-2 web-3 db-1 3 {Secret} it's {{{{ blue }}}} 1500",
                await AskAsync(node, "cat /srv/site"));
            Assert.Equal($"{node} clusterstarted", await AskAsync(node, "cat /srv/turn"));
            Assert.Equal($"{node} root {Secret} template of {node}", await AskAsync(node, "cat /srv/local"));
            Assert.Equal("", await AskAsync(node, Left));
        }

        // What was done is not done again for the sake of one.
        Assert.Equal("1 2", $"{await AskAsync("web-1", "wc -l </srv/runs")} {await AskAsync("web-2", "wc -l </srv/runs")}");

        // Of those a run is for, one tells; the last run was for web-2 alone.
        Assert.Equal("web-2", await AskAsync("db-1", "cat /srv/told"));
        Assert.Equal("web-1 0 0", await AskAsync("web-1", "cat /srv/first") + $" {await FirstsAsync("web-2")} {await FirstsAsync("web-3")}");
    }

    [MachinesFact("ansible-playbook")]
    public async Task What_is_wrong_with_playbooks_is_said_before_anything_is_made()
    {
        (await desk.ShellAsync($"printf '%s' '{Secret}' | linodetool secret set motto -")).Ended(0);
        var plan = Write();
        desk.Write("turn.yaml", "- hosts: all\n  roles: [no_such_role]\n");

        var refused = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(3);

        Assert.Contains("the role 'no_such_role' was not found", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await desk.Cloud.WritesAsync());
    }

    /// <summary>The plan with its playbooks; one of them lets web-2 pass only once a file of that name is there.</summary>
    private string Write()
    {
        desk.Write("site.yaml", """
            - hosts: front_end
              tasks:
              - shell: echo run >>/srv/runs
              - name: it must be let
                fail: { msg: "{{ inventory_hostname }} may not" }
                when: inventory_hostname == 'web-2' and not lookup('fileglob', playbook_dir + '/let')
              - copy:
                  content: "{{ inventory_hostname }} {{ lct_group }} {{ lct_members }} {{ lct_nodes_db }} {{ groups['web'] | length }} {{ motto }} {{ colour }} {{ ansible_facts['os_family'] | length + 1494 }}"
                  dest: /srv/site
            - hosts: front_end
              gather_facts: false
              tasks:
              - { command: "sh -c 'echo {{ inventory_hostname }} >/srv/told'", delegate_to: "{{ groups['db'][0] }}", run_once: true }
            """);
        desk.Write("turn.yaml", """
            - hosts: web
              gather_facts: false
              tasks: [{ copy: { content: "{{ inventory_hostname }} {{ lct_transition }}", dest: /srv/turn } }]
            """);
        desk.Write("first.yaml", """
            - hosts: us_east
              gather_facts: false
              tasks: [{ copy: { content: "{{ inventory_hostname }}", dest: /srv/first } }]
            """);
        desk.Write("local/site.yaml", """
            - hosts: all
              gather_facts: false
              roles: [greeting]
            """);
        desk.Write("local/roles/greeting/tasks/main.yaml", """
            - command: id -un
              register: who
              changed_when: false
            - template: { src: greeting.j2, dest: /srv/local }
              no_log: true
            """);
        desk.Write("local/roles/greeting/templates/greeting.j2", "{{ inventory_hostname }} {{ who.stdout }} {{ motto }} template of {{ lct_node }}");
        return desk.Write("plan.yaml", Plan);
    }

    private async Task<string> FirstsAsync(string node) => await AskAsync(node, "ls /srv/first 2>/dev/null | wc -l");

    private async Task<string> AskAsync(string node, string script) =>
        (await desk.RunAsync("node", "exec", node, "--as-root", "--", "sh", "-c", script)).Ended(0).Out.Trim();

    private string Logs() => string.Concat(Directory.EnumerateFiles(desk.Kept, "*.log", SearchOption.AllDirectories).Select(File.ReadAllText));
}
