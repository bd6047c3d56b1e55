using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Output;
using LinodeTool.Progress;

namespace LinodeTool.Tests.Output;

public sealed class ProblemTextTests
{
    [Fact]
    public void A_plan_problem_shows_place_line_and_caret()
    {
        var problem = new Problem("LCT2012", "unknown key \"nodebalancer\" in a region plan", Fix: ["did you mean \"nodebalancers\"?"])
        {
            Position = new SourcePosition("ha-wordpress-plan.yaml", 77, 3), Path = "regionplan.nodebalancer", SourceLine = "  nodebalancer:",
        };

        Assert.Equal(
            """
            error LCT2012: unknown key "nodebalancer" in a region plan
              where: ha-wordpress-plan.yaml:77:3  regionplan.nodebalancer
                     77 |   nodebalancer:
                        |   ^
              fix:   did you mean "nodebalancers"?
                     all keys: linodetool plan schema
            """, Text(Fixes.Complete(problem)));
    }

    [Fact]
    public void A_missing_token_says_where_it_was_looked_for_and_how_to_store_one()
    {
        var problem = Settings("default");

        Assert.Equal(
            """
            error LCT3001: no Linode token found
              why:   looked at LINODETOOL_TOKEN, the secret store (profile default)
              fix:   linodetool secret set personal-token -      (create one in Cloud Manager: API Tokens, scope Linodes read/write)
                     no account yet? put --emulator before the command: linodetool --emulator …
            """, Text(problem));
    }

    [Fact]
    public void An_ambiguous_name_gets_the_command_that_lists_all()
    {
        var problem = new Problem("LCT4003", "image \"ubuntu\" fits 4 images", Fix: ["say which: \"ubuntu 24.04 lts\" (linode/ubuntu24.04), …"]);

        Assert.Equal(
            """
            error LCT4003: image "ubuntu" fits 4 images
              fix:   say which: "ubuntu 24.04 lts" (linode/ubuntu24.04), …
                     or any id from: linodetool regions | types | images | kernels [QUERY]
            """, Text(Fixes.Complete(problem)));
    }

    [Fact]
    public void A_failed_run_folds_one_cause_and_ends_with_what_it_means()
    {
        var quota = new Problem("LCT5003", "the API refused the call",
            Why: "API said 400 \"Volume quota reached\" (field size)") { RequestId = "9c1e" };
        var summary = new RunSummary(
            "7f3a", "ha-wordpress", "create", "failed", 82, 79, 3, 400, TimeSpan.FromMinutes(3), null, null, 412, 9, 3.41m,
            [.. new[] { "02", "04", "05" }.Select(node => new StepFailure($"create volume ndbdata-{node}", "us-east", "ndbdata", node, 6, quota))]);

        var text = Text([.. EndTable.Problems(summary, "linodetool cluster create ha-wordpress plan.yaml")]);

        Assert.Equal(
            """
            error LCT5003: the API refused the call
              where: create volume ndbdata-02
                     create volume ndbdata-04
                     create volume ndbdata-05
              why:   API said 400 "Volume quota reached" (field size), request 9c1e
            error LCT6001: 79 of 82 nodes are ready, 3 steps failed after up to 6 attempts; nothing was rolled back
              where: cluster ha-wordpress, run 7f3a
              fix:   remove the cause, then: linodetool cluster create ha-wordpress plan.yaml      (what stands costs $3.41/h meanwhile)
                     linodetool task list --run 7f3a --state failed
            """, text);
    }

    [Fact]
    public void Control_characters_of_strangers_are_shown_and_never_sent()
    {
        var text = Text(new Problem("LCT5001", "the API said \u001b[2Jboo", Where: "node \u0007x"));

        Assert.Contains(@"\x1b[2Jboo", text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void A_long_source_line_is_cut_around_its_caret()
    {
        var problem = new Problem("LCT2013", "wrong") { Position = new("p.yaml", 1, 5000), SourceLine = new string('a', 4999) + "X" +
            new string('b', 4999) };

        var lines = Text(problem).Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 120));
        Assert.Equal('X', lines[2][lines[3].IndexOf('^')]);
    }

    private static Problem Settings(string profile) => LinodeTool.Settings.SettingsProblems.NoToken(
        profile, LinodeTool.Settings.TokenPlaces.V4, ["LINODETOOL_TOKEN", "the secret store"]);

    private static string Text(params Problem[] problems) => string.Join('\n', ProblemText.Lines(problems, Ink.None));
}
