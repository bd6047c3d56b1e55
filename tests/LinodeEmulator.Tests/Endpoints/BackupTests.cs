namespace LinodeEmulator.Tests.Endpoints;

public sealed class BackupTests
{
    [Fact]
    public async Task A_snapshot_takes_its_time_and_the_next_one_replaces_it()
    {
        await using var cloud = new TestCloud();
        var node = await WithBackupsAsync(cloud);
        var first = await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups", """{"label":"before"}""");
        Assert.Equal("before pending snapshot False", $"{first.Json["label"]} {first.Json["status"]} {first.Json["type"]} {(bool)first.Json["available"]!}");
        Assert.Equal("My Debian 12 Disk Profile", (string)first.Json["configs"]![0]!);
        Assert.Equal("Debian 12 Disk ext4 25088", $"{first.Json["disks"]![0]!["label"]} {first.Json["disks"]![0]!["filesystem"]} {first.Json["disks"]![0]!["size"]}");
        cloud.Pass(10);
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{node}/backups", """{"label":"again"}""")).Refusal);
        Assert.Equal(first.Id, (long)(await ListAsync(cloud, node))["snapshot"]!["in_progress"]!["id"]!);
        Assert.Null((await ListAsync(cloud, node))["snapshot"]!["current"]);

        cloud.Pass(340);
        var current = (await ListAsync(cloud, node))["snapshot"]!["current"]!;
        Assert.Equal((first.Id, "successful", true), ((long)current["id"]!, (string)current["status"]!, (bool)current["available"]!));
        Assert.Equal("linode_snapshot finished", (await cloud.EventsOfAsync(node))[^1]);
        var shown = (await cloud.GetAsync($"linode/instances/{node}")).Json["backups"]!;
        Assert.Equal((true, true, current["finished"]!.ToString()), ((bool)shown["enabled"]!, (bool)shown["available"]!, shown["last_successful"]!.ToString()));

        var second = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups", """{"label":"after"}""")).Id;
        Assert.Equal(first.Id, (long)(await ListAsync(cloud, node))["snapshot"]!["current"]!["id"]!);
        cloud.Pass(340);
        Assert.Equal(second, (long)(await ListAsync(cloud, node))["snapshot"]!["current"]!["id"]!);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{node}/backups/{first.Id}")).Refusal);
    }

    [Fact]
    public async Task A_restore_that_overwrites_puts_new_disks_and_profiles_in_place_and_leaves_the_node_off()
    {
        await using var cloud = new TestCloud();
        var node = await WithBackupsAsync(cloud);
        var backup = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups", """{"label":"one"}""")).Id;
        Assert.Equal("400 The backup is not available for restoration", await RestoreAsync(cloud, node, backup, node));
        cloud.Pass(340);
        var before = await DiskIdsAsync(cloud, node);

        Assert.Equal("{}", await RestoreAsync(cloud, node, backup, node));
        Assert.Equal("restoring", await cloud.StatusOfAsync(node));
        Assert.Equal(
            "400 Linode is restoring a backup. Please wait for restore to finish before deleting.",
            (await cloud.DeleteAsync($"linode/instances/{node}")).Refusal);
        cloud.Pass(160);

        Assert.Equal("offline", await cloud.StatusOfAsync(node));
        Assert.Equal("backups_restore finished", (await cloud.EventsOfAsync(node))[^1]);
        var after = await DiskIdsAsync(cloud, node);
        Assert.Equal(before.Count, after.Count);
        Assert.Empty(before.Intersect(after));
        var config = Assert.Single((await cloud.GetAsync($"linode/instances/{node}/configs")).Data);
        Assert.Equal(after[0], (long)config["devices"]!["sda"]!["disk_id"]!);
        await cloud.SucceedAsync("POST", $"linode/instances/{node}/boot");
        cloud.Pass(120);
        Assert.Equal("running", await cloud.StatusOfAsync(node));
    }

    [Fact]
    public async Task A_restore_goes_to_another_node_of_the_region_where_there_is_room()
    {
        await using var cloud = new TestCloud();
        var node = await WithBackupsAsync(cloud);
        var backup = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups", """{"label":"one"}""")).Id;
        cloud.Pass(340);
        var full = await cloud.CreateNodeAsync("web-2");
        var far = (await cloud.SucceedAsync("POST", "linode/instances", """{"region":"eu-west","type":"g6-nanode-1","label":"far"}""")).Id;
        var empty = await cloud.CreateEmptyNodeAsync("spare", "g6-standard-1");
        cloud.Pass(200);

        Assert.Equal("400 linode_id: The Linode has not enough space for the disks of the backup", await RestoreAsync(cloud, node, backup, full, overwrite: false));
        Assert.Equal("400 linode_id: A backup can be restored to a Linode of its region only", await RestoreAsync(cloud, node, backup, far));
        Assert.Equal("400 linode_id: linode_id is not valid", await RestoreAsync(cloud, node, backup, 4711));
        Assert.Equal("{}", await RestoreAsync(cloud, node, backup, empty, overwrite: false));
        Assert.Equal("{}", await RestoreAsync(cloud, node, backup, full));
        cloud.Pass(160);
        Assert.Equal(2, (await DiskIdsAsync(cloud, empty)).Count);
        Assert.Equal(("offline", "running"), (await cloud.StatusOfAsync(full), await cloud.StatusOfAsync(node)));
    }

    [Fact]
    public async Task Backups_are_enabled_scheduled_and_cancelled_with_all_that_was_kept()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("400 Backups are not enabled for this Linode", (await cloud.PostAsync($"linode/instances/{node}/backups", """{"label":"no"}""")).Refusal);
        await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups/enable");
        Assert.Equal("""{"day":"Scheduling","window":"Scheduling"}""", (await ScheduleAsync(cloud, node)));
        await cloud.SucceedAsync("PUT", $"linode/instances/{node}", """{"backups":{"schedule":{"day":"Saturday","window":"W10"}}}""");
        Assert.Equal("""{"day":"Saturday","window":"W10"}""", (await ScheduleAsync(cloud, node)));
        Assert.Equal(
            "400 backups.schedule.window: Must be one of Scheduling, W0, W2, W4, W6, W8, W10, W12, W14, W16, W18, W20, W22",
            (await cloud.PutAsync($"linode/instances/{node}", """{"backups":{"schedule":{"window":"W11"}}}""")).Refusal);
        var backup = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups", """{"label":"one"}""")).Id;
        cloud.Pass(340);

        await cloud.SucceedAsync("POST", $"linode/instances/{node}/backups/cancel");
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{node}/backups/{backup}")).Refusal);
        Assert.False((bool)(await cloud.GetAsync($"linode/instances/{node}")).Json["backups"]!["enabled"]!);
        Assert.Equal(
            ["backups_enable notification", "linode_snapshot finished", "backups_cancel notification"],
            (await cloud.EventsOfAsync(node)).TakeLast(3));
    }

    [Fact]
    public async Task A_disk_is_copied_beside_itself()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateEmptyNodeAsync("spare");
        var disk = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/disks", """{"label":"data","size":10000}""")).Id;
        cloud.Pass(20);
        var copy = (await cloud.SucceedAsync("POST", $"linode/instances/{node}/disks/{disk}/clone")).Json;
        Assert.Equal("Copy of data ready 10000", $"{copy["label"]} {copy["status"]} {copy["size"]}");
        cloud.Pass(70);
        Assert.Equal("disk_duplicate finished", (await cloud.EventsOfAsync(node))[^1]);
        Assert.Equal("400 The Linode has 5600 MB left for disks", (await cloud.PostAsync($"linode/instances/{node}/disks/{disk}/clone")).Refusal);
    }

    private static async Task<long> WithBackupsAsync(TestCloud cloud)
    {
        var node = await cloud.CreateNodeAsync("web-1", "\"backups_enabled\":true");
        cloud.Pass(200);
        return node;
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> ListAsync(TestCloud cloud, long node) =>
        (await cloud.GetAsync($"linode/instances/{node}/backups")).Json;

    private static async Task<IReadOnlyList<long>> DiskIdsAsync(TestCloud cloud, long node) =>
        [.. (await cloud.GetAsync($"linode/instances/{node}/disks")).Data.Select(disk => (long)disk["id"]!)];

    private static async Task<string> ScheduleAsync(TestCloud cloud, long node) =>
        (await cloud.GetAsync($"linode/instances/{node}")).Json["backups"]!["schedule"]!.ToJsonString();

    private static async Task<string> RestoreAsync(TestCloud cloud, long node, long backup, long target, bool overwrite = true)
    {
        var answer = await cloud.PostAsync(
            $"linode/instances/{node}/backups/{backup}/restore", $$"""{"linode_id":{{target}},"overwrite":{{(overwrite ? "true" : "false")}}}""");
        return answer.Status == System.Net.HttpStatusCode.OK ? answer.Text : answer.Refusal;
    }
}
