using System.Text.Json.Nodes;
using LinodeClusterToolkit.Tests.Plans;

namespace EndToEnd.Tests;

/// <summary>Every plan the library must refuse, given to the program as a file.</summary>
public sealed class HostilePlansTests
{
    /// <summary>All that may be asked about a plan whose text is sound: is there such a region, type, image?</summary>
    private static readonly string[] Catalogue = ["/v4/regions", "/v4/linode/types", "/v4/images", "/v4/linode/kernels"];

    // A longer file is refused unread, and ends the command.
    private const int MostBytes = 1024 * 1024;

    // A path that leads nowhere without a folder is a missing file where there is one.
    private static string OfFile(string code) => code == "LCT2061" ? "LCT2060" : code;

    private static IEnumerable<(string Code, string Text, string Place)> Plans =>
    [
        .. BadPlans.Texts.Select(row => Marked((string)row[0], (string)row[1])),
        .. BadPlans.Bombs.Select(row => ((string)row[1], (string)row[0], $"{row[2]}:{row[3]}")),
    ];

    [Fact]
    public async Task Every_bad_plan_is_refused_with_its_place_and_a_fix_and_nothing_is_sent()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("regions", "-q")).Ended(0); // the catalogue is at hand from here on
        var before = (await desk.Cloud.RequestsAsync()).Count;
        var plans = Plans.Where(plan => plan.Text.Length <= MostBytes).Select((plan, at) => (plan.Code, plan.Place, File: $"plan-{at:000}.yaml", Path: desk.Write($"plan-{at:000}.yaml", plan.Text))).ToList();
        Assert.True(plans.Count >= 60);

        var text = (await desk.RunAsync(["plan", "validate", .. plans.Select(plan => plan.File)])).Ended(3);
        var json = (await desk.RunAsync(["plan", "validate", "-o", "json", .. plans.Select(plan => plan.File)])).Ended(3);

        AssertPlain(text);
        Assert.Empty(text.Out);
        Assert.All(plans, plan => Assert.Contains($"{plan.File}:{plan.Place}", text.Error));
        var told = json.Json.AsArray().ToDictionary(file => (string)file!["file"]!, file => file!["errors"]!.AsArray());
        Assert.All(plans, plan => Assert.Contains(told[plan.File], error =>
            (string)error!["code"]! == plan.Code && Place(error["where"]!) == plan.Place && error["fix"]!.AsArray().Count > 0));
        Assert.Equal(before, (await desk.Cloud.RequestsAsync()).Count);
    }

    public static TheoryData<int> Sample => [.. Enumerable.Range(0, 12).Select(step => step * (Plans.Count() - 1) / 11)];

    [Theory]
    [MemberData(nameof(Sample))]
    public async Task A_bad_plan_creates_nothing(int at)
    {
        await using var desk = await Desk.SitDownAsync();
        var (code, text, place) = Plans.ElementAt(at);
        desk.Write("plan.yaml", text);

        var refused = (await desk.RunAsync("cluster", "create", "demo", "plan.yaml")).Ended(3);

        AssertPlain(refused);
        Assert.Empty(refused.Out);
        Assert.Contains($"error {code}: ", refused.Error);
        Assert.Contains($"plan.yaml:{place}", refused.Error);
        Assert.Contains("fix:   ", refused.Error);
        Assert.All(await desk.Cloud.RequestsAsync(), request => Assert.Contains(request.Path, IsWrongInItself(code) ? [] : Catalogue));
        Assert.Empty(await desk.Cloud.WritesAsync());
    }

    // Broken YAML, unknown keys and values of the wrong kind are known without looking anything up.
    private static bool IsWrongInItself(string code) => string.CompareOrdinal(code, "LCT2020") < 0;

    private static void AssertPlain(Finished refused)
    {
        Assert.DoesNotContain("   at ", refused.Error);
        Assert.DoesNotContain("Exception", refused.Error);
        Assert.DoesNotContain('\u001b', refused.Error);
    }

    private static string Place(JsonNode where) => $"{where["line"]}:{where["column"]}";

    /// <summary>Takes the » out that marks the place.</summary>
    private static (string Code, string Text, string Place) Marked(string code, string text)
    {
        var mark = text.IndexOf('»', StringComparison.Ordinal);
        var before = text[..mark];
        return (OfFile(code), text.Remove(mark, 1), $"{before.Count(letter => letter == '\n') + 1}:{mark - before.LastIndexOf('\n')}");
    }
}
