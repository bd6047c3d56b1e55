using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>What can be said of a part of user data before cloud-init reads it.</summary>
public sealed class CloudInitCheckTests
{
    [Theory]
    [InlineData("#cloud-config\nruncmd:\n- [ls, -l, 5]\n- echo hello\nwrite_files: [{ path: /a, content: x }]\npackages: [nginx, [libc6, 2.36]]\n")]
    [InlineData("#cloud-config\npackage_update: true\ntimezone: Europe/Berlin\nntp:\napt: { sources: {} }\ngroups: [a, b]\n")]
    [InlineData("#!/bin/sh\nusers: whatever\n")]
    [InlineData("#cloud-boothook\n#!/bin/sh\n")]
    [InlineData("#include\nhttps://example.com/a\n")]
    public void Sound_parts_are_taken(string text) => Assert.Empty(Check(text));

    [Theory]
    [InlineData("", "LCT2137 cloudinit:site.yaml begins with \"\", which says nothing that is taken")]
    [InlineData("packages: [a]\n", "LCT2137 cloudinit:site.yaml begins with \"packages: [a]\", which says nothing that is taken")]
    [InlineData("#cloud-config-archive\n- x\n", "LCT2137 cloudinit:site.yaml begins with \"#cloud-config-archive\", which says nothing that is taken")]
    [InlineData("## template: jinja\n#cloud-config\n", "LCT2137 cloudinit:site.yaml begins with \"## template: jinja\", which says nothing that is taken")]
    [InlineData("#cloud-config\n", "LCT2139 site.yaml, line 2 is no cloud-config")]
    [InlineData("#cloud-config\n- a\n", "LCT2139 site.yaml is no cloud-config")]
    [InlineData("#cloud-config\nruncmd: [a\n", "LCT2139 site.yaml, line 3 is no cloud-config")]
    [InlineData("#cloud-config\npackages: [a]\npackages: [b]\n", "LCT2139 site.yaml, line 3 is no cloud-config")]
    [InlineData("#cloud-config\n\nusers: [x]\n", "LCT2138 \"users\" of site.yaml, line 3 would undo what makes a node closed and known")]
    [InlineData("#cloud-config\nssh_keys: {}\n", "LCT2138 \"ssh_keys\" of site.yaml, line 2 would undo what makes a node closed and known")]
    [InlineData("#cloud-config\nbootcmd: [a]\n", "LCT2138 \"bootcmd\" of site.yaml, line 2 would undo what makes a node closed and known")]
    [InlineData("#cloud-config\nruncmds: [a]\n", "LCT2139 cloud-init knows no \"runcmds\" (site.yaml, line 2)")]
    [InlineData("#cloud-config\nruncmd: ls\n", "LCT2139 \"runcmd\" should be a list, not a single value (site.yaml, line 2)")]
    [InlineData("#cloud-config\nruncmd:\n- ls\n- echo a: b\n",
        "LCT2139 \"runcmd\" should be a list of commands, each a text or a list of words, not a group of keys, as a text with a colon in it is without quotes (site.yaml, line 4)")]
    [InlineData("#cloud-config\nruncmd:\n- [ls, [a]]\n", "LCT2139 \"runcmd\" should be a list of commands, each a text or a list of words, not a list (site.yaml, line 3)")]
    [InlineData("#cloud-config\nwrite_files: [{ content: x }]\n",
        "LCT2139 \"write_files\" should be a list of files, each with a path, not a group of keys (site.yaml, line 2)")]
    [InlineData("#cloud-config\npackage_update: 3\n", "LCT2139 \"package_update\" should be true or false, not a single value (site.yaml, line 2)")]
    [InlineData("#cloud-config\nntp: [a]\n", "LCT2139 \"ntp\" should be a group of keys, not a list (site.yaml, line 2)")]
    public void Others_are_told_with_their_place(string text, string problem) => Assert.Equal([problem], Check(text));

    [Fact]
    public void Every_key_that_is_kept_says_what_to_do_instead_and_none_is_both_kept_and_known() => Assert.All(
        CloudConfigKeys.Reserved, pair => Assert.True(pair.Value.Length > 10 && !CloudConfigKeys.Kinds.ContainsKey(pair.Key)));

    [Fact]
    public void Values_and_tries_have_no_meaning_for_it() => Assert.Equal(
        ["cloudinit takes no \"retries\"", "cloudinit takes no values"],
        CloudInitCheck.Of(new ResolvedAction(Transition.FirstBoot, "cloudinit", "site.yaml")
        {
            Text = "#!/bin/sh\n", Retries = 1, With = new Dictionary<string, string> { ["a"] = "b" },
        }).Select(problem => problem.What));

    [Fact]
    public void An_image_that_takes_no_user_data_is_named_with_its_group_and_region()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "site.yaml"), "#cloud-config\nruncmd: [ls]\n");
        var text = PlanShapes.Nodes("name: web, image: slackware 15, type: g6-standard-1, init: { firstboot: [{ name: 'cloudinit:site.yaml' }, { name: 'cloudinit:firewalled' }] }");

        var problem = PlanResolver.Resolve(new PlanSource("plan.yaml", folder.Path, text), new ResolveRequest("shop", LinodeCatalog.BuiltIn)).Errors.Single();

        Assert.StartsWith("LCT2141 group web, linode/slackware15", $"{problem.Code} {problem.What}", StringComparison.Ordinal);
        Assert.Equal(2, problem.Position!.Value.Line);
    }

    private static IEnumerable<string> Check(string text) =>
        CloudInitCheck.Of(new ResolvedAction(Transition.FirstBoot, "cloudinit", "site.yaml") { Text = text }).Select(problem => $"{problem.Code} {problem.What}");
}
