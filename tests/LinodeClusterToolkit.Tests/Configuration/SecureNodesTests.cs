using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tests.Changes;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

public sealed class SecureNodesTests
{
    private static readonly string NewKey = Support.FakeKeys.Make().Public.ToString();

    private readonly ScriptedShell shell = new(command =>
        new(0, command.Title == "harden" ? $"lct changed x\nlct host-key {NewKey}\nlct done 1\n" : "lct done 0\n", "", TimeSpan.Zero));

    [Fact]
    public async Task A_new_host_key_is_known_here_before_it_is_used_there_and_the_old_one_is_forgotten_last()
    {
        var inside = await Inside.OfAsync(shell, Node("web", 1));
        var first = inside.Book.Node("us-east/web/1").HostKeys.Single();

        await Inside.RunAsync(new SecureNodes(inside.Tools).StepsFor(Adding(Node("web", 1))));

        Assert.Equal(
            ["connect lctadmin@web-1", "run harden", "connect lctadmin@web-1", "run hostkey", "close", "connect lctadmin@web-1", "run hostkey"], shell.Used);
        Assert.Contains("make_key", shell.Scripts[0], StringComparison.Ordinal);
        Assert.EndsWith("use_key\n" + "printf 'lct done %s\\n' \"$changed\"\n", shell.Scripts[1], StringComparison.Ordinal);
        Assert.EndsWith("keep_rules\n" + "printf 'lct done %s\\n' \"$changed\"\n", shell.Scripts[2], StringComparison.Ordinal);
        Assert.Equal([NewKey], inside.Book.Node("us-east/web/1").HostKeys);
        Assert.Equal($"linode-100 {NewKey}\n", inside.KnownHosts);
        Assert.NotEqual(first, NewKey);
        Assert.NotEqual(first, (await inside.Identities.FirstAsync("web-1", "us-east", "web", default)).Host.Public.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cut_short_anywhere_what_the_node_may_show_is_still_known(int run)
    {
        var inside = await Inside.OfAsync(shell, Node("web", 1));
        var first = inside.Book.Node("us-east/web/1").HostKeys.Single();
        shell.Fails[run] = new RemoteException(RemoteStage.Lost, new Problem("LCT6213", "lost"));
        var part = new SecureNodes(inside.Tools);

        await Assert.ThrowsAsync<RemoteException>(() => Inside.RunAsync(part.StepsFor(Adding(Node("web", 1)))));

        // The second run is the one that changes the key: whether it did is not known, so both will do.
        Assert.Equal(run == 2 ? [NewKey, first] : [NewKey], inside.Book.Node("us-east/web/1").HostKeys);
        await Inside.RunAsync(part.StepsFor(Adding(Node("web", 1))));
        Assert.Equal([NewKey], inside.Book.Node("us-east/web/1").HostKeys);
    }

    [Fact]
    public async Task A_script_that_fails_is_named_with_its_last_lines()
    {
        var failing = new ScriptedShell(_ => new(1, "", "lct error this image has no nft\n", TimeSpan.Zero));
        var inside = await Inside.OfAsync(failing, Node("web", 1));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => Inside.RunAsync(new SecureNodes(inside.Tools).StepsFor(Adding(Node("web", 1)))));

        Assert.Equal(RemoteStage.Command, failed.Stage);
        Assert.Contains("this image has no nft", failed.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_stays_off_is_not_logged_in_to()
    {
        var inside = await Inside.OfAsync(shell, Node("web", 1));
        var off = Adding(Node("web", 1) with { Boot = false });

        Assert.Empty(new SecureNodes(inside.Tools).StepsFor(off));
        Assert.Empty(new VerifyNodes(inside.Tools).StepsFor(off));
        Assert.Empty(new NameHosts(inside.Tools).StepsFor(off));
    }

    [Theory]
    [InlineData(true, NodeState.Ready, ConfigurationState.Configured)]
    [InlineData(false, NodeState.Ready, ConfigurationState.Recorded)]
    public async Task What_was_only_recorded_is_never_called_configured(bool real, NodeState state, ConfigurationState configuration)
    {
        var inside = await Inside.OfAsync(real ? shell : new RecordingShell(), Node("web", 1));

        await Inside.RunAsync(new SecureNodes(inside.Tools).StepsFor(Adding(Node("web", 1))));
        await Inside.RunAsync(new VerifyNodes(inside.Tools).StepsFor(Adding(Node("web", 1))));

        var record = inside.Book.Node("us-east/web/1");
        Assert.Equal((state, configuration), (record.State, record.Configuration));
    }
}
