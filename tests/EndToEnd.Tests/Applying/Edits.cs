using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Applying;

/// <summary>An edit of a plan that stands: shown, done, and held against what the cloud has before and after.</summary>
internal static class Edits
{
    /// <summary>Makes a cluster of a plan, applies another, and demands that what was shown happened and nothing else.</summary>
    public static async Task ProveAsync(string before, string after, string[] rules, params string[] options)
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Write("before.yaml", before);
        desk.Write("after.yaml", after);
        (await desk.RunAsync("cluster", "create", "shop", "before.yaml")).Ended(0);
        await ProveAsync(desk, "after.yaml", rules, options);
    }

    /// <summary>The same for a cluster that stands, called shop.</summary>
    public static async Task ProveAsync(Desk desk, string plan, string[] rules, params string[] options)
    {
        var was = await Estate.SurveyAsync(desk.Cloud);
        var cost = await CostAsync(desk);
        var labels = await LabelsAsync(desk);
        var preview = await PreviewAsync(desk, plan, options);
        var shown = new Shown(preview);
        Assert.Equal(rules.Order(StringComparer.Ordinal), shown.Rules.Distinct());

        var writes = (await desk.Cloud.WritesAsync()).Count;
        var applied = await desk.RunAsync(["cluster", "apply", "shop", plan, "--yes", "-o", "json", .. options]);
        if (shown.IsRefused)
        {
            Assert.Contains("LCT2095", applied.Ended(3).Error);
            Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
            (await desk.RunAsync(["cluster", "plan", "shop", plan, "--exit-code", .. options])).Ended(10);
            return;
        }

        Assert.Equal(preview.ToJsonString(), applied.Ended(0).Json["changes"]!.ToJsonString());
        var now = await Estate.SurveyAsync(desk.Cloud);
        AssertSame(shown, was, now);
        if (applied.Json["run"]?["run"] is { } run)
        {
            await AssertInsideAsync(desk, (string)run!, shown, labels);
        }

        Assert.Equal(shown.Monthly, await CostAsync(desk) - cost);
        await AssertQuietAsync(desk, plan, shown, options);
    }

    public static async Task<JsonArray> PreviewAsync(Desk desk, string plan, params string[] options) =>
        (await desk.RunAsync(["cluster", "plan", "shop", plan, "-o", "json", .. options])).Ended(0).Json["apply"]!["changes"]!.DeepClone().AsArray();

    private static void AssertSame(Shown shown, Estate was, Estate now)
    {
        var differs = now.Since(was);
        Assert.Equal([], shown.Demanded.Except(differs).Order()); // shown, and did not happen
        Assert.Equal([], differs.Where(difference => !shown.Allows(difference))); // happened, and was not shown
        Assert.Equal(shown.Booted.Order(StringComparer.Ordinal), now.Happened(was, "linode_boot", "linode_reboot", "linode_rebuild", "linode_shutdown")
            .Where(label => !shown.Demanded.Contains($"- node {label}")).Order(StringComparer.Ordinal));
    }

    private static async Task AssertInsideAsync(Desk desk, string run, Shown shown, IReadOnlyDictionary<string, string> labels)
    {
        var done = (await desk.RunAsync("task", "list", "--run", run, "-o", "json")).Ended(0).Json.AsArray()
            .Select(task => (string)task!["step"]!).Select(Inside).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var wanted = shown.Inside(labels);
        Assert.Equal([], wanted.Except(done).Order());
        Assert.Equal([], done.Except(wanted).Where(step => !shown.IsFresh(step.Split(' ')[1]))
            .Where(step => !step.StartsWith("ports ", StringComparison.Ordinal) || !(shown.MovesNodes || shown.Booted.Contains(step.Split(' ')[1]))));
    }

    private static string? Inside(string step) => step.Split(' ') switch
    {
        ["change", "users", var node] => $"users {node}",
        ["secure", "again", var node] => $"ssh {node}",
        ["ports", var node] => $"ports {node}",
        ["ports", var node, "again"] => $"ports {node}",
        ["storage", "of", var node] => $"storage {node}",
        _ => null,
    };

    // What is held is found again, what is done is not; and whoever applies once more does nothing.
    private static async Task AssertQuietAsync(Desk desk, string plan, Shown shown, string[] options)
    {
        var isHeld = shown.Rules.Any(rule => rule.EndsWith(" held", StringComparison.Ordinal));
        (await desk.RunAsync(["cluster", "plan", "shop", plan, "--exit-code", .. options])).Ended(isHeld ? 10 : 0);
        var before = (await desk.Cloud.RequestsAsync()).Count;
        (await desk.RunAsync(["cluster", "apply", "shop", plan, .. options])).Ended(0);
        var sent = (await desk.Cloud.RequestsAsync()).Skip(before).ToList();
        Assert.DoesNotContain(sent, request => request.Method != "GET");
        Assert.True(sent.Count <= 20, string.Join('\n', sent));
    }

    private static async Task<decimal> CostAsync(Desk desk) =>
        decimal.Parse((string)(await desk.RunAsync("cluster", "show", "shop", "-o", "json")).Ended(0).Json["cost_monthly"]!, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyDictionary<string, string>> LabelsAsync(Desk desk) =>
        (await desk.RunAsync("node", "list", "--cluster", "shop", "-o", "json")).Ended(0).Json.AsArray()
            .ToDictionary(node => $"{node!["region"]}/{node["group"]}/{node["ordinal"]}", node => (string)node!["label"]!);
}
