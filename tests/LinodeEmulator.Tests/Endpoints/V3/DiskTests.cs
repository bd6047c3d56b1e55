namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class DiskTests
{
    [Theory]
    [InlineData("abc12", 8)]
    [InlineData("abcdefgh", 8)]
    [InlineData("12345678", 8)]
    [InlineData("", 8)]
    [InlineData("abc123", 0)]
    [InlineData("ABCdef", 0)]
    [InlineData("abcde!", 0)]
    public async Task A_password_has_six_signs_of_two_kinds(string password, int code)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var disk = $"LinodeID={id}&DistributionID=146&Label=root&Size=5000&rootPass={Uri.EscapeDataString(password)}";
        Assert.Equal(code, (await cloud.V3Async("linode.disk.createfromdistribution", disk)).Code);
    }

    [Fact]
    public async Task Disks_fill_a_plan_to_the_last_megabyte_and_no_further()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=swap&Type=swap&Size=600");
        await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=data&Type=raw&Size=25000");
        Assert.Equal(
            "8 The Linode has 0 MB left for this disk",
            (await cloud.V3Async("linode.disk.create", $"LinodeID={id}&Label=one&Type=ext4&Size=1")).Errors);
    }

    [Theory]
    [InlineData("DistributionID=146&Size=1499", "8 Size must be at least 1500 MB")]
    [InlineData("DistributionID=146&Size=25601", "8 The Linode has 25600 MB left for this disk")]
    [InlineData("DistributionID=1&Size=5000", "8 DistributionID is not a distribution")]
    public async Task A_disk_is_as_large_as_its_distribution_needs_and_its_plan_allows(string wrong, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var disk = $"LinodeID={id}&Label=root&rootPass=abc123&{wrong}";
        Assert.Equal(refusal, (await cloud.V3Async("linode.disk.createfromdistribution", disk)).Errors);
    }

    [Theory]
    [InlineData("ntfs", 8)]
    [InlineData("ext3", 0)]
    [InlineData("SWAP", 0)]
    public async Task A_disk_is_of_a_type_that_there_is(string type, int code)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        Assert.Equal(code, (await cloud.V3Async("linode.disk.create", $"LinodeID={id}&Label=one&Type={type}&Size=100")).Code);
    }

    [Fact]
    public async Task A_disk_is_listed_changed_copied_and_deleted()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var disk = (long)(await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=data&Type=ext4&Size=1000&isReadOnly=1"))["DiskID"]!;
        await cloud.DataAsync("linode.disk.update", $"DiskID={disk}&Label=store&isReadOnly=false");
        await cloud.DataAsync("linode.disk.resize", $"LinodeID={id}&DiskID={disk}&size=2000");
        var copy = (long)(await cloud.DataAsync("linode.disk.duplicate", $"LinodeID={id}&DiskID={disk}"))["DiskID"]!;
        cloud.Pass(300);
        Assert.Equal(
            [$"{disk} store ext4 2000 1 0", $"{copy} store ext4 1000 1 0"],
            (await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}")).Select(
                row => $"{row["DISKID"]} {row["LABEL"]} {row["TYPE"]} {row["SIZE"]} {row["STATUS"]} {row["ISREADONLY"]}"));
        await cloud.DataAsync("linode.disk.delete", $"LinodeID={id}&DiskID={copy}");
        Assert.Equal("2", $"{(await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}&DiskID={copy}"))[0]["STATUS"]}");
        cloud.Pass(60);
        Assert.Single(await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}"));
    }

    [Fact]
    public async Task A_disk_of_another_Linode_is_not_found()
    {
        await using var cloud = new TestCloud();
        var (one, two) = (await cloud.CreateOldAsync(), await cloud.CreateOldAsync());
        var disk = (await cloud.DataAsync("linode.disk.create", $"LinodeID={one}&Label=data&Type=raw&Size=100"))["DiskID"]!;
        Assert.Equal(5, (await cloud.V3Async("linode.disk.delete", $"LinodeID={two}&DiskID={disk}")).Code);
        Assert.Equal(5, (await cloud.V3Async("linode.disk.update", $"LinodeID={two}&DiskID={disk}&Label=x")).Code);
        Assert.Equal(8, (await cloud.V3Async("linode.config.create", $"LinodeID={two}&KernelID=138&Label=main&DiskList={disk}")).Code);
    }

    [Fact]
    public async Task A_list_of_disks_is_taken_short_and_answered_with_nine_places()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var disks = new List<string>();
        foreach (var name in new[] { "root", "data", "ram" })
        {
            disks.Add($"{(await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label={name}&Type=ext4&Size=100"))["DiskID"]}");
        }

        var profile = $"LinodeID={id}&KernelID=138&Label=main&DiskList={disks[0]},{disks[1]}";
        var config = (await cloud.DataAsync("linode.config.create", profile))["ConfigID"];
        Assert.Equal($"{disks[0]},{disks[1]},,,,,,,", await ListedAsync());
        await cloud.DataAsync("linode.config.update", $"ConfigID={config}&DiskList={disks[0]},,{disks[1]},,,,,,{disks[2]}");
        Assert.Equal($"{disks[0]},,{disks[1]},,,,,,{disks[2]}", await ListedAsync());
        Assert.Equal(8, (await cloud.V3Async("linode.config.update", $"ConfigID={config}&DiskList=,,,,,,,,,{disks[0]}")).Code);

        async Task<string> ListedAsync() => (string)(await cloud.RowsAsync("linode.config.list", $"LinodeID={id}"))[0]["DiskList"]!;
    }

    [Fact]
    public async Task A_profile_is_listed_with_names_of_mixed_case_and_types_of_all_kinds()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var disk = (await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=root&Type=ext4&Size=100"))["DiskID"];
        await cloud.DataAsync(
            "linode.config.create", $"LinodeID={id}&KernelID=210&Label=main&DiskList={disk}&helper_xen=0&RootDeviceNum=2&RootDeviceRO=false");
        var row = (await cloud.RowsAsync("linode.config.list", $"LinodeID={id}"))[0];
        Assert.Equal("""210 2 "" false "default" 0 "paravirt" 1 0 1 0 true false [] "" """.TrimEnd(), string.Join(' ', new[]
        {
            "KernelID", "RootDeviceNum", "RootDeviceCustom", "RootDeviceRO", "RunLevel", "RAMLimit", "virt_mode", "helper_network", "helper_distro",
            "helper_depmod", "helper_libtls", "devtmpfs_automount", "isRescue", "__validationErrorArray", "apiColumnFilterStruct",
        }.Select(name => row[name]!.ToJsonString())));
    }

    [Fact]
    public async Task An_image_is_made_of_a_disk_and_a_disk_of_the_image_whose_answer_is_in_capitals()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        cloud.Pass(400);
        var disk = (await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}"))[1]["DISKID"];
        var image = (await cloud.DataAsync("linode.disk.imagize", $"LinodeID={id}&DiskID={disk}&Label=golden&Description=as+it+was"))["ImageID"];
        Assert.Equal("pending", (string)(await cloud.RowsAsync("image.list", "pending=1"))[0]["STATUS"]!);
        Assert.Equal(8, (await cloud.V3Async("linode.disk.createfromimage", $"LinodeID={id}&ImageID={image}")).Code);
        cloud.Pass(300);
        Assert.Empty(await cloud.RowsAsync("image.list", "pending=1"));
        var row = (await cloud.RowsAsync("image.list", $"ImageID={image}"))[0];
        Assert.Equal("golden available 256", $"{row["LABEL"]} {row["STATUS"]} {row["MINSIZE"]}");
        var made = await cloud.DataAsync("linode.disk.createfromimage", $"LinodeID={id}&ImageID={image}");
        Assert.Equal(["JOBID", "DISKID"], made.AsObject().Select(field => field.Key));
        Assert.Equal("silver", (string)(await cloud.DataAsync("image.update", $"ImageID={image}&label=silver"))["label"]!);
        Assert.Equal("deleted", (string)(await cloud.DataAsync("image.delete", $"ImageID={image}"))["status"]!);
        Assert.Equal(5, (await cloud.V3Async("image.list", $"ImageID={image}")).Code);
    }

    [Fact]
    public async Task A_StackScript_is_made_listed_and_put_on_a_disk_with_what_it_asks_for()
    {
        await using var cloud = new TestCloud();
        var script = Uri.EscapeDataString("#!/bin/sh\n# <UDF name=\"who\" label=\"Whom to greet\" />\n");
        var made = (await cloud.DataAsync("stackscript.create", $"Label=hello&DistributionIDList=146,&script={script}"))["StackScriptID"];
        var row = (await cloud.RowsAsync("stackscript.list", $"StackScriptID={made}"))[0];
        Assert.Equal("hello 146 0", $"{row["LABEL"]} {row["DISTRIBUTIONIDLIST"]!.ToJsonString()} {row["ISPUBLIC"]}");
        await cloud.DataAsync("stackscript.update", $"StackScriptID={made}&DistributionIDList=146,140");
        Assert.Equal("\"146,140\"", (await cloud.RowsAsync("stackscript.list"))[0]["DISTRIBUTIONIDLIST"]!.ToJsonString());

        var id = await cloud.CreateOldAsync();
        var disk = $"LinodeID={id}&StackScriptID={made}&DistributionID=146&Label=root&Size=5000&rootPass=abc123&StackScriptUDFResponses=";
        Assert.Equal(
            "8 stackscript_data.who: who is required", (await cloud.V3Async("linode.disk.createfromstackscript", disk + "{}")).Errors);
        Assert.Equal(8, (await cloud.V3Async("linode.disk.createfromstackscript", disk + "who")).Code);
        Assert.Equal(0, (await cloud.V3Async("linode.disk.createfromstackscript", disk + "{\"who\":5}")).Code);
        Assert.Equal("1", $"{(await cloud.RowsAsync("stackscript.list"))[0]["DEPLOYMENTSTOTAL"]}");
        await cloud.DataAsync("stackscript.delete", $"StackScriptID={made}");
        Assert.Equal(5, (await cloud.V3Async("stackscript.list", $"StackScriptID={made}")).Code);
        Assert.NotEmpty(await cloud.RowsAsync("avail.stackscripts", "keywords=apache"));
    }
}
