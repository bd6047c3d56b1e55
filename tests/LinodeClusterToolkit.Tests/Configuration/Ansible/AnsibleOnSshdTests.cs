using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Remote;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

/// <summary>The real Ansible on a real SSH server: two nodes that are one machine, with nothing of it on a disk afterwards.</summary>
public sealed class AnsibleOnSshdTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TestSshd server = null!;

    public async Task InitializeAsync()
    {
        if (SshdFactAttribute.Program is not null)
        {
            server = await TestSshd.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        folder.Dispose();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [AnsibleFact]
    public async Task Tasks_run_through_the_one_login_and_values_arrive_as_they_are()
    {
        var run = await RunAsync("""
            - hosts: web
              gather_facts: false
              tasks:
              - copy: { content: "{{ inventory_hostname }} {{ given }} {{ lct_group }} {{ groups['us_east'] | length }}", dest: "OUT/{{ inventory_hostname }}" }
            """, new() { ["given"] = "{{ 7 * 7 }} 'quoted' \"ü\" $x" });

        Assert.Equal((0, ""), (run.ExitCode, Problems(run)));
        Assert.Equal("web-1 {{ 7 * 7 }} 'quoted' \"ü\" $x web 2", File.ReadAllText(folder["web-1"]));
        Assert.Equal("web-2 {{ 7 * 7 }} 'quoted' \"ü\" $x web 2", File.ReadAllText(folder["web-2"]));
        Assert.Equal(2, server.Logins);
    }

    [AnsibleFact]
    public async Task What_fails_is_told_of_the_node_where_it_fails_and_of_no_other()
    {
        var run = await RunAsync("""
            - hosts: all
              gather_facts: false
              tasks:
              - name: it breaks
                command: sh -c 'echo grief >&2; exit 3'
                when: inventory_hostname == 'web-2'
              - name: it is rescued
                block: [{ command: "false" }]
                rescue: [{ command: "true" }]
              - { name: it is let pass, command: "false", ignore_errors: true }
            """);

        Assert.Equal("web-2: LCT6264 task 'it breaks' of ansible:site.yaml failed on web-2 (non-zero return code | grief)", Problems(run));
    }

    [AnsibleFact]
    public async Task What_a_task_keeps_to_itself_and_what_is_secret_is_printed_nowhere()
    {
        var run = await RunAsync("""
            - hosts: all
              gather_facts: false
              tasks:
              - { name: "told {{ given }}", debug: { msg: "it is {{ given }}" } }
              - { name: kept, command: "sh -c 'echo other-secret; exit 1'", no_log: true }
            """, new() { ["given"] = "secret-of-the-plan" }, new Sensitive("secret-of-the-plan"));

        var all = run.Output + run.Error + string.Join(' ', run.Report.Results) + Problems(run);
        Assert.DoesNotContain("secret-of-the-plan", all, StringComparison.Ordinal);
        Assert.DoesNotContain("other-secret", all, StringComparison.Ordinal);
        Assert.Contains("web-1: LCT6264 task 'kept' of ansible:site.yaml failed on web-1", Problems(run), StringComparison.Ordinal);
        Assert.Contains("it is ***", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetDirectories("/dev/shm", "lct-ansible-*").Select(left => Path.Combine(left, "values.yaml")).Where(File.Exists),
            left => File.ReadAllText(left).Contains("secret-of-the-plan", StringComparison.Ordinal));
    }

    [AnsibleFact]
    public async Task A_playbook_that_takes_too_long_is_ended_with_all_that_it_started()
    {
        var run = await RunAsync("""
            - hosts: all
              gather_facts: false
              tasks: [{ name: it dawdles, command: sleep 4711.5 }]
            """, within: TimeSpan.FromSeconds(4));

        Assert.Null(run.ExitCode);
        Assert.StartsWith("web-1: LCT6265 ansible:site.yaml on web-1 was ended after 4 s (it was at task 'it dawdles')", Problems(run), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(CommandOf), command => command.Contains(folder.Path, StringComparison.Ordinal));
    }

    [AnsibleFact]
    public async Task A_connection_that_died_is_replaced_by_a_login_that_is_as_strict()
    {
        var run = await RunAsync("""
            - hosts: web-1
              gather_facts: false
              tasks:
              - { raw: kill -9 $PPID, ignore_errors: true, ignore_unreachable: true }
              - { name: it is there again, command: "true" }
            """);

        Assert.Equal("", Problems(run));
        Assert.Contains(run.Report.Results, result => result is { State: "changed", Task: "it is there again" });
    }

    [AnsibleFact]
    public async Task A_node_that_shows_another_host_key_gets_nothing()
    {
        var run = await RunAsync("- { hosts: all, gather_facts: false, tasks: [{ command: 'true' }] }", knownHosts: text => text.Replace("AAAAC3", "AAAAD3"), cut: true);

        Assert.Contains("web-1: LCT6262 Ansible did not reach web-1", Problems(run), StringComparison.Ordinal);
        Assert.Contains("Host key verification failed", Problems(run), StringComparison.Ordinal);
    }

    [AnsibleFact]
    public async Task A_node_without_python_is_named_by_the_first_task_that_needs_it_which_is_often_that_of_facts()
    {
        const string play = "- { hosts: web-1, gather_facts: GATHER, vars: { ansible_python_interpreter: /nowhere/python3 }, tasks: [{ ping: }] }";
        foreach (var (gather, task) in new[] { ("false", "ping"), ("true", "Gathering Facts") })
        {
            var run = await RunAsync(play.Replace("GATHER", gather, StringComparison.Ordinal));

            Assert.StartsWith($"web-1: LCT6263 no python3 on web-1, which task '{task}' of ansible:site.yaml needs", Problems(run), StringComparison.Ordinal);
        }
    }

    [AnsibleFact]
    public async Task A_node_that_stops_because_another_failed_is_not_called_done()
    {
        var run = await RunAsync("""
            - hosts: all
              gather_facts: false
              any_errors_fatal: true
              tasks:
              - { name: it breaks, fail: { msg: not so }, when: inventory_hostname == 'web-1' }
              - command: "true"
            """);

        Assert.Equal(
            "web-1: LCT6264 task 'it breaks' of ansible:site.yaml failed on web-1 (not so), "
            + "web-2: LCT6266 ansible:site.yaml ended before it was done with web-2 (task 'it breaks' failed on web-1)",
            Problems(run));
    }

    [AnsibleFact]
    public async Task A_playbook_that_is_none_is_refused_before_anything_runs()
    {
        var file = Write("- hosts: all\n  tasks: [{ no_such_module_at_all: {} }]\n");
        var action = new ResolvedAction(Transition.Boot, "ansible", "site.yaml") { File = file };

        var problem = await new LinodeClusterToolkit.Configuration.AnsibleConfigurator().CheckAsync(action, TimeProvider.System, default);

        Assert.Equal("LCT2191", problem?.Code);
        Assert.Contains("no_such_module_at_all", problem?.Why, StringComparison.Ordinal);
    }

    private async Task<PlaybookResult> RunAsync(
        string playbook, Dictionary<string, string>? values = null, Sensitive? secret = null, TimeSpan? within = null,
        Func<string, string>? knownHosts = null, bool cut = false)
    {
        await using var shell = server.Shell();
        var hosts = new List<AnsibleHost>();
        foreach (var (at, label) in new[] { "web-1", "web-2" }.Index())
        {
            // Two names of one server are two nodes, each with a connection of its own.
            var node = server.Node with { Name = label, Alias = at == 0 ? "4711" : "4712" };
            new LinodeClusterToolkit.Remote.KnownHostsFile(server.KnownHosts).Set(node.Alias, [server.HostKey.Public]);
            hosts.Add(new(label, ["shop", "us-east", "web"], new Dictionary<string, string> { ["lct_group"] = "web" })
            {
                Remote = node, Way = await shell.WayAsync(node, TimeSpan.FromMinutes(2), default),
            });
        }

        if (knownHosts is not null)
        {
            File.WriteAllText(server.KnownHosts, knownHosts(File.ReadAllText(server.KnownHosts)));
        }

        if (cut)
        {
            server.CutAll();
        }

        return await AnsibleProgram.RunAsync(
            new(Write(playbook), AnsibleInventory.Of(hosts), ["web-1", "web-2"], values ?? [], within ?? TimeSpan.FromMinutes(2))
            {
                Secrets = secret is null ? [] : [secret],
            },
            TimeProvider.System, default);
    }

    private string Write(string playbook)
    {
        File.WriteAllText(folder["site.yaml"], playbook.Replace("OUT", folder.Path, StringComparison.Ordinal));
        return folder["site.yaml"];
    }

    private static string Problems(PlaybookResult run)
    {
        var action = new ResolvedAction(Transition.ClusterStarting, "ansible", "site.yaml");
        return string.Join(", ", from node in new[] { "web-1", "web-2" }
                                 let problem = PlaybookEnds.ProblemOf(action, node, TimeSpan.FromSeconds(4), run)
                                 where problem is not null
                                 select $"{node}: {problem.Code} {problem.What} ({problem.Why})");
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
