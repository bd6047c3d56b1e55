using EndToEnd.Tests.Leaks;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Machines;

/// <summary>Secrets that nobody could mistake, on real hosts that are given them in every way there is; some print all they have.</summary>
[Collection("lives of machines")]
public sealed class CanaryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops], nodenames: '{group}-{counter}' }
        users: { ops: { users: [{ name: deploy, login: yes, sudo: yes, keys: [key.pub] }] } }
        storage:
          own: [{ label: boot, size: 90%, fs: ext4, boot: yes }, { label: swap, size: 10%, fs: swap }]
          db:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        services: { sql: { ports: [3306/tcp], from: [web] } }
        regionplans:
        - name: one
          nodebalancers: [{ name: front, tag: web, port: 80, protocol: http }]
          nodes:
          - name: web
            count: 4
            uses: [sql]
            init:
              firstboot:
              - { name: 'stackscript:stack.sh', with: { word: 'secret:free/script' } }
              - name: cloudinit:site.yaml
              - { name: 'shell:act.sh', user: deploy, with: { word: 'secret:free/signs', lines: 'secret:free/lines', long: 'secret:free/long' } }
              boot: [{ name: 'shell:act.sh', with: { word: 'secret:free/boot' } }]
              clusterstarting: [{ name: 'ansible:book.yaml', with: { word: 'secret:free/book', lines: 'secret:free/lines' } }]
          - name: app
            count: 2
            ready: [{ command: 'cat /srv/word; exit 1', within: 2s }]
            init: { firstboot: [{ name: 'localansible:local/book.yaml', with: { word: 'secret:free/book' } }] }
          - { name: db, count: 2, storage: db, provides: [sql] }
          - name: old
            image: ubuntu 16.04 lts
            storage: own
            init: { firstboot: [{ name: 'stackscript:stack.sh', with: { word: 'secret:free/script' } }] }
          - name: bad
            init:
              firstboot:
              - name: shell:tell.sh
                with: { word: 'secret:free/signs', lines: 'secret:free/lines', long: 'secret:free/long', words: 'secret:free/words' }
          - { name: worse, init: { firstboot: [{ name: 'stackscript:telling.sh', with: { word: 'secret:free/script' } }] } }
          - { name: worst, init: { boot: [{ name: 'shell:tell.sh', with: { word: 'secret:free/boot' } }] } }
        regions: [{ region: us-east, regionplan: one }]
        """;

    // Everything a script may print that does not mean to keep its values to itself.
    private const string Tell = """
        #!/bin/bash
        set -x
        for name in word lines long words WORD; do
          echo "${!name}"
          printf '%q\n' "${!name}"
          printf %s "${!name}" | base64
          printf 'user:%s' "${!name}" | base64 -w 0
          : "${!name}"
        done
        set +x
        printenv
        set
        python3 -c 'import json, os, urllib.parse as u; e = dict(os.environ); print(json.dumps(e), e, [u.quote(v, safe="") for v in e.values()])'
        echo it fails: "$word$WORD" >&2
        exit 3
        """;

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync(Hosts.Packages))!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact("ansible-playbook")]
    public async Task No_secret_is_seen_anywhere_while_hosts_are_given_it_in_every_way_and_some_print_all_they_have()
    {
        var canaries = await EndToEnd.Tests.CanaryTests.CanariesAsync(desk, "encrypted");
        await WriteAsync();
        var watch = new ProcessWatch(Canaries.Needles(canaries));
        await using (watch)
        {
            desk.Environment["LINODETOOL_TOKEN"] = canaries["personal-token"];
            var failed = (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--debug", "-vv", "--events", "events.jsonl")).Ended(7);
            Assert.Contains("'firstboot shell:tell.sh' on bad-1 ended with exit code 3", failed.Error);
            Assert.Contains("'firstboot stackscript:telling.sh' on worse-1 ended with exit code 3", failed.Error);
            Assert.Contains("'boot shell:tell.sh' on worst-1 ended with exit code 3", failed.Error);

            // Each by a process that was told no secret yet.
            (await desk.RunAsync("cluster", "retry", "shop", "--debug", "-vv", "--events", "again.jsonl")).Ended(7);
            string[] telling =
            [
                "cluster show shop -o json", "cluster events shop", "task list -o json", "node why bad-1", "node why worse-1 -o json",
                "node why worst-1",
            ];
            foreach (var told in telling)
            {
                (await desk.RunAsync([.. told.Split(' '), "--debug"])).Ended(0);
            }

            (await desk.RunAsync("node", "exec", "app-1", "--as-root", "--debug", "--", "cat /srv/word >&2; base64 /srv/word")).Ended(0);
            Assert.Contains("exit code 0", desk.LogOf("app-1").Split("cat /srv/word >&2")[^1]); // it is written down, without the value
            (await desk.RunAsync("node", "ssh", "web-1", "--", "sleep", "1")).Ended(0);
            desk.Environment.Remove("LINODETOOL_TOKEN");
        }

        output.WriteLine($"{watch}\n{string.Join('\n', watch.Found)}");
        var seen = watch.Found.Where(sight => !IsMeant(sight)).ToList();
        (await desk.RunAsync("secret", "audit")).Ended(0);
        (await desk.RunAsync("secret", "migrate", "--from", "encrypted", "--to", "plain")).Ended(0); // so that keys of nodes are looked for as well
        await desk.Cloud.TestifyAsync();
        var search = desk.Search(Canaries.Needles(canaries));
        output.WriteLine($"{search}");
        Assert.Empty(seen);
        Assert.Contains(watch.Found, sight => sight is { Inside: true, Secret: "free/signs" }); // it does see what is there
        Assert.Empty(string.Join('\n', search.Found.Where(leak => !IsAsked(leak))));
        Assert.Contains(search.Found, IsAsked);
        desk.Expose(IsAsked, "it was asked for");
    }

    // The user asked to see that file.
    private static bool IsAsked(string leak) => leak.StartsWith("free/book in standard ", StringComparison.Ordinal)
        && leak.Contains("linodetool node exec app-1 ", StringComparison.Ordinal);

    // The user himself put the token where the tool itself finds it; a script's values are the variables it was given, for as long as it runs.
    private static bool IsMeant(ProcessWatch.Sight sight) => sight is { What: "environ" } and (
        { Who: "linodetool", Inside: false, Secret: "personal-token" or "LINODETOOL_PASSPHRASE" }
        or { Inside: true, Secret: "free/script" or "free/boot" or "free/signs" or "free/words" or "free/lines" or "free/long" });

    private async Task WriteAsync()
    {
        desk.Write("plan.yaml", Plan);
        (await desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/key")).Ended(0);
        desk.Write("act.sh", "#!/bin/sh\nsleep 5 # so that it is seen, where a round of looks takes seconds too\necho \"$word\" \"$lines\"\n");
        desk.Write("tell.sh", Tell);
        desk.Write("stack.sh", "#!/bin/bash\n# <UDF name=\"word\" label=\"A word\" />\nsleep 1\necho \"$WORD\"\n");
        desk.Write("telling.sh", Tell.Replace("set -x\n", "# <UDF name=\"word\" label=\"A word\" />\nset -x\n", StringComparison.Ordinal));
        desk.Write("site.yaml", "#cloud-config\nruncmd:\n- echo a part has run\n");
        desk.Write("book.yaml", """
            - hosts: all
              tasks:
              - { copy: { content: "{{ word }} {{ lines | default('') }}", dest: /srv/word } }
              - { debug: { msg: "{{ word }} {{ lines | default('') }}" } }
            """);
        Directory.CreateDirectory(desk.At("local"));
        File.Copy(desk.At("book.yaml"), desk.At("local/book.yaml"));
    }
}
