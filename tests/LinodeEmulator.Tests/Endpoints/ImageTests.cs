using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using LinodeEmulator.State;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class ImageTests
{
    [Fact]
    public async Task Is_creating_while_its_work_is_under_way_and_can_be_booted_from_after()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        var disk = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[0]["id"];
        var made = (await cloud.SucceedAsync("POST", "images", $$"""{"disk_id":{{disk}},"label":"golden","cloud_init":true,"tags":["of-mine"]}""")).Json;
        Assert.Equal("creating us-east creating", $"{made["status"]} {made["regions"]![0]!["region"]} {made["regions"]![0]!["status"]}");
        Assert.Equal(
            "400 image: image is not valid",
            (await cloud.PostAsync("linode/instances", TestCloud.Node("web-2", $"\"image\":\"{made["id"]}\""))).Refusal);
        cloud.Pass(300);

        Assert.Equal("available", (string)(await OfAsync(cloud, made["id"]!))["status"]!);
        Assert.Equal("disk_imagize finished", (await cloud.EventsOfAsync(id))[^1]);
        await cloud.CreateNodeAsync("web-2", $"\"image\":\"{made["id"]}\"");
    }

    [Fact]
    public async Task Of_a_file_waits_for_it_and_is_there_a_while_after_it_came()
    {
        await using var cloud = new TestCloud();
        var (image, place) = await BeginAsync(cloud);
        Assert.Equal("pending_upload", (string)(await OfAsync(cloud, image))["status"]!);

        Assert.Equal("200 ", await PutAsync(cloud, place, Packed(new byte[(2 << 20) + 1])));
        Assert.Equal("pending_upload", (string)(await OfAsync(cloud, image))["status"]!);
        cloud.Pass(60);
        var there = await OfAsync(cloud, image);
        Assert.Equal("available 3", $"{there["status"]} {there["size"]}");
        Assert.Equal("finished", (string)(await cloud.GetAsync("account/events", """{"action":"image_upload"}""")).Data[0]["status"]!);
        Assert.StartsWith("403 ", await PutAsync(cloud, place, Packed([1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_file_that_is_no_gzip_and_goes_on_waiting()
    {
        await using var cloud = new TestCloud();
        var (image, place) = await BeginAsync(cloud);
        Assert.Contains("not a gzip", await PutAsync(cloud, place, "no gzip, sorry"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("not a gzip", await PutAsync(cloud, place, []), StringComparison.Ordinal);
        Assert.Contains("not a gzip", await PutAsync(cloud, place, Packed(new byte[1 << 18])[..20]), StringComparison.Ordinal);
        Assert.Equal("pending_upload", (string)(await OfAsync(cloud, image))["status"]!);
        Assert.Equal("200 ", await PutAsync(cloud, place, Packed([1])));
    }

    [Fact]
    public async Task Takes_no_token_with_a_file_and_no_other_key_than_the_one_it_gave()
    {
        await using var cloud = new TestCloud();
        var (_, place) = await BeginAsync(cloud);
        Assert.Contains("Only one auth mechanism", await PutAsync(cloud, place, Packed([1]), token: "a-token"), StringComparison.Ordinal);
        Assert.StartsWith("403 ", await PutAsync(cloud, place + "0", Packed([1])), StringComparison.Ordinal);
        Assert.Equal("200 ", await PutAsync(cloud, place, Packed([1])));
    }

    [Fact]
    public async Task Is_gone_when_its_file_has_not_come_within_a_day()
    {
        await using var cloud = new TestCloud();
        var (image, place) = await BeginAsync(cloud);
        cloud.Pass((24 * 3600) - 1);
        Assert.Equal("pending_upload", (string)(await OfAsync(cloud, image))["status"]!);
        cloud.Pass(1);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"images/{Uri.EscapeDataString(image)}")).Status);
        Assert.StartsWith("403 ", await PutAsync(cloud, place, Packed([1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"region":"us-east"}""", "400 label: label is required")]
    [InlineData("""{"label":"golden","region":"nowhere"}""", "400 region: region is not valid")]
    [InlineData("""{"label":"golden","region":"us-east","tags":["ab"]}""", "400 tags: Tag length must be 3-100 characters")]
    public async Task Refuses_uploads_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.PostAsync("images/upload", body)).Refusal);
    }

    [Fact]
    public async Task Comes_to_the_regions_that_are_named_and_leaves_the_others()
    {
        await using var cloud = new TestCloud();
        var image = await UploadedAsync(cloud);
        var asked = await cloud.SucceedAsync("POST", $"images/{Uri.EscapeDataString(image)}/regions", """{"regions":["us-east","us-ord"]}""");
        Assert.Equal("us-east available, us-ord pending replication", RegionsOf(asked.Json));
        cloud.Pass(300);
        Assert.Equal("us-east available, us-ord available", RegionsOf(await OfAsync(cloud, image)));

        await cloud.SucceedAsync("POST", $"images/{Uri.EscapeDataString(image)}/regions", """{"regions":["us-ord"]}""");
        cloud.Pass(300);
        Assert.Equal("us-ord available", RegionsOf(await OfAsync(cloud, image)));
    }

    [Theory]
    [InlineData("""{"regions":[]}""", "400 regions: At least one region where the image is available must be given")]
    [InlineData("""{"regions":["us-ord"]}""", "400 regions: At least one region where the image is available must be given")]
    [InlineData("""{"regions":["us-east","nowhere"]}""", "400 regions: nowhere does not store images")]
    public async Task Refuses_to_be_where_it_cannot(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        var image = await UploadedAsync(cloud);
        Assert.Equal(refusal, (await cloud.PostAsync($"images/{Uri.EscapeDataString(image)}/regions", body)).Refusal);
    }

    private static async Task<string> UploadedAsync(TestCloud cloud)
    {
        var (image, place) = await BeginAsync(cloud);
        Assert.Equal("200 ", await PutAsync(cloud, place, Packed([1])));
        cloud.Pass(60);
        return image;
    }

    private static async Task<(string Image, string Place)> BeginAsync(TestCloud cloud)
    {
        var begun = (await cloud.SucceedAsync("POST", "images/upload", """{"label":"golden","region":"us-east"}""")).Json;
        return ((string)begun["image"]!["id"]!, (string)begun["upload_to"]!);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> OfAsync(TestCloud cloud, object id) =>
        (await cloud.SucceedAsync("GET", $"images/{Uri.EscapeDataString(id.ToString()!)}")).Json;

    private static string RegionsOf(System.Text.Json.Nodes.JsonNode image) =>
        string.Join(", ", image["regions"]!.AsArray().Select(region => $"{region!["region"]} {region["status"]}"));

    private static async Task<string> PutAsync(TestCloud cloud, string place, byte[] file, string? token = null)
    {
        using var client = new HttpClient(cloud.Emulator.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Put, place) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await client.SendAsync(request);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    private static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(raw);
        }

        return packed.ToArray();
    }
}
