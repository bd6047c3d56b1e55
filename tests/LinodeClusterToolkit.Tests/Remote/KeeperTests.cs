using System.Diagnostics;
using LinodeClusterToolkit.Remote.OpenSsh;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>What happens to children when their parent is gone: the end of the keeper's input is all it hears of that.</summary>
public sealed class KeeperTests
{
    [Fact]
    public async Task Children_that_still_run_are_ended_and_the_folder_goes_with_them()
    {
        using var folder = new TempFolder();
        var run = folder["it's $(run)"];
        Directory.CreateDirectory(run);
        var keeper = new Keeper(run);
        using var ours = Start(run);
        using var ended = Start(run);
        using var stranger = Start("/elsewhere");
        foreach (var child in new[] { ours, ended, stranger })
        {
            keeper.Add(child.Id);
        }

        keeper.Remove(ended.Id);
        keeper.Remove(ended.Id);
        await keeper.DisposeAsync();

        Assert.True(ours.WaitForExit(5000));
        Assert.False(Directory.Exists(run));
        Assert.False(ended.HasExited);
        Assert.False(stranger.HasExited, "the id of a child that went may be somebody else's by now");
        foreach (var child in new[] { ended, stranger })
        {
            child.Kill();
            await child.WaitForExitAsync();
        }
    }

    private static Process Start(string names) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", "read line", "sh", names]) { RedirectStandardInput = true })!;
}
