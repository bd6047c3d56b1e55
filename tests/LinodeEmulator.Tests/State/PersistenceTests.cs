using System.Text.Json.Nodes;
using LinodeEmulator.Tests.Endpoints.V3;

namespace LinodeEmulator.Tests.State;

public sealed class PersistenceTests : IDisposable
{
    private static readonly string[] Shown =
    [
        "linode/instances", "volumes", "networking/firewalls", "nodebalancers", "account/events", "tags", "linode/stackscripts", "networking/ips",
        "account/settings",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("emulator-state-").FullName;

    [Fact]
    public async Task Comes_back_with_the_same_cloud()
    {
        var shown = new List<string>();
        await using (var cloud = Open())
        {
            await FillAsync(cloud);
            shown.AddRange(await ShowAsync(cloud));
        }

        await using var again = Open();
        await again.PostAsync("/_emulator/clock", """{"advance_seconds":0}""");
        Assert.Equal(shown, await ShowAsync(again));
    }

    [Fact]
    public async Task Goes_on_with_work_that_was_under_way()
    {
        long id;
        await using (var cloud = Open())
        {
            id = await cloud.CreateNodeAsync("web-1");
            await cloud.PostAsync("/_emulator/clock", """{"advance_seconds":5}""");
        }

        await using var again = Open();
        Assert.Equal("2026-01-01T00:00:05Z", (string)(await again.GetAsync("/_emulator/clock")).Json["now"]!);
        Assert.Equal("provisioning", await again.StatusOfAsync(id));
        Assert.Equal("400 Linode busy.", (await again.PostAsync($"linode/instances/{id}/boot")).Refusal);
        again.Pass(200);
        Assert.Equal("running", await again.StatusOfAsync(id));
    }

    [Fact]
    public async Task Comes_back_with_what_the_older_face_made_and_tells_of_its_jobs_as_before()
    {
        string[] shown;
        await using (var cloud = Open())
        {
            var id = await cloud.BootOldAsync("web-1");
            await cloud.DataAsync("domain.create", "Domain=example.org&Type=master&SOA_Email=a@example.org");
            await cloud.PostAsync("/_emulator/clock", """{"advance_seconds":20}""");
            shown = await ShowOldAsync(cloud, id);
            Assert.Contains("\"HOST_SUCCESS\":1", shown[1], StringComparison.Ordinal);
            Assert.Contains("\"HOST_SUCCESS\":\"\"", shown[1], StringComparison.Ordinal);
        }

        await using var again = Open();
        var kept = (long)(await again.RowsAsync("linode.list"))[0]["LINODEID"]!;
        Assert.Equal(shown, await ShowOldAsync(again, kept));
        again.Pass(400);
        Assert.Equal(1, await again.OldStatusOfAsync(kept));
        Assert.All(await again.JobsOfAsync(kept), job => Assert.EndsWith(": 1", job, StringComparison.Ordinal));

        static async Task<string[]> ShowOldAsync(TestCloud cloud, long id) =>
        [
            (await cloud.DataAsync("linode.list")).ToJsonString(), (await cloud.DataAsync("linode.job.list", $"LinodeID={id}")).ToJsonString(),
            (await cloud.DataAsync("linode.disk.list", $"LinodeID={id}")).ToJsonString(),
            (await cloud.DataAsync("linode.config.list", $"LinodeID={id}")).ToJsonString(), (await cloud.DataAsync("domain.list")).ToJsonString(),
        ];
    }

    [Fact]
    public async Task Still_expects_who_was_to_come_to_the_console_and_still_boots_for_ever()
    {
        long one, two;
        await using (var cloud = Open())
        {
            await cloud.PostAsync("/_emulator/faults", """{"spec":"console=delete label=web-1"}""");
            await cloud.PostAsync("/_emulator/faults", """{"spec":"endless-boot label=web-2"}""");
            (one, two) = (await cloud.CreateNodeAsync("web-1"), await cloud.CreateNodeAsync("web-2"));
            await cloud.PostAsync("/_emulator/clock", """{"advance_seconds":5}""");
        }

        await using var again = Open();
        again.Pass(700);
        Assert.Equal("404 Not found", (await again.GetAsync($"linode/instances/{one}")).Refusal);
        Assert.Equal("booting", await again.StatusOfAsync(two));
        await again.DeleteAsync("/_emulator/faults");
        again.Pass(100);
        Assert.Equal("running", await again.StatusOfAsync(two));
    }

    [Fact]
    public async Task Never_gives_an_id_or_address_twice()
    {
        string first;
        await using (var cloud = Open())
        {
            var id = await cloud.CreateNodeAsync("web-1");
            first = (await cloud.GetAsync($"linode/instances/{id}")).Json["ipv4"]!.ToJsonString() + id;
            await cloud.DeleteAsync($"linode/instances/{id}");
            cloud.Pass(60);
            await cloud.GetAsync("linode/instances");
        }

        await using var again = Open();
        var next = (await again.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1"))).Json;
        Assert.NotEqual(first, next["ipv4"]!.ToJsonString() + next["id"]);
    }

    [Fact]
    public async Task Leaves_out_a_change_that_was_torn_in_writing()
    {
        await using (var cloud = Open())
        {
            await cloud.CreateNodeAsync("web-1");
            await cloud.CreateNodeAsync("web-2");
        }

        var file = Path.Combine(_directory, "cloud.jsonl");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text[..^30]);
        await using var again = Open();
        Assert.Equal("web-1", (string)Assert.Single((await again.GetAsync("linode/instances")).Data)["label"]!);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Keeps_its_files_to_itself()
    {
        var directory = Path.Combine(_directory, "fresh");
        await using var cloud = new TestCloud(new EmulatorOptions { StateDirectory = directory });
        await cloud.CreateNodeAsync("web-1");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "cloud.jsonl")));
        Assert.DoesNotContain(TestCloud.Password, await File.ReadAllTextAsync(Path.Combine(directory, "cloud.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stays_empty_after_a_reset()
    {
        await using (var cloud = Open())
        {
            await cloud.CreateNodeAsync("web-1");
            await cloud.PostAsync("/_emulator/reset");
        }

        await using var again = Open();
        Assert.Empty((await again.GetAsync("linode/instances")).Data);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task FillAsync(TestCloud cloud)
    {
        var node = (await cloud.SucceedAsync(
            "POST",
            "linode/instances",
            TestCloud.Node("web-1", """ "private_ip":true,"tags":["red"],"interfaces":[{"purpose":"vlan","label":"back"}] """))).Json;
        await cloud.CreateNodeAsync("web-2");
        await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{node["id"]}}}""");
        await cloud.SucceedAsync(
            "POST",
            "networking/firewalls",
            $$$"""
            {"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT","outbound":null},
             "devices":{"linodes":[{{{node["id"]}}}]}}
            """);
        await cloud.SucceedAsync(
            "POST", "nodebalancers", $$$"""{"region":"us-east","configs":[{"nodes":[{"label":"web-1","address":"{{{node["ipv4"]![1]}}}:80"}]}]}""");
        await cloud.SucceedAsync("POST", "linode/stackscripts", """{"label":"mine","images":["any/all"],"script":"#!/bin/sh\ntrue"}""");
        await cloud.SucceedAsync("PUT", "account/settings", """{"network_helper":false}""");
        await cloud.PostAsync("/_emulator/clock", """{"advance_seconds":33}""");
    }

    private static async Task<IReadOnlyList<string>> ShowAsync(TestCloud cloud)
    {
        var lists = new List<string>();
        foreach (var path in Shown)
        {
            lists.Add((await cloud.SucceedAsync("GET", path)).Text);
        }

        foreach (JsonNode node in (await cloud.GetAsync("linode/instances")).Data)
        {
            lists.Add((await cloud.SucceedAsync("GET", $"linode/instances/{node["id"]}/configs")).Text);
            lists.Add((await cloud.SucceedAsync("GET", $"linode/instances/{node["id"]}/disks")).Text);
        }

        return lists;
    }

    private TestCloud Open() => new(new EmulatorOptions { StateDirectory = _directory });
}
