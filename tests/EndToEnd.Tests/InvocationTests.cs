namespace EndToEnd.Tests;

/// <summary>The four lines everybody types first.</summary>
public sealed class InvocationTests
{
    [Fact]
    public async Task The_first_four_lines_of_a_user_work_as_they_are_written()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment.Remove("LINODETOOL_TOKEN");
        await MakeKeyAsync(desk);
        File.Copy(Desk.Shipped("ha-wordpress.yaml"), desk.At("ha-wordpress-plan.yaml"));

        (await desk.ShellAsync($"linodetool secret set personal-token {desk.Token}")).Ended(0);
        (await desk.ShellAsync("linodetool secret set default-root-ssh-public-key ~/.ssh/id_rsa.pub")).Ended(0);
        (await desk.ShellAsync("linodetool cluster create 'ha-wordpress' ha-wordpress-plan.yaml")).Ended(0);
        (await desk.ShellAsync("linodetool node create newark '1gb' 'ubuntu 16.04 lts'")).Ended(0);

        Assert.Equal("83 linodes, 166 disks, 10 volumes, 4 nodebalancers, 2 firewalls", await desk.Cloud.ContentAsync());
        var node = (await desk.Cloud.ListAsync("linode/instances"))[^1];
        Assert.Equal("us-east g6-nanode-1 linode/ubuntu16.04lts running", $"{node["region"]} {node["type"]} {node["image"]} {node["status"]}");
    }

    [Fact]
    public async Task The_same_words_given_by_a_program_need_no_shell_to_expand_the_home_folder()
    {
        await using var desk = await Desk.SitDownAsync();
        await MakeKeyAsync(desk);

        (await desk.RunAsync("secret", "set", "default-root-ssh-public-key", "~/.ssh/id_rsa.pub")).Ended(0);
        var stored = (await desk.RunAsync("secret", "get", "default-root-ssh-public-key", "--reveal")).Ended(0);

        Assert.StartsWith("ssh-rsa ", stored.Out);
    }

    [Fact]
    public async Task A_single_node_says_what_its_words_were_taken_for()
    {
        await using var desk = await Desk.SitDownAsync();

        var made = (await desk.RunAsync("node", "create", "newark", "1gb", "ubuntu 16.04 lts")).Ended(0);

        Assert.Contains("newark → us-east", made.Error);
        Assert.Contains("deprecated", made.Error);
    }

    [Theory]
    [InlineData("secret set ‘personal-token’ token")]
    [InlineData("secret set default-root-ssh-public-key “~/.ssh/id_rsa.pub”")]
    [InlineData("cluster create ‘ha-wordpress’ ha-wordpress-plan.yaml")]
    [InlineData("node create newark ‘1gb’ ‘ubuntu 16.04 lts’")]
    public async Task Quotes_of_a_web_page_are_refused_before_anything_is_sent_or_stored(string line)
    {
        await using var desk = await Desk.SitDownAsync();

        var refused = (await desk.RunAsync(line.Split(' '))).Ended(2);

        Assert.StartsWith("error LCT1007: ", refused.Error);
        Assert.Contains("fix:   linodetool " + string.Join(' ', line.Split(' ')[..2]), refused.Error);
        Assert.Empty(refused.Out);
        Assert.Empty(await desk.Cloud.RequestsAsync());
        Assert.False(Directory.Exists(desk.Kept));
    }

    private static async Task MakeKeyAsync(Desk desk) =>
        (await desk.ShellAsync("mkdir -m 700 ~/.ssh && ssh-keygen -q -t rsa -b 3072 -N '' -C '' -f ~/.ssh/id_rsa")).Ended(0);
}
