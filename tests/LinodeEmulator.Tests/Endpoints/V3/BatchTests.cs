using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class BatchTests
{
    [Fact]
    public async Task One_bad_request_does_not_stop_the_others_and_there_is_no_envelope_around_them()
    {
        await using var cloud = new TestCloud();
        var answers = (await cloud.BatchAsync("""
            [
              {"api_action": "linode.create", "DatacenterID": 6, "PlanID": "1"},
              {"api_action": "linode.boot", "LinodeID": 1},
              {"api_action": "cheese.list"},
              7,
              {"api_action": "linode.list"}
            ]
            """)).Json.AsArray();
        Assert.Equal(
            ["linode.create", "linode.boot 5", "cheese.list 3", " 1", "linode.list"],
            answers.Select(answer => $"{answer!["ACTION"]} {answer["ERRORARRAY"]!.AsArray().FirstOrDefault()?["ERRORCODE"]}".TrimEnd()));
        Assert.Single(answers[4]!["DATA"]!.AsArray());
    }

    [Fact]
    public async Task Takes_numbers_and_truth_values_as_they_are_in_JSON()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        await cloud.BatchAsync($$"""[{"api_action":"linode.update","LinodeID":{{id}},"watchdog":false,"Alert_cpu_threshold":200,"Label":null}]""");
        var row = (await cloud.RowsAsync("linode.list"))[0];
        Assert.Equal($"0 200 linode{id}", $"{row["WATCHDOG"]} {row["ALERT_CPU_THRESHOLD"]} {row["LABEL"]}");
    }

    [Theory]
    [InlineData("not json", 11)]
    [InlineData("{}", 11)]
    public async Task Is_refused_as_a_whole_by_one_envelope(string requests, int code)
    {
        await using var cloud = new TestCloud();
        var answer = new Envelope((await cloud.BatchAsync(requests)).Json);
        Assert.Equal((code, "batch"), (answer.Code, (string)answer.Json["ACTION"]!));
    }

    [Fact]
    public async Task Holds_25_requests_and_no_more()
    {
        await using var cloud = new TestCloud();
        Assert.Equal(25, (await cloud.BatchAsync(Of(25))).Json.AsArray().Count);
        Assert.Equal(10, new Envelope((await cloud.BatchAsync(Of(26))).Json).Code);

        static string Of(int count) => $"[{string.Join(',', Enumerable.Repeat("{\"api_action\":\"linode.list\"}", count))}]";
    }

    [Fact]
    public async Task Needs_a_key_outside()
    {
        await using var cloud = new TestCloud(token: "");
        Assert.Equal(4, new Envelope((await cloud.BatchAsync("""[{"api_action":"linode.list","api_key":"k"}]""")).Json).Code);
    }

    [Theory]
    [InlineData("""{"api_action":"batch","api_requestArray":"[]"}""")]
    [InlineData("""{"api_action":"user.getapikey","username":"emulated-user","password":"x"}""")]
    public async Task Has_no_place_for_batches_and_for_giving_keys(string request)
    {
        await using var cloud = new TestCloud();
        var answer = Assert.Single((await cloud.BatchAsync($"[{request}]")).Json.AsArray());
        Assert.Equal((1, "{}"), (new Envelope(answer!).Code, answer!["DATA"]!.ToJsonString()));
    }

    [Fact]
    public async Task May_be_empty()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("[]", (await cloud.BatchAsync("[]")).Text);
    }
}
