using System.IO.Compression;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The verbs of images, where nodes are records.</summary>
public sealed class ImageVerbTests
{
    [Fact]
    public async Task An_image_is_made_shown_brought_to_another_region_used_by_a_plan_and_deleted()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);

        var made = (await desk.RunAsync("image", "create", "web-us-east-web-1", "--label", "golden", "--stop", "-o", "json")).Ended(0).Json;
        Assert.Equal(["golden"], await LabelsAsync(desk));
        var there = (await desk.RunAsync("image", "replicate", "golden", "frankfurt", "-o", "json")).Ended(0).Json;
        Assert.Equal("us-east available, eu-central available", Regions(there));

        (await desk.RunAsync("node", "create", "newark", "1gb", "golden", "--label", "copy-1")).Ended(0);
        var shown = (await desk.RunAsync("image", "show", "golden", "-o", "json")).Ended(0).Json;
        Assert.Equal("nodes", (string)shown["used_by"]![0]!);
        Assert.Equal((string)made["id"]!, (string)(await desk.RunAsync("node", "show", "copy-1", "-o", "json")).Ended(0).Json["image"]!);

        Assert.Contains("--force says that you mean it", (await desk.RunAsync("image", "delete", "golden", "--yes")).Ended(5).Error);
        Assert.StartsWith("error LCT8102", (await desk.RunAsync("image", "delete", "golden", "--force")).Ended(9).Error);
        (await desk.RunAsync("image", "delete", "golden", "--force", "--yes")).Ended(0);
        Assert.Empty(await LabelsAsync(desk));
    }

    [Fact]
    public async Task A_dry_run_makes_no_write_call()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        (await desk.RunAsync("image", "create", "web-us-east-web-1", "--label", "golden")).Ended(0);
        var before = (await desk.Cloud.WritesAsync()).Count;

        (await desk.RunAsync("image", "create", "web-us-east-web-1", "--label", "other", "--stop", "--dry-run")).Ended(0);
        (await desk.RunAsync("image", "replicate", "golden", "us-ord", "--dry-run")).Ended(0);
        (await desk.RunAsync("image", "delete", "golden", "--dry-run")).Ended(0);
        (await desk.RunAsync("image", "upload", Packed(desk), "--region", "newark", "--dry-run")).Ended(0);

        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
    }

    [Fact]
    public async Task A_file_becomes_an_image_and_what_is_none_is_refused()
    {
        await using var desk = await Desk.SitDownAsync();

        var sent = (await desk.RunAsync("image", "upload", Packed(desk), "--region", "newark", "--cloud-init", "-o", "json")).Ended(0);
        Assert.Equal("system available 2", $"{sent.Json["label"]} {sent.Json["status"]} {sent.Json["size_mb"]}");
        Assert.Contains("sending 100%", sent.Error);
        Assert.StartsWith("error LCT1071", (await desk.RunAsync("image", "upload", desk.Write("notes", "a text"), "--region", "newark")).Ended(2).Error);
        Assert.StartsWith("error LCT7261", (await desk.RunAsync("image", "upload", "no-such.img", "--region", "newark")).Ended(12).Error);
        Assert.Contains("REGION is missing", (await desk.RunAsync("image", "upload", "system.img.gz")).Ended(2).Error);
    }

    [Fact]
    public async Task Customers_who_share_an_account_do_not_see_each_others_images()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("image", "upload", Packed(desk), "--region", "newark", "--label", "annas", "--customer", "anna")).Ended(0);

        Assert.Equal("annas", (string)(await desk.RunAsync("image", "list", "--customer", "anna", "-o", "json")).Ended(0).Json[0]!["label"]!);
        Assert.Empty(await LabelsAsync(desk, "--customer", "bert"));
        (await desk.RunAsync("image", "delete", "annas", "--customer", "bert", "--yes")).Ended(5);
        Assert.DoesNotContain("private/", (await desk.RunAsync("images", "annas", "--customer", "bert", "--refresh", "-o", "json")).Out);
        (await desk.RunAsync("image", "delete", "annas", "--customer", "anna", "--yes")).Ended(0);
    }

    [Fact]
    public async Task Version_3_makes_images_of_nodes_and_says_what_it_cannot()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_API_KEY"] = desk.Token + "-key";
        desk.Hide("the key", desk.Token + "-key");
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12", "--api", "v3")).Ended(0);

        var made = (await desk.RunAsync("image", "create", "nodes-us-east-1", "--label", "old", "--api", "v3", "-o", "json")).Ended(0);
        Assert.Equal("old available true", $"{made.Json["label"]} {made.Json["status"]} {made.Json["ours"]}");
        Assert.StartsWith("error LCT5061", (await desk.RunAsync("image", "upload", Packed(desk), "--region", "newark", "--api", "v3")).Ended(6).Error);
        var open = (await desk.RunAsync("node", "create", "newark", "1gb", "old", "--api", "v3")).Ended(3);
        Assert.StartsWith("error LCT2151", open.Error);
        (await desk.RunAsync("image", "delete", "old", "--api", "v3", "--yes")).Ended(0);
    }

    private static string Packed(Desk desk)
    {
        using var gzip = new GZipStream(File.Create(desk.At("system.img.gz")), CompressionLevel.Fastest);
        gzip.Write(new byte[2 << 20]);
        return "system.img.gz";
    }

    private static async Task<IReadOnlyList<string>> LabelsAsync(Desk desk, params string[] more) =>
        [.. (await desk.RunAsync(["image", "list", "-o", "json", .. more])).Ended(0).Json.AsArray().Select(image => (string)image!["label"]!)];

    private static string Regions(JsonNode image) =>
        string.Join(", ", image["regions"]!.AsArray().Select(region => $"{region!["region"]} {region["status"]}"));
}
