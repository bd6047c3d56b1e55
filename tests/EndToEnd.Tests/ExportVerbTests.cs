namespace EndToEnd.Tests;

/// <summary>The verb itself, where nodes are records: what it writes where, what it says of it, and how it is refused.</summary>
public sealed class ExportVerbTests
{
    [Fact]
    public async Task A_file_is_private_and_replaced_whole_a_link_stays_and_standard_output_has_the_text_alone()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "web", desk.WritePlan("plan.yaml", 2))).Ended(0);
        desk.Write("kept/hosts", "old");
        File.SetUnixFileMode(desk.At("kept/hosts"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(desk.At("link"), desk.At("kept/hosts"));

        var text = (await desk.RunAsync("cluster", "export", "web", "--format", "hosts")).Ended(0);
        var dash = (await desk.RunAsync("clusters", "export", "web", "--format", "hosts", "--file", "-")).Ended(0);
        var file = (await desk.RunAsync("cluster", "export", "web", "--format", "hosts", "-f", "link")).Ended(0);

        Assert.Equal((text.Out, "", ""), (dash.Out, dash.Error, file.Out));
        Assert.Equal(text.Out, File.ReadAllText(desk.At("kept/hosts")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(desk.At("kept/hosts")));
        Assert.NotNull(new FileInfo(desk.At("link")).LinkTarget);
        Assert.Equal(["hosts"], Directory.GetFiles(desk.At("kept"), "hosts*").Select(Path.GetFileName));
        Assert.Contains("LCT7541", (await desk.RunAsync("cluster", "export", "web", "--format", "hosts", "-f", "no/such/file")).Ended(12).Error);
    }

    [Theory]
    [InlineData(2, "LCT1005", "export", "web")]
    [InlineData(2, "LCT1009", "export", "web", "--format", "jsn")]
    [InlineData(5, "LCT4011", "export", "shop", "--format", "json")]
    public async Task What_is_missing_or_wrong_is_said(int code, string problem, params string[] words)
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "web", desk.WritePlan("plan.yaml", 1))).Ended(0);

        var refused = (await desk.RunAsync(["cluster", .. words])).Ended(code);

        Assert.Empty(refused.Out);
        Assert.Contains($"error {problem}", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_a_passphrase_kept_are_in_files_on_request_and_one_line_says_so()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_SECRET_STORE"] = "encrypted";
        desk.Environment["LINODETOOL_PASSPHRASE"] = "a passphrase of the tests";
        (await desk.RunAsync("cluster", "create", "web", desk.WritePlan("plan.yaml", 2))).Ended(0);

        var told = (await desk.RunAsync("cluster", "export", "web", "--format", "ssh-config", "--keys", "keys", "-f", "web.conf")).Ended(0);
        var quiet = (await desk.RunAsync("cluster", "export", "web", "--format", "hosts")).Ended(0);

        Assert.Equal(
            $"warning: 2 private keys for 2 nodes now also in plain files in {desk.At("keys")}; the secret store encrypted keeps nobody out there\n", told.Error);
        Assert.Equal("", quiet.Error);
        Assert.Equal(3, Directory.GetFiles(desk.At("keys")).Length);
        (await desk.RunAsync("secret", "audit")).Ended(0);
        var found = (await desk.RunAsync("secret", "audit", desk.At("keys"))).Ended(12);
        Assert.Contains("web-us-east-web-1.key", found.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_have_folders_of_their_own_and_what_a_cloud_does_not_say_is_left_out()
    {
        await using var desk = await Desk.SitDownAsync();
        var plan = desk.Write("plan.yaml", """
            version: 1
            network: { private: ip }
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-nanode-1, image: debian 12 }]
              nodebalancers: [{ name: lb, tag: web, port: 80 }]
            """);
        (await desk.RunAsync("--customer", "anna", "cluster", "create", "web", plan)).Ended(0);

        (await desk.RunAsync("--customer", "anna", "cluster", "export", "web", "--format", "ansible")).Ended(0);
        (await desk.RunAsync("--customer", "bert", "cluster", "export", "web", "--format", "ansible")).Ended(5);
        var asked = (await desk.RunAsync("--customer", "anna", "cluster", "export", "web", "--format", "terraform-import")).Ended(0);
        desk.Environment["LINODETOOL_TOKEN"] = null;
        var alone = (await desk.RunAsync("--customer", "anna", "cluster", "export", "web", "--format", "terraform-import")).Ended(0);

        Assert.True(File.Exists(Path.Combine(desk.Kept, "data/exports/customers/linodetool/anna/clusters/web/web-us-east-web-1.key")));
        Assert.Contains("linode_nodebalancer_node.", asked.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("linode_nodebalancer_node.", alone.Out, StringComparison.Ordinal);
        Assert.Contains("# Its ports and their nodes are not here: no Linode token found", alone.Out, StringComparison.Ordinal);
    }
}
