using System.Diagnostics;
using EndToEnd.Tests.Machines;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>A state file that is broken, newer, locked, not to be written, or lost: said clearly, and nothing is destroyed by it.</summary>
public sealed class StateFileTests(ITestOutputHelper output)
{
    private const int Nodes = 3;

    [Theory]
    [InlineData("cut to nothing", "LCT7107")]
    [InlineData("cut to 50 bytes", "LCT7102")]
    [InlineData("cut to half", "LCT7102")]
    [InlineData("cut to one page", "LCT7102")]
    [InlineData("garbage all over", "LCT7102")]
    [InlineData("garbage in the middle", "LCT7102")]
    [InlineData("garbage at its end", "LCT7102")]
    public async Task A_file_that_is_broken_is_named_and_left_as_it_is(string how, string code)
    {
        await using var desk = await MadeAsync();
        await File.WriteAllBytesAsync(Inventory(desk), Broken(await File.ReadAllBytesAsync(Inventory(desk)), how));

        await RefusedAsync(desk, code, "move it away");
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_to_that_version()
    {
        await using var desk = await MadeAsync();
        await SqlAsync(desk, "UPDATE schema_version SET version = version + 1; PRAGMA wal_checkpoint(TRUNCATE)");

        await RefusedAsync(desk, "LCT7101", "use the newer version");
    }

    [RootFact("chattr")]
    public async Task A_file_that_cannot_be_written_is_said_before_anything_is_done()
    {
        await using var desk = await MadeAsync();
        await using var held = await ChangelessAsync(Inventory(desk));

        await RefusedAsync(desk, "LCT7105", "check the rights");
    }

    [RootFact("chattr")]
    public async Task A_folder_that_cannot_be_written_is_said_before_anything_is_done()
    {
        await using var desk = await MadeAsync();
        await using var held = await ChangelessAsync(Path.GetDirectoryName(Inventory(desk))!);

        await RefusedAsync(desk, "LCT7105", "check the rights");
    }

    [Fact]
    public async Task A_file_that_another_program_holds_for_long_is_said_and_usable_afterwards()
    {
        await using var desk = await MadeAsync();
        using var other = desk.Launch("python3",
        [
            "-c", "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); "
                + "print('held', file=sys.stderr, flush=True); time.sleep(300)",
            Inventory(desk),
        ]);
        await other.SaidAsync("held");
        var writes = (await desk.Cloud.WritesAsync()).Count;

        var locked = (await desk.RunAsync("cluster", "create", "more", desk.WritePlan("more.yaml", 1), "--yes")).Ended(12);

        AssertClear(locked, "LCT7103", desk, "wait for the other run");
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        (await desk.RunAsync("cluster", "list")).Ended(0); // reading needs no lock
        await other.SignalAsync("KILL");
        await other.EndAsync();
        (await desk.RunAsync("cluster", "create", "more", "more.yaml", "--yes")).Ended(0);
        Assert.Equal(Nodes + 1, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [RootFact("mount")]
    public async Task A_disk_that_is_full_before_a_run_is_said_and_nothing_is_created()
    {
        await using var desk = await Desk.SitDownAsync();
        await using var disk = await SmallDisk.MountAsync(desk.Kept, "300k");
        desk.WritePlan("plan.yaml", Nodes);
        disk.Fill(leave: 0);

        var full = (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(12);

        Assert.Matches("error LCT7(104|203)", full.Error);
        Assert.DoesNotContain("\n   at ", full.Error);
        Assert.Empty(await desk.Cloud.WritesAsync());
        disk.MakeRoom();
    }

    [RootTheory("mount")]
    [InlineData(150)]
    [InlineData(220)]
    [InlineData(300)]
    [InlineData(400)]
    public async Task A_disk_that_gets_full_in_a_run_ends_it_and_with_room_it_is_gone_on_with(int kilobytes)
    {
        const int many = 12;
        await using var desk = await Desk.SitDownAsync();
        await using var disk = await SmallDisk.MountAsync(desk.Kept, "16m");
        desk.WritePlan("plan.yaml", many);
        (await desk.RunAsync("regions", "-q")).Ended(0);
        disk.Fill(leave: kilobytes * 1024);

        var full = await desk.RunAsync("cluster", "create", "web", "plan.yaml");
        var stood = (await desk.Cloud.ListAsync("linode/instances")).Count;
        output.WriteLine($"{kilobytes} kB: ended with {full.Code} and {stood} of {many} nodes\n{full.Error}");
        Assert.DoesNotContain("\n   at ", full.Error);
        Assert.True(full.Code is 7 or 12, $"{full.Code}\n{full.Error}");
        Assert.Contains("error LCT7", full.Error);
        disk.MakeRoom();

        var resumed = await desk.RunAsync("cluster", "resume", "web");
        (resumed.Error.Contains("LCT4011", StringComparison.Ordinal) ? await desk.RunAsync("cluster", "create", "web", "plan.yaml") : resumed).Ended(0);
        var real = (await desk.Cloud.ListAsync("linode/instances")).ToDictionary(node => (string)node["label"]!, node => (long)node["id"]!);
        Assert.Equal(many, real.Count);
        var known = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(real, known.ToDictionary(node => (string)node!["label"]!, node => (long)node!["id"]!));
        Assert.Single(await desk.Cloud.ListAsync("networking/firewalls"));
    }

    [Fact]
    public async Task A_cluster_whose_file_was_lost_is_taken_up_again_by_its_tag_and_its_plan()
    {
        await using var desk = await MadeAsync();
        File.Move(Inventory(desk), desk.At("lost.db"));
        var tag = (string)(await desk.RunAsync("cluster", "orphans", "-o", "json")).Ended(0).Json[0]!["tag"]!;

        (await desk.RunAsync("cluster", "import", "web", "--tag", tag, "--plan", "plan.yaml")).Ended(0);

        var writes = (await desk.Cloud.WritesAsync()).Count;
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0) is var again ? again.Out + again.Error : "");
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        Assert.Equal(Nodes, (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray().Count);
        (await desk.RunAsync("cluster", "delete", "web", "--yes")).Ended(0);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
    }

    private static string Inventory(Desk desk) => Path.Combine(desk.Kept, "data", "inventory.db");

    private static async Task<Desk> MadeAsync()
    {
        var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", Nodes);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        return desk;
    }

    private static byte[] Broken(byte[] whole, string how)
    {
        var garbage = new byte[whole.Length];
        new Random(17).NextBytes(garbage);
        return how switch
        {
            "cut to nothing" => [],
            "cut to 50 bytes" => whole[..50],
            "cut to half" => whole[..(whole.Length / 2)],
            "cut to one page" => whole[..4096],
            "garbage all over" => garbage,
            "garbage in the middle" => [.. whole[..(whole.Length / 2)], .. garbage[..8192], .. whole[((whole.Length / 2) + 8192)..]],
            _ => [.. whole[..^4096], .. garbage[..4096]],
        };
    }

    /// <summary>Whatever reads or writes is refused with this; nothing is sent, and the file is what it was.</summary>
    private static async Task RefusedAsync(Desk desk, string code, string wayOut)
    {
        var (file, writes) = (await File.ReadAllBytesAsync(Inventory(desk)), (await desk.Cloud.WritesAsync()).Count);
        foreach (var words in new[] { "create other plan.yaml", "stop web --yes", "delete web --yes" })
        {
            AssertClear((await desk.RunAsync(["cluster", .. words.Split(' ')])).Ended(12), code, desk, wayOut);
            Assert.Equal(file, await File.ReadAllBytesAsync(Inventory(desk)));
        }

        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
    }

    private static void AssertClear(Finished refused, string code, Desk desk, string wayOut)
    {
        Assert.Contains($"error {code}", refused.Error);
        Assert.Contains(Inventory(desk), refused.Error);
        Assert.Matches(@"\n +why: +\S", refused.Error);
        Assert.Matches($@"\n +fix: +.*", refused.Error);
        Assert.Contains(wayOut, refused.Error);
        Assert.DoesNotContain("\n   at ", refused.Error);
    }

    private static async Task<IAsyncDisposable> ChangelessAsync(string path)
    {
        (await Program.RunAsync("chattr", "+i", path)).Ended(0);
        return new Afterwards(async () => (await Program.RunAsync("chattr", "-i", path)).Ended(0));
    }

    private static async Task SqlAsync(Desk desk, string script)
    {
        using var run = desk.Launch("python3", ["-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])", Inventory(desk), script]);
        (await run.EndAsync()).Ended(0);
    }

    private sealed class Afterwards(Func<Task> work) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await work();
    }
}
