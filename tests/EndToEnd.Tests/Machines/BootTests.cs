namespace EndToEnd.Tests.Machines;

/// <summary>What a plan has done at every boot, on real hosts: once at each, whoever booted them.</summary>
[Collection("lives of machines")]
public sealed class BootTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops] }
        users: { ops: { users: [{ name: deploy }] } }
        regions:
        - region: us-east
          nodes:
          - name: web
            nodenames: web
            init:
              boot:
              - name: 'shell:inline'
                inline: |
                  umask 0
                  echo "$(id -un) $word $LCT_NODE $1" >>/srv/boots
                  [ ! -e /srv/broken ] || { echo no luck today; exit 5; }
                with: { word: 'secret:word' }
                arguments: ["it's"]
              - { name: 'shell:inline', inline: 'echo "$(id -un) once" >>/srv/boots', run-on: first }
              - { name: 'shell:inline', inline: 'echo "$(id -un) after" >>/srv/boots', user: deploy }
        """;

    private static readonly string[] Own = ["root s3cret-word-77 web it's", "deploy after"];

    // At boots the toolkit makes, what needs it comes when the node has done its own.
    private static readonly string[] Made = [.. Own, "root once"];

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync(Hosts.Packages))!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task Boot_actions_run_once_at_every_boot_and_at_those_of_the_toolkit_their_end_is_told()
    {
        (await desk.RunAsync("secret", "set", "word", "s3cret-word-77")).Ended(0);
        desk.Expose(leak => leak.StartsWith("word in standard output of linodetool node exec web ", StringComparison.Ordinal), "the test has it shown");
        var plan = desk.Write("plan.yaml", Plan);

        var made = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        Assert.Contains("the secrets it is given stay on its nodes", made.Error, StringComparison.Ordinal);
        string[] first = [Own[0], "root once", Own[1]];
        await RanAsync(first);
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0).Error, StringComparison.Ordinal);

        // By the API, and by the watchdog after it went off by itself: nobody but the node is there.
        var id = (long)(await desk.Cloud.ListAsync("linode/instances")).Single()["id"]!;
        await BootedAsync(() => desk.Cloud.SendAsync("POST", $"/v4/linode/instances/{id}/reboot"));
        await RanAsync([.. first, .. Own]);
        await BootedAsync(() => ExecAsync("systemd-run --quiet --on-active=1 shutdown -h now"));
        await RanAsync([.. first, .. Own, .. Own]);
        var modes = (await ExecAsync("stat -c '%a %n' /etc/lct/boot.d/001/script /var/log/lct-boot.log /etc/lct/boot.d")).Ended(0).Lines;
        Assert.Equal(["600 /etc/lct/boot.d/001/script", "600 /var/log/lct-boot.log", "700 /etc/lct/boot.d"], modes);

        // By the toolkit: the same, and no second time by SSH.
        (await desk.RunAsync("cluster", "restart", "shop", "--yes")).Ended(0);
        await RanAsync([.. first, .. Own, .. Own, .. Made]);

        await ExecAsync("touch /srv/broken; : >/srv/boots");
        var failed = (await desk.RunAsync("cluster", "restart", "shop", "--yes")).Ended(7);
        Assert.Contains("'boot shell:inline' on web ended with exit code 5", failed.Error, StringComparison.Ordinal);
        Assert.Contains("no luck today", failed.Error, StringComparison.Ordinal);
        await RanAsync([Own[0]]);
        Assert.Contains("exit code 5", (await ExecAsync("cat /var/log/lct-boot.log")).Out, StringComparison.Ordinal);

        // Mended, the same command has it tried again, at the same boot.
        await ExecAsync("rm /srv/broken");
        (await desk.RunAsync("cluster", "start", "shop")).Ended(0);
        await RanAsync([Own[0], .. Made]);
        Assert.Contains(" ready", (await desk.RunAsync("node", "list")).Ended(0).Out, StringComparison.Ordinal);
    }

    [MachinesFact]
    public async Task A_playbook_of_every_boot_is_kept_on_its_node_and_its_failing_task_is_named()
    {
        // In a folder of their own: all of it goes to the node.
        desk.Write("play/site.yaml", """
            - hosts: all
              tasks:
              - { name: told, shell: 'cat {{ playbook_dir }}/word >>/srv/boots' }
              - { name: it must be whole, stat: { path: /srv/broken }, register: broken, failed_when: broken.stat.exists }
            """);
        desk.Write("play/word", "played\n");
        var plan = desk.Write("plan.yaml", """
            version: 1
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-nanode-1, image: debian 12, nodenames: web, init: { boot: [{ name: 'localansible:play/site.yaml' }] } }]
            """);
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        await RanAsync(["played"]);

        var id = (long)(await desk.Cloud.ListAsync("linode/instances")).Single()["id"]!;
        await BootedAsync(() => desk.Cloud.SendAsync("POST", $"/v4/linode/instances/{id}/reboot"));
        await RanAsync(["played", "played"]);

        await ExecAsync("touch /srv/broken");
        var failed = (await desk.RunAsync("cluster", "restart", "shop", "--yes")).Ended(7);
        Assert.Contains("task 'it must be whole' of localansible:play/site.yaml failed on web", failed.Error, StringComparison.Ordinal);
        await ExecAsync("rm /srv/broken");
        (await desk.RunAsync("cluster", "start", "shop")).Ended(0);
        await RanAsync(["played", "played", "played", "played"]);
        const string left = "find /var/lib/lct/actions /home/lctadmin -mindepth 1 -name '.lct-*' -o -path '/var/lib/lct/actions/*'";
        Assert.Equal("", (await ExecAsync(left)).Ended(0).Out);
    }

    private async Task RanAsync(string[] lines)
    {
        var seen = (await ExecAsync("cat /srv/boots")).Ended(0).Lines;
        Assert.Equal(lines, seen);
    }

    private async Task BootedAsync(Func<Task> cause)
    {
        await ExecAsync("touch /run/before");
        await cause();
        const string booted = """[ ! -e /run/before ] && [ -z "$(systemctl list-jobs --no-legend)" ]""";
        await Fleet.UntilAsync(async () => (await ExecAsync(booted)).Code == 0, "another boot");
    }

    private Task<Finished> ExecAsync(string script) => desk.RunAsync("node", "exec", "web", "--as-root", "--", "sh", "-c", script);
}
