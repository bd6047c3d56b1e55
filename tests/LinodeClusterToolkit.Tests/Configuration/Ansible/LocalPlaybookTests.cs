using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

/// <summary>A playbook that its node runs itself, with a node played by the test.</summary>
public sealed class LocalPlaybookTests : IDisposable
{
    private const string Failed = """
        TASK [install] ****
        lct result {"event":"result","host":"web-1","state":"failed","task":"install","message":"no such package","detail":"","code":1}
        lct result {"event":"recap","hosts":{"web-1":{"failures":1}}}

        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_folder_is_copied_first_and_what_the_node_may_know_goes_with_the_script()
    {
        var shell = new ScriptedShell();

        Assert.Null(await RunAsync(shell));

        Assert.Equal(
            ["connect lctadmin@web-1", "upload", "connect lctadmin@web-1", "run firstboot localansible:site.yaml"], shell.Used);
        Assert.Contains("playbook='site.yaml'\n", shell.Scripts[0], StringComparison.Ordinal);
        Assert.Contains("\"colour\": !unsafe \"blue\"\n", shell.Scripts[0], StringComparison.Ordinal);
        Assert.Contains("\"lct_node\": !unsafe \"web-1\"\n", shell.Scripts[0], StringComparison.Ordinal);
        Assert.Contains("\"web-1\": {ansible_connection: local", shell.Scripts[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, Failed, "LCT6264 task 'install' of localansible:site.yaml failed on web-1")]
    [InlineData(124, "lct result {\"event\":\"task\",\"task\":\"install\"}\n", "LCT6265 localansible:site.yaml on web-1 was ended after 600 s")]
    [InlineData(1, "", "LCT6217 'firstboot localansible:site.yaml' on web-1 ended with exit code 1")]
    public async Task What_the_node_tells_decides(int code, string output, string problem) =>
        Assert.Equal(problem, await RunAsync(new ScriptedShell(_ => new(code, output, "", TimeSpan.Zero))));

    [Fact]
    public async Task On_a_record_nothing_is_packed_and_nothing_runs()
    {
        var records = new RecordingShell();

        Assert.Null(await RunAsync(records));

        Assert.Equal([("web-1", "firstboot localansible:site.yaml: sudo -n -- sh -s")], records.Recorded);
    }

    private async Task<string?> RunAsync(IRemoteShell shell)
    {
        File.WriteAllText(folder["site.yaml"], "[]");
        var inside = await Inside.OfAsync(shell, Node("web", 1));
        var action = new ResolvedAction(Transition.FirstBoot, "localansible", "site.yaml")
        {
            File = folder["site.yaml"], With = new Dictionary<string, string> { ["colour"] = "blue" },
        };
        Member[] members = [new("us-east/web/1", "web-1", 1)];
        var site = new ActionSite(action, 1, new ChangedGroup("us-east", "web", 1, 0, members), members, _ => [], []);
        try
        {
            await Inside.RunAsync(new LocalAnsibleConfigurator().StepsFor(site, inside.Tools));
            return null;
        }
        catch (LinodeToolkitException failed)
        {
            return $"{failed.Problem.Code} {failed.Problem.What}";
        }
    }
}
