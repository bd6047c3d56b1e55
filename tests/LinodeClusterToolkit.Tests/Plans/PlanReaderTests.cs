using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class PlanReaderTests
{
    [Fact]
    public void Unknown_keys_of_2017_are_warnings_and_an_obvious_slip_is_read_as_what_it_means()
    {
        var result = PlanTexts.Resolve("nam: x\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n    cuont: 3\n    colour: blue\n");

        Assert.Equal(3, result.OrThrow().Nodes.Count());
        Assert.Equal(
            ["unknown key \"nam\" in a plan; read as \"name\"", "unknown key \"cuont\" in a node group; read as \"count\"",
                "unknown key \"colour\" in a node group"],
            result.Warnings.Select(problem => problem.What));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("True", true)]
    [InlineData("no", false)]
    [InlineData("OFF", false)]
    [InlineData("false", false)]
    public void Flags_have_many_words(string word, bool boots)
    {
        var plan = PlanTexts.Resolve($"version: 1\n"
            + $"regions: [{{ region: us-east, nodes: [{{ type: g6-standard-1, init: {{ boot-on-create: {word} }} }}] }}]\n").OrThrow();

        Assert.Equal(boots, plan.Nodes.Single().Boot);
    }

    [Fact]
    public void What_comes_later_is_told_once_for_each_kind_with_its_first_place()
    {
        const string Region = "- { region: R, nodes: [{ type: g6-standard-1 }], clusters: { front: [nodes1] } }\n";
        var text = "version: 1\ndns: { mode: domains }\nregions:\n" + string.Concat(new[] { "us-east", "us-west", "eu-west" }.Select(name =>
            Region.Replace("R", name, StringComparison.Ordinal)));

        var problems = PlanTexts.Read(text).Problems;

        Assert.Equal(
            ["2:8 \"dns: mode\" is not acted on yet", "4:56 \"region: clusters\" is not acted on yet (3 places, this is the first)"],
            problems.Select(problem => $"{problem.Position!.Value.Line}:{problem.Position.Value.Column} {problem.What}"));
        Assert.All(problems, problem => Assert.Equal(Severity.Error, problem.Severity));
        Assert.All(PlanTexts.Read(text.Replace("version: 1\n", "", StringComparison.Ordinal)).Problems, problem =>
            Assert.Equal(Severity.Warning, problem.Severity));
    }

    [Fact]
    public void What_is_built_in_says_no_more_and_one_StackScript_is_all_a_node_takes()
    {
        var problems = PlanTexts.Read("version: 1\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n    init:\n      firstboot:\n"
            + "      - name: cloudinit:firewalled\n      - name: localansible:diskprovisioning\n        run-on: first\n"
            + "      - name: stackscript:linode/LAMP\n      - name: stackscript:12345\n").Problems;

        Assert.Equal(
            ["9:15 run-on says nothing of localansible:diskprovisioning, which is built in",
                "12:15 a second StackScript for the same nodes: the platform runs one"],
            problems.Select(problem => $"{problem.Position!.Value.Line}:{problem.Position.Value.Column} {problem.What}"));
    }

    [Fact]
    public void Nodes_may_call_what_their_group_or_the_defaults_say()
    {
        var result = PlanTexts.Resolve("version: 1\ndefaults: { type: g6-standard-1, uses: [ping, dns] }\nregions:\n- region: us-east\n"
            + "  nodes: [{ name: a }, { name: b, uses: [] }, { name: c, uses: [packages, ntp, metadata, ntp] }]\n");

        Assert.Empty(result.Problems);
        Assert.Equal(["dns ping", "", "ntp packages metadata"], result.Value!.Nodes.Select(node => string.Join(' ', node.Egress)));
    }

    [Fact]
    public void Empty_lists_and_defaults_of_what_comes_later_are_no_problem() =>
        Assert.Empty(PlanTexts.Read("version: 1\nprotect: no\napi: v4\ndns: { mode: hosts }\nnetwork: { private: none }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, watchdog: on, depends-on: [], init: { clusterstarting: [] } }] }]\n")
            .Problems);

    [Fact]
    public void Names_and_wholes_may_come_as_json_with_tabs_and_crlf()
    {
        const string Text = "{\r\n\t\"version\": 1,\r\n\t\"regions\": [\r\n"
            + "\t\t{\"region\": \"us-east\", \"nodes\": [{\"type\": \"g6-standard-1\", \"cuont\": 2}]}\r\n\t]\r\n}\r\n";

        var problem = Assert.Single(PlanTexts.Read(Text).Problems);

        Assert.Equal(new SourcePosition("plan.yaml", 4, 61), problem.Position);
        Assert.Equal("\t\t{\"region\": \"us-east\", \"nodes\": [{\"type\": \"g6-standard-1\", \"cuont\": 2}]}", problem.SourceLine);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() =>
        Assert.Empty(PlanTexts.Read("\uFEFFversion: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n").Problems);

    [Fact]
    public void Aliases_are_followed() =>
        Assert.Equal(2, PlanTexts.Resolve("version: 1\nregions:\n- { region: us-east, nodes: &n [{ name: web, type: g6-standard-1 }] }\n"
            + "- { region: eu-central, nodes: *n }\n").OrThrow().Nodes.Count());

    [Fact]
    public void Files_of_actions_are_found_from_the_folder_of_the_plan()
    {
        using var folder = new TempFolder();
        folder.File("plan/scripts/setup.sh", "true");
        folder.File("outside.sh", "true");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "plan/link.sh"), Path.Combine(folder.Path, "outside.sh"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "plan/up"), folder.Path);

        Assert.Null(Fault("shell:scripts/setup.sh"));
        Assert.Null(Fault("stackscript:scripts/setup.sh"));
        Assert.Null(Fault("stackscript:linode/LAMP"));
        Assert.Null(Fault("stackscript:12345"));
        Assert.Null(Fault($"ansible:{Path.Combine(folder.Path, "outside.sh")}"));
        Assert.Equal("LCT2060", Fault("shell:scripts/none.sh"));
        Assert.Equal("LCT2061", Fault("shell:../outside.sh"));
        Assert.Equal("LCT2061", Fault("shell:scripts/../../outside.sh"));
        Assert.Equal("LCT2061", Fault("shell:link.sh"));
        Assert.Equal("LCT2061", Fault("shell:up/outside.sh"));

        string? Fault(string action)
        {
            var text = $"regions: [{{ region: us-east, nodes: [{{ type: g6-standard-1, init: {{ firstboot: [{{ name: '{action}' }}] }} }}] }}]\n";
            return PlanReader.Read(new PlanSource("plan.yaml", Path.Combine(folder.Path, "plan"), text)).Errors.SingleOrDefault()?.Code;
        }
    }

    [Fact]
    public void A_misspelt_built_in_action_gets_a_hint()
    {
        using var folder = new TempFolder();
        var source = new PlanSource("plan.yaml", folder.Path,
            PlanShapes.Nodes("type: g6-standard-1, init: { firstboot: [{ name: 'cloudinit:firewaled' }] }"));

        Assert.Equal("did you mean \"cloudinit:firewalled\"?", PlanReader.Read(source).Errors.First(problem => problem.Code == "LCT2060").Fixes[0]);
    }
}
