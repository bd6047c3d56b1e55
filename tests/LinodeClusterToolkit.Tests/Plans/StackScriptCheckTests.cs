using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>What a plan says of a StackScript, held against its text.</summary>
public sealed class StackScriptCheckTests
{
    private const string Script = """
        #!/bin/bash
        # <UDF name="site" label="Name of the site" />
        # <UDF name="engine" label="Which" oneof="mysql,mariadb" default="mariadb" />
        # <UDF name="extras" label="What else" manyof="ssl,cache,mail" default="" />
        """;

    [Fact]
    public void What_fits_is_taken_and_a_secret_unseen() => Assert.Empty(Check(Script, ("site", "secret:site"), ("engine", "secret:engine"), ("extras", "ssl, mail")));

    [Fact]
    public void A_value_that_is_missing_strange_or_none_of_the_choices_is_told() => Assert.Equal(
        [
            "LCT2131 stackscript:setup.sh needs a value for \"site\"", "LCT2132 stackscript:setup.sh does not ask for \"sites\"",
            "LCT2133 \"oracle\" is none of the choices for \"engine\" of stackscript:setup.sh",
            "LCT2133 \"tls\" is none of the choices for \"extras\" of stackscript:setup.sh",
        ],
        Check(Script, ("sites", "x"), ("engine", "oracle"), ("extras", "ssl,tls")));

    [Fact]
    public void A_slip_in_a_name_gets_a_hint() => Assert.Equal(
        "did you mean \"site\"?", StackScriptCheck.Of(Action(Script, ("SITE", "x"))).First(problem => problem.Code == "LCT2132").Fixes[0]);

    [Fact]
    public void A_name_of_our_own_is_refused() =>
        Assert.Equal(["LCT2133 stackscript:setup.sh asks for \"lct_harden\", which is a name of the toolkit's own"], Check("#!/bin/sh\n# <UDF name='lct_harden' default='' />"));

    [Fact]
    public void What_is_too_long_is_told_before_anything_is_made() => Assert.Equal(
        [("LCT2134", true), ("LCT2134", true)],
        new[] { Action(Script + new string('#', 65_000), ("site", "x")), Action(Script, ("site", new string('"', 11_000))) }
            .Select(action => StackScriptCheck.Of(action).Single()).Select(problem => (problem.Code, problem.What.Contains("more than the 65535", StringComparison.Ordinal))));

    [Fact]
    public void It_cannot_be_tried_again_or_run_on_some_nodes_only() => Assert.Equal(
        ["stackscript takes no \"retries\"", "stackscript takes no \"run-on\""],
        StackScriptCheck.Of(Action(Script, ("site", "x")) with { Retries = 1, RunOn = RunOn.First }).Select(problem => problem.What));

    [Fact]
    public void One_in_a_file_is_checked_where_the_plan_names_it()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "setup.sh"), Script);
        var text = PlanShapes.Nodes("type: g6-standard-1, init: { firstboot: [{ name: 'stackscript:setup.sh', retries: 2 }] }");

        var problems = PlanReader.Read(new PlanSource("plan.yaml", folder.Path, text)).Errors;

        Assert.Equal(["LCT2130 2", "LCT2131 2"], problems.Select(problem => $"{problem.Code} {problem.Position!.Value.Line}"));
    }

    private static IEnumerable<string> Check(string script, params (string Name, string Value)[] with) =>
        StackScriptCheck.Of(Action(script, with)).Select(problem => $"{problem.Code} {problem.What}").Order(StringComparer.Ordinal);

    private static ResolvedAction Action(string script, params (string Name, string Value)[] with) => new(Transition.FirstBoot, "stackscript", "setup.sh")
    {
        Text = script, With = with.ToDictionary(pair => pair.Name, pair => pair.Value),
    };
}
