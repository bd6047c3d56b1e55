namespace EndToEnd.Tests;

/// <summary>Volumes and backups of systems that run, with what is on them.</summary>
public sealed class StorageOnMachinesTests
{
    private const string One = "shop-us-east-db-1";
    private const string Two = "shop-us-east-db-2";
    private const string Volume = $"{One}-data";

    [BootingFact]
    public async Task Volumes_grow_are_copied_and_move_and_a_snapshot_brings_back_what_was_deleted()
    {
        await using var seat = new Seat("shop");
        File.WriteAllText(Path.Combine(seat.Home, "plan.yaml"), """
            version: 1
            regions:
            - region: us-east
              nodes:
              - { name: db, type: g6-nanode-1, image: debian 12, count: 2, storage: [{ label: data, size: 20GB, type: blockstore, fs: ext4, mount: /mnt/data }] }
            """);
        (await seat.RunAsync("--emulator", "cluster", "create", "shop", "plan.yaml")).Ended(0);
        await OnAsync(seat, One, "echo precious >/mnt/data/file");

        await GrowsAsync(seat);
        await IsCopiedAsync(seat);
        await MovesAsync(seat);
        await ComesBackAsync(seat);
        await GoesToAnotherAsync(seat);

        (await seat.RunAsync("--emulator", "cluster", "diff", "shop", "--live")).Ended(0);
    }

    private static async Task GrowsAsync(Seat seat)
    {
        var shown = (await seat.RunAsync("--emulator", "volume", "resize", Volume, "40GB", "--dry-run", "-o", "json")).Ended(0).Json;
        var grown = (await seat.RunAsync("--emulator", "volume", "resize", Volume, "40GB", "-o", "json")).Ended(0).Json;
        var again = (await seat.RunAsync("--emulator", "volume", "resize", Volume, "40GB", "-o", "json")).Ended(0).Json;
        var smaller = (await seat.RunAsync("--emulator", "volume", "resize", Volume, "30GB")).Ended(5);

        Assert.Equal((40, false), ((int)shown["size_gb"]!, shown.AsObject().ContainsKey("done")));
        Assert.Contains("ext4 grown at /mnt/data", (string)Assert.Single(grown["done"]!.AsArray())!);
        Assert.Empty(again["done"]!.AsArray());
        Assert.Contains("error LCT4080", smaller.Error);
        Assert.Equal("40G\nprecious", await OnAsync(seat, One, "df -h --output=size /mnt/data | tail -1 | tr -d ' '; cat /mnt/data/file"));
    }

    private static async Task IsCopiedAsync(Seat seat)
    {
        (await seat.RunAsync("--emulator", "volume", "clone", Volume, "--label", "copy")).Ended(0);
        var again = (await seat.RunAsync("--emulator", "volume", "clone", Volume, "--label", "copy", "-o", "name")).Ended(0);
        (await seat.RunAsync("--emulator", "volume", "attach", "copy", Two, "--mount", "/mnt/copy")).Ended(0);
        await OnAsync(seat, One, "echo changed >/mnt/data/file");

        Assert.Equal("copy\n", again.Out);
        Assert.Equal("precious", await OnAsync(seat, Two, "cat /mnt/copy/file"));
        Assert.Equal(3, (await seat.RunAsync("--emulator", "volume", "list", "-o", "json")).Ended(0).Json.AsArray().Count);
    }

    // Beside its original a copy has an id of its own, or it would be chance which of them is found where.
    private static async Task MovesAsync(Seat seat)
    {
        await OnAsync(seat, Two, "cd /mnt/copy; nohup sleep 300 >/dev/null 2>&1 &");
        var used = (await seat.RunAsync("--emulator", "volume", "detach", "copy")).Ended(7);
        await OnAsync(seat, Two, "pkill sleep; sleep 0.2; test -e /mnt/copy/file");
        (await seat.RunAsync("--emulator", "volume", "detach", "copy")).Ended(0);
        (await seat.RunAsync("--emulator", "volume", "attach", "copy", One, "--mount", "/mnt/copy")).Ended(0);
        var planned = (await seat.RunAsync("--emulator", "volume", "detach", Volume)).Ended(5);

        Assert.Contains("/mnt/copy is in use and cannot be unmounted: sleep", used.Error);
        Assert.Contains("error LCT4084", planned.Error);
        Assert.Equal("changed\nprecious\n2", await OnAsync(
            seat, One, "cat /mnt/data/file /mnt/copy/file; blkid -s UUID -o value /dev/sdc /dev/sdd | sort -u | wc -l"));
        Assert.Equal("gone", await OnAsync(seat, Two, "grep -q /mnt/copy /etc/fstab || echo gone"));
        (await seat.RunAsync("--emulator", "volume", "detach", "copy")).Ended(0);
        Assert.Equal("/mnt/data", await OnAsync(seat, One, "awk '$2 ~ /mnt/ {print $2}' /etc/fstab; test -e /mnt/data/file"));
    }

    private static async Task ComesBackAsync(Seat seat)
    {
        Assert.Contains("LCT4090", (await seat.RunAsync("--emulator", "node", "snapshot", One)).Ended(5).Error);
        (await seat.RunAsync("--emulator", "node", "backups", One, "--enable")).Ended(0);
        await OnAsync(seat, One, "echo important >/root/file");
        (await seat.RunAsync("--emulator", "node", "snapshot", One, "--label", "before")).Ended(0);
        await OnAsync(seat, One, "rm /root/file");

        (await seat.RunAsync("--emulator", "node", "restore", One, "--backup", "before")).Ended(9);
        (await seat.RunAsync("--emulator", "node", "restore", One, "--backup", "after", "--yes")).Ended(5);
        var restored = (await seat.RunAsync("--emulator", "node", "restore", One, "--backup", "before", "--yes", "-o", "json")).Ended(0).Json;

        Assert.True((bool)restored["up"]!);
        Assert.Equal("important\nchanged", await OnAsync(seat, One, "cat /root/file /mnt/data/file"));
        (await seat.RunAsync("--emulator", "node", "snapshot", One)).Ended(9);
        var kept = (await seat.RunAsync("--emulator", "node", "backups", One, "-o", "json")).Ended(0).Json;
        Assert.Equal(("before", true), ((string)kept["backups"]![0]!["label"]!, (bool)kept["enabled"]!));
    }

    private static async Task GoesToAnotherAsync(Seat seat)
    {
        (await seat.RunAsync("--emulator", "node", "restore", One, "--backup", "before", "--to", Two, "--yes")).Ended(0);
        Assert.Equal($"important\n{Two}\n/mnt/data", await OnAsync(seat, Two, "cat /root/file; hostname; findmnt -no TARGET /mnt/data"));
    }

    private static async Task<string> OnAsync(Seat seat, string node, string line) =>
        (await seat.RunAsync("--emulator", "node", "exec", node, "--as-root", "--", line)).Ended(0).Out.Trim();
}
