namespace EndToEnd.Tests.Machines;

/// <summary>StackScripts and cloud-init parts of a plan on real hosts: they run at the first boot, and their end is known.</summary>
[Collection("lives of machines")]
public sealed class RiderTests : IAsyncLifetime
{
    private const string Secret = "a-password-of-the-shop-77";

    private const string Greeting = """
        #!/bin/bash
        # <UDF name="greeting" label="What to say" oneof="hello,good morning" />
        # <UDF name="db_password" label="Password of the database" />
        set -eu
        echo "$GREETING from $(id -un) in $PWD"
        [ -e /etc/lct/base.nft ] || exit 9
        [ -z "${LCT_HOST_KEY-}" ] || exit 8
        printf '%s' "$DB_PASSWORD" | sha256sum | cut -d ' ' -f 1 >/srv/password
        """;

    private const string Site = """
        #cloud-config
        write_files:
        - { path: /srv/page, content: "grüß Gott\n" }
        runcmd:
        - [sh, -c, 'cat /srv/page >/srv/copy']
        - echo a part has run
        """;

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync())!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task Both_run_on_a_node_that_takes_user_data_and_the_StackScript_on_one_that_does_not()
    {
        desk.Write("greet.sh", Greeting);
        desk.Write("site.yaml", Site);
        desk.Write("more.sh", "#!/bin/sh\necho as a script >/srv/more\n");
        (await desk.RunAsync("secret", "set", "db-password", Secret)).Ended(0);
        var plan = desk.Write("plan.yaml", """
            version: 1
            defaults: { type: g6-nanode-1 }
            storage:
              own: [{ label: boot, size: 90%, fs: ext4, boot: yes }, { label: swap, size: 10%, fs: swap }]
            regions:
            - region: us-east
              nodes:
              - name: modern
                image: debian 12
                nodenames: modern
                init:
                  firstboot:
                  - { name: 'stackscript:greet.sh', with: { greeting: good morning, db_password: 'secret:db-password' } }
                  - name: cloudinit:site.yaml
                  - name: cloudinit:more.sh
                  - { name: 'shell:inline', inline: 'cat /srv/password /srv/copy /srv/more' }
              - name: older
                image: ubuntu 16.04 lts
                nodenames: older
                storage: own
                init:
                  firstboot:
                  - { name: 'stackscript:greet.sh', with: { greeting: hello, db_password: 'secret:db-password' } }
              - name: stored
                image: debian 12
                nodenames: stored
                init: { firstboot: [{ name: 'stackscript:linode/LAMP', with: { db_name: wp } }] }
            """);

        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Secret)));
        Assert.Equal([hash, "grüß Gott", "as a script"], (await ExecAsync("modern", "cat /srv/password /srv/copy /srv/more")).Ended(0).Lines);
        Assert.Equal([hash], (await ExecAsync("older", "cat /srv/password")).Ended(0).Lines);
        Assert.Equal(["database=wp", "password=made up"], (await ExecAsync("stored", "cat /srv/lamp/setup")).Ended(0).Lines);
        Assert.Contains("good morning from root in /root", Log("modern"), StringComparison.Ordinal);
        Assert.Contains("a part has run", Log("modern"), StringComparison.Ordinal);
        Assert.Contains("hello from root in /root", Log("older"), StringComparison.Ordinal);
        foreach (var node in new[] { "modern", "older" })
        {
            // Brackets, so that the search does not find itself.
            const string left = "grep -rls 'a-password-of-the-sho[p]' /root /var/lib/cloud /var/lib/lct /var/log /run/cloud-init /etc || :";
            Assert.Equal("600", (await ExecAsync(node, $"{left}; stat -c %a /var/lib/lct/stackscript.log")).Ended(0).Out.Trim());
        }

        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal(3, (await desk.Cloud.ListAsync("linode/stackscripts")).Count(script => (bool)script["mine"]!));
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.DoesNotContain(await desk.Cloud.ListAsync("linode/stackscripts"), script => (bool)script["mine"]!);
    }

    [MachinesFact]
    public async Task One_that_fails_is_named_with_its_exit_code_and_last_lines_until_its_node_is_made_anew()
    {
        desk.Write("bad.sh", "#!/bin/sh\necho looking for the license\necho no license found\nexit 3\n");
        desk.Write("bad.yaml", "#cloud-config\nruncmd:\n- echo no such mirror; exit 4\n");
        var plan = desk.Write("plan.yaml", """
            version: 1
            defaults: { type: g6-nanode-1, image: debian 12 }
            regions:
            - region: us-east
              nodes:
              - { name: script, nodenames: script, init: { firstboot: [{ name: 'stackscript:bad.sh' }] } }
              - { name: part, nodenames: part, init: { firstboot: [{ name: 'cloudinit:bad.yaml' }] } }
              - { name: well, nodenames: well }
            """);

        var first = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(7);
        var second = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(7);

        foreach (var run in new[] { first, second })
        {
            Assert.Contains("'firstboot stackscript:bad.sh' on script ended with exit code 3", run.Error, StringComparison.Ordinal);
            Assert.Contains("looking for the license | no license found", run.Error, StringComparison.Ordinal);
            Assert.Contains("'firstboot cloudinit:bad.yaml' on part ended with exit code 1", run.Error, StringComparison.Ordinal);
            Assert.Contains("no such mirror", run.Error, StringComparison.Ordinal);
            Assert.Contains("delete script, and create the cluster again", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal("part failed, script failed, well ready", await StatesAsync());
        Assert.DoesNotContain("stackscript", (await ExecAsync("script", "ls -A /root")).Ended(0).Out, StringComparison.OrdinalIgnoreCase);
        (await desk.RunAsync("node", "delete", "script", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(7);
        Assert.Contains("exit code 3", Log("script").Split("lct changed cloud-init")[^1], StringComparison.Ordinal);
    }

    private string Log(string node) => File.ReadAllText(Path.Combine(desk.Kept, "state", "nodes", $"{node}.log"));

    private async Task<string> StatesAsync() => string.Join(", ", (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray()
        .Select(node => $"{node!["label"]} {node["state"]}").Order(StringComparer.Ordinal));

    private Task<Finished> ExecAsync(string node, string script) => desk.RunAsync("node", "exec", node, "--as-root", "--", "sh", "-c", script);
}
