using EndToEnd.Tests.Leaks;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Secrets that nobody could mistake, and the shop of the README made with everything said that can be said.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_secret_is_seen_anywhere_while_eighty_two_nodes_are_made_and_taken_down()
    {
        await using var desk = await Desk.SitDownAsync();
        var canaries = await CanariesAsync(desk, "plain"); // encrypted, on real hosts: Machines/CanaryTests.cs
        desk.Write("act.sh", "#!/bin/sh\necho \"$word\"\n");
        desk.Write("stack.sh", "#!/bin/bash\n# <UDF name=\"word\" label=\"A word\" />\necho \"$WORD\"\n");
        var plan = desk.Write("plan.yaml", (await File.ReadAllTextAsync(Desk.Shipped("ha-wordpress.yaml")))
            .Replace("  image: debian 12\n", """
                  image: debian 12
                  init:
                    firstboot:
                    - { name: 'stackscript:stack.sh', with: { word: 'secret:free/script' } }
                    - { name: 'shell:act.sh', with: { word: 'secret:free/signs', lines: 'secret:free/lines' } }
                    boot: [{ name: 'shell:act.sh', with: { word: 'secret:free/boot' } }]
                    clusterstarting: [{ name: 'shell:act.sh', with: { word: 'secret:free/words' }, run-on: first }]

                """, StringComparison.Ordinal));

        var watch = new ProcessWatch(Canaries.Needles(canaries));
        await using (watch)
        {
            desk.Environment["LINODETOOL_TOKEN"] = canaries["personal-token"];
            var made = (await desk.RunAsync("cluster", "create", "shop", plan, "--debug", "-vv", "--events", "events.jsonl")).Ended(0);
            output.WriteLine($"made in {made.Elapsed}");
            desk.Environment.Remove("LINODETOOL_TOKEN");
            foreach (var told in new[] { "show shop -o json", "events shop", "list -o json" })
            {
                (await desk.RunAsync(["cluster", .. told.Split(' '), "--debug"])).Ended(0);
            }

            (await desk.RunAsync("task", "list", "-o", "json")).Ended(0);
            (await desk.RunAsync("secret", "list", "-o", "json")).Ended(0);
            (await desk.RunAsync("cluster", "delete", "shop", "--yes", "--debug", "-vv")).Ended(0);
        }

        output.WriteLine($"{watch}\n{string.Join('\n', watch.Found)}");
        Assert.DoesNotContain(watch.Found, sight => sight is not { What: "environ", Who: "linodetool", Inside: false }); // where the user put it
        await desk.Cloud.TestifyAsync();
        var search = desk.Search(Canaries.Needles(canaries));
        output.WriteLine($"{search}");
        Assert.Empty(search.Found);
        (await desk.RunAsync("secret", "audit")).Ended(0);
    }

    [Fact]
    public async Task A_tool_that_fails_inside_and_tells_where_tells_no_secret()
    {
        await using var desk = await Desk.SitDownAsync();
        var token = $"canary-{Guid.NewGuid():N}\n{Guid.NewGuid():N}"; // what no header can hold
        desk.Environment["LINODETOOL_TOKEN"] = token;

        var crashed = (await desk.RunAsync("node", "create", "us-east", "g6-nanode-1", "debian 12", "--debug", "-vv")).Ended(1);

        Assert.Contains("error LCT9501", crashed.Error);
        Assert.Contains("\n   at ", crashed.Error);
        Assert.All(token.Split('\n'), part => Assert.DoesNotContain(part, crashed.Error + crashed.Out));
    }

    /// <summary>A desk's store of that kind, full of canaries.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> CanariesAsync(Desk desk, string store)
    {
        desk.Environment.Remove("LINODETOOL_TOKEN");
        var canaries = Canaries.Make();
        await Canaries.StoreAsync(desk, canaries);
        if (store == "encrypted")
        {
            desk.Environment["LINODETOOL_PASSPHRASE"] = $"canary of passphrases {Guid.NewGuid():N}";
            (await desk.RunAsync("secret", "migrate", "--from", "plain", "--to", store, "--delete", "--yes")).Ended(0);
            desk.Environment["LINODETOOL_SECRET_STORE"] = store;
        }

        return canaries;
    }
}
