using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Endpoints.V3;

/// <summary>An envelope of API v3.</summary>
internal sealed record Envelope(JsonNode Json)
{
    public JsonNode Data => Json["DATA"]!;

    public IReadOnlyList<JsonNode> Rows => [.. Data.AsArray().Select(row => row!)];

    /// <summary>The errors as <c>code message</c>.</summary>
    public string Errors => string.Join("; ", Json["ERRORARRAY"]!.AsArray().Select(error => $"{error!["ERRORCODE"]} {error["ERRORMESSAGE"]}"));

    /// <summary>The first error's code, or 0.</summary>
    public int Code => Json["ERRORARRAY"]!.AsArray() is { Count: > 0 } errors ? (int)errors[0]!["ERRORCODE"]! : 0;
}

/// <summary>Asks a cloud by API v3.</summary>
internal static class OlderFace
{
    /// <summary>Ubuntu 16.04 LTS.</summary>
    public const int Ubuntu = 146;

    public static async Task<Envelope> V3Async(this TestCloud cloud, string action, string parameters = "")
    {
        var answer = await cloud.PostFormAsync($"api_key={cloud.Token}&api_action={action}&{parameters}");
        Assert.Equal((200, "application/json; charset=UTF-8"), ((int)answer.Status, answer.ContentType));
        return new Envelope(answer.Json);
    }

    /// <summary>The data of what has to go well.</summary>
    public static async Task<JsonNode> DataAsync(this TestCloud cloud, string action, string parameters = "")
    {
        var answer = await cloud.V3Async(action, parameters);
        Assert.True(answer.Code == 0, $"{action} {parameters}: {answer.Errors}");
        return answer.Data;
    }

    public static async Task<IReadOnlyList<JsonNode>> RowsAsync(this TestCloud cloud, string action, string parameters = "") =>
        [.. (await cloud.DataAsync(action, parameters)).AsArray().Select(row => row!)];

    /// <summary>Some of what a row says, as text.</summary>
    public static string Told(this JsonNode row, params IEnumerable<string> names) => string.Join(' ', names.Select(name => $"{row[name]}"));

    /// <summary>The answers to a batch.</summary>
    public static async Task<Answer> BatchAsync(this TestCloud cloud, string requests) =>
        await cloud.PostFormAsync($"api_key={cloud.Token}&api_action=batch&api_requestArray={Uri.EscapeDataString(requests)}");

    /// <summary>A Linode of the smallest plan in Newark, without disks.</summary>
    public static async Task<long> CreateOldAsync(this TestCloud cloud, string? label = null, int plan = 1)
    {
        var id = (long)(await cloud.DataAsync("linode.create", $"DatacenterID=6&PlanID={plan}"))["LinodeID"]!;
        if (label is not null)
        {
            await cloud.DataAsync("linode.update", $"LinodeID={id}&Label={label}");
        }

        return id;
    }

    /// <summary>One with a system and swap, for which a boot has been asked.</summary>
    public static async Task<long> BootOldAsync(this TestCloud cloud, string? label = null)
    {
        var id = await cloud.CreateOldAsync(label);
        var root = await cloud.DataAsync(
            "linode.disk.createfromdistribution", $"LinodeID={id}&DistributionID={Ubuntu}&Label=root&Size=20000&rootPass=abc123");
        var swap = await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=swap&Type=swap&Size=256");
        await cloud.DataAsync("linode.config.create", $"LinodeID={id}&KernelID=138&Label=main&DiskList={root["DiskID"]},{swap["DiskID"]}");
        await cloud.DataAsync("linode.boot", $"LinodeID={id}");
        return id;
    }

    public static async Task<int> OldStatusOfAsync(this TestCloud cloud, long linode) =>
        (int)(await cloud.RowsAsync("linode.list", $"LinodeID={linode}"))[0]["STATUS"]!;

    /// <summary>The jobs of a Linode as <c>LABEL: HOST_SUCCESS HOST_MESSAGE</c>, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> JobsOfAsync(this TestCloud cloud, long linode) =>
        [.. (await cloud.RowsAsync("linode.job.list", $"LinodeID={linode}")).Reverse().Select(
            job => $"{job["LABEL"]}: {job["HOST_SUCCESS"]} {job["HOST_MESSAGE"]}".Trim())];
}
