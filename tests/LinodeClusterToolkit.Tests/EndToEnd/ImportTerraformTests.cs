using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Clusters.Imports;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>What Terraform has made is taken up by its state: shown first, marked once, and never what is another's or not there.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class ImportTerraformTests
{
    private static readonly string[] Paths = ["linode/instances", "volumes", "nodebalancers", "networking/firewalls"];

    [Fact]
    public async Task A_preview_writes_nothing_and_the_import_marks_each_thing_once_and_names_what_Terraform_names()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        var before = await world.WritesAsync();

        var preview = await PreviewAsync(world, state);

        Assert.Equal(before, await world.WritesAsync());
        Assert.Empty(await world.ClustersAsync());
        Assert.Equal((ImportSituation.New, 19, 19), (preview.Situation, preview.Taken.Count, preview.ToMark.Count));
        Assert.Empty(preview.Items.SelectMany(item => item.Differences));
        Assert.True(preview.Taken.Sum(item => item.Monthly) > 100);

        var view = await world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview));

        Assert.Equal(19, (await world.WritesAsync()).Count - before.Count);
        Assert.All(await TagsAsync(world), tags => Assert.Equal([view.Cluster.OwnerTag], tags));
        Assert.Equal((ClusterState.Degraded, true), (view.Cluster.State, view.Cluster.IsProtected)); // two are off, as they were
        Assert.Superset(
            new HashSet<string> { "us-east/web/4", "eu-central/web/1", "eu-central/db/2", "us-east/cold/2" },
            view.Nodes.Select(node => node.Key).ToHashSet());
        Assert.Empty(await world.Toolkit.FindOrphansAsync());
        Assert.Empty((await world.Toolkit.DiffAsync("legacy", live: true)).Drifts);
        var export = await world.Toolkit.ExportAsync("legacy", "terraform-import");
        Assert.Equal(state.Named.Order(StringComparer.Ordinal), Clusters.Exports.HclLite.Read(export.Text).Skip(1)
            .Select(block => $"{block.Attributes["to"].Split('.')[0]} {block.Attributes["id"]}").Order(StringComparer.Ordinal));

        var again = await PreviewAsync(world, state);
        Assert.Equal(ImportSituation.Finished, again.Situation);
        Assert.Equal(view.Cluster.Id, (await world.Toolkit.ImportAsync(again)).Cluster.Id);
        Assert.Equal(19, (await world.WritesAsync()).Count - before.Count);
        Assert.Equal("LCT4024", await CodeOfAsync(() => world.Time.RunAsync(() => world.Toolkit.DeleteAsync("legacy", new(), world.Events))));
    }

    [Theory]
    [InlineData(4.5)]
    [InlineData(25.5)]
    [InlineData(49.5)]
    public async Task Left_anywhere_the_same_import_goes_on_under_the_same_tag_and_nothing_else_does(double after)
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        await world.FaultAsync("delay=3s on PUT *");
        var preview = await PreviewAsync(world, state);
        using var leave = new CancellationTokenSource(TimeSpan.FromSeconds(after), world.Time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview, leave.Token)));
        await world.ClearFaultsAsync();
        await world.RestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        var marked = (await TagsAsync(world)).Count(tags => tags.Count == 1);
        Assert.InRange(marked, 1, 18);
        Assert.Empty(await world.Toolkit.FindOrphansAsync());
        Assert.Equal("LCT4064", await CodeOfAsync(() => world.Toolkit.PreviewImportAsync(new("legacy", "another"))));
        Assert.Equal("LCT4062", (await PreviewAsync(world, state, "other")).Obstacle!.Code);
        Assert.Equal("LCT4065", await CodeOfAsync(() => world.Time.RunAsync(() => world.ResumeAsync("legacy"))));
        var rest = await PreviewAsync(world, state);
        Assert.Equal((ImportSituation.Unfinished, 19, 19 - marked), (rest.Situation, rest.Taken.Count, rest.ToMark.Count));

        var view = await world.Time.RunAsync(() => world.Toolkit.ImportAsync(rest));

        Assert.All(await TagsAsync(world), tags => Assert.Equal([view.Cluster.OwnerTag], tags));
        Assert.Equal(19 + 19, (await world.WritesAsync()).Count(line => line.StartsWith("PUT", StringComparison.Ordinal))); // to unmark, to mark
        Assert.Equal("done", (await world.Toolkit.ListRunsAsync("legacy").FirstAsync()).State);
    }

    [Fact]
    public async Task A_mark_whose_answer_got_lost_is_not_put_twice()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        await world.FaultAsync("cut-after on PUT * times=3");
        var preview = await PreviewAsync(world, state);

        var view = await world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview));

        Assert.Equal([3], await world.StruckAsync());
        Assert.All(await TagsAsync(world), tags => Assert.Equal([view.Cluster.OwnerTag], tags));
    }

    [Fact]
    public async Task What_is_another_s_keeps_all_of_it_from_being_taken_up()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        var volume = (await world.GetAsync("volumes"))[0].GetProperty("id").GetInt64();
        await world.BehindItsBackAsync(HttpMethod.Put, $"volumes/{volume}", $$"""{ "tags": ["lct:{{Guid.NewGuid():D}}"] }""");
        var before = await world.WritesAsync();

        var preview = await PreviewAsync(world, state);

        Assert.Equal((volume, "it carries an owner tag that is not known here"), (Assert.Single(preview.Refused).Id, preview.Refused[0].Why));
        Assert.Equal("LCT4062", await CodeOfAsync(() => world.Toolkit.ImportAsync(preview)));
        Assert.Equal(before, await world.WritesAsync());
        Assert.Empty(await world.ClustersAsync());
    }

    [Fact]
    public async Task What_another_cluster_here_has_in_its_records_is_its_own_with_or_without_a_tag()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        await ImportAsync(world, state, "first");
        await UnmarkAsync(world);

        var preview = await PreviewAsync(world, state, "second");

        Assert.Equal(19, preview.Refused.Count);
        Assert.All(preview.Refused, item => Assert.Equal("cluster first has it in its records", item.Why));
    }

    [Fact]
    public async Task What_is_not_there_gets_no_record_and_where_both_differ_the_account_counts()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        state.Add("linode_instance", "gone", [StateMaker.Gone(918273, "gone-1")], key: false)
            .Add("linode_volume", "lost", [StateMaker.Gone(918274, "lost-1")], key: false);
        var node = (await world.GetAsync("linode/instances"))[0];
        await world.BehindItsBackAsync(
            HttpMethod.Put, $"linode/instances/{node.GetProperty("id")}", """{ "label": "renamed", "tags": ["by-hand"] }""");

        var preview = await PreviewAsync(world, state);
        var view = await ImportAsync(world, state);

        Assert.Equal(
            ["node gone-1 linode_instance.gone", "volume lost-1 linode_volume.lost"],
            preview.Items.Where(item => item.Verdict == ImportVerdict.Missing).Select(item => $"{item.Kind} {item.Label} {item.Address}"));
        Assert.Equal(
            [$"label {node.GetProperty("label")} renamed", "tags  by-hand"],
            preview.Items.SelectMany(item => item.Differences).Select(one => $"{one.Fact} {one.Source} {one.Account}"));
        Assert.Equal((12, 7), (view.Nodes.Count, view.Resources.Count));
        Assert.Equal(["by-hand"], Assert.Single(view.Nodes, one => one.Label == "renamed").Tags);
    }

    [Fact]
    public async Task A_firewall_that_does_not_guard_all_of_the_nodes_does_not_become_the_one_of_the_cluster()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        var firewall = (await world.GetAsync("networking/firewalls"))[0].GetProperty("id").GetInt64();
        Assert.Equal(firewall, (await ImportAsync(world, state)).Cluster.FirewallId);
        await world.LoseInventoryAsync();
        await UnmarkAsync(world);
        var device = (await world.GetAsync($"networking/firewalls/{firewall}/devices"))[0].GetProperty("id").GetInt64();
        await world.BehindItsBackAsync(HttpMethod.Delete, $"networking/firewalls/{firewall}/devices/{device}");

        var preview = await PreviewAsync(world, state);
        var view = await ImportAsync(world, state);

        Assert.Contains(preview.Notes, note => note.Contains("new nodes get", StringComparison.Ordinal));
        Assert.Equal(["linodes"], preview.Items.SelectMany(item => item.Differences).Select(one => one.Fact));
        Assert.Null(view.Cluster.FirewallId);
        Assert.Contains(view.Resources, made => made.Kind == ResourceKind.Firewall && made.CloudId == firewall);
    }

    [Fact]
    public async Task What_has_changed_since_it_was_shown_is_not_taken_up()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        var preview = await PreviewAsync(world, state);
        var volume = (await world.GetAsync("volumes"))[0].GetProperty("id").GetInt64();
        await world.BehindItsBackAsync(HttpMethod.Post, $"volumes/{volume}/detach");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await world.BehindItsBackAsync(HttpMethod.Delete, $"volumes/{volume}");
        var before = await world.WritesAsync();

        Assert.Equal("LCT4063", await CodeOfAsync(() => world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview))));

        Assert.Equal(before, await world.WritesAsync());
        Assert.Empty(await world.ClustersAsync());
    }

    [Fact]
    public async Task A_state_of_another_account_or_without_nodes_is_refused()
    {
        await using var world = new World();
        await world.BehindItsBackAsync(HttpMethod.Post, "volumes", """{ "label": "alone", "region": "us-east", "size": 20 }""");
        var id = (await world.GetAsync("volumes"))[0].GetProperty("id").GetInt64();

        var elsewhere = new StateMaker().Add("linode_instance", "x", [StateMaker.Gone(918273, "x")]);
        var alone = new StateMaker().Add("linode_volume", "x", [StateMaker.Gone(id, "alone")]);
        Assert.Equal("LCT4061", await CodeOfAsync(() => PreviewAsync(world, elsewhere)));
        Assert.Equal("LCT4061", await CodeOfAsync(() => PreviewAsync(world, alone)));
        Assert.Equal("LCT1081", await CodeOfAsync(() => world.Toolkit.PreviewImportAsync(new("x"))));
        Assert.Equal("LCT4015", await CodeOfAsync(() => world.Toolkit.PreviewImportAsync(new("-x", "tag"))));
    }

    [Fact]
    public async Task No_secret_of_the_state_is_shown_or_kept()
    {
        await using var world = new World();
        var state = await LegacyAsync(world);
        Assert.Contains(StateMaker.Secret, state.Text(), StringComparison.Ordinal);

        var preview = await PreviewAsync(world, state);
        var view = await ImportAsync(world, state);
        var runs = await world.Toolkit.ListRunsAsync("legacy").ToListAsync();

        Assert.DoesNotContain(StateMaker.Secret, JsonSerializer.Serialize(preview), StringComparison.Ordinal);
        Assert.DoesNotContain(StateMaker.Secret, preview.ToString() + preview.Request, StringComparison.Ordinal);
        Assert.DoesNotContain(StateMaker.Secret, JsonSerializer.Serialize(view) + JsonSerializer.Serialize(runs), StringComparison.Ordinal);
        var secret = System.Text.Encoding.UTF8.GetBytes(StateMaker.Secret);
        Assert.All(world.Files(), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(secret) < 0, file));
    }

    /// <summary>All of the fleet as if others had made it, and the state that Terraform would have of it.</summary>
    private static async Task<StateMaker> LegacyAsync(World world)
    {
        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan))).Outcome);
        await world.LoseInventoryAsync();
        await UnmarkAsync(world);
        return await StateMaker.OfAsync(
            async path => [.. (await world.GetAsync($"{path}?page_size=500")).Select(row => JsonNode.Parse(row.GetRawText())!)],
            label => label.Split('-')[^2]);
    }

    private static async Task UnmarkAsync(World world)
    {
        foreach (var path in Paths)
        {
            foreach (var row in await world.GetAsync($"{path}?page_size=500"))
            {
                await world.BehindItsBackAsync(HttpMethod.Put, $"{path}/{row.GetProperty("id")}", """{ "tags": [] }""");
            }
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> TagsAsync(World world)
    {
        var all = new List<IReadOnlyList<string>>();
        foreach (var path in Paths)
        {
            all.AddRange((await world.GetAsync($"{path}?page_size=500"))
                .Select(row => (IReadOnlyList<string>)[.. row.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)]));
        }

        return all;
    }

    private static Task<ImportPreview> PreviewAsync(World world, StateMaker state, string name = "legacy") =>
        world.Time.RunAsync(() => world.Toolkit.PreviewImportAsync(new(name) { Terraform = new("state.json", state.Text()) }));

    private static async Task<ClusterView> ImportAsync(World world, StateMaker state, string name = "legacy")
    {
        var preview = await PreviewAsync(world, state, name);
        return await world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview));
    }

    private static async Task<string> CodeOfAsync<T>(Func<Task<T>> work) =>
        (await Assert.ThrowsAsync<LinodeToolkitException>(work)).Problem.Code;
}
