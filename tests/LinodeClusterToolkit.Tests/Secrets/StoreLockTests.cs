using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class StoreLockTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task Is_held_by_one_at_a_time_and_given_back()
    {
        using (await new StoreLock(folder["~lock"]).TakeAsync(default))
        {
            var other = new StoreLock(folder["~lock"]) { Patience = TimeSpan.Zero };
            var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => other.TakeAsync(default))).Problem;
            Assert.Equal(("LCT7211", folder["~lock"]), (problem.Code, problem.Where));
        }

        using (await new StoreLock(folder["~lock"]) { Patience = TimeSpan.Zero }.TakeAsync(default))
        {
            Assert.True(File.Exists(folder["~lock"]));
        }
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_in_nobodys_way()
    {
        var here = new StoreLock(folder["~lock"]);
        var held = await new StoreLock(folder["~lock"]).TakeAsync(default);
        using var stop = new CancellationTokenSource();
        var waiting = here.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        held.Dispose();
        using var taken = await here.TakeAsync(default);
    }

    [Fact]
    public async Task Says_at_once_that_its_file_cannot_be_made() => Assert.Equal(
        "LCT7203", (await Assert.ThrowsAsync<LinodeToolkitException>(() => new StoreLock(folder["none/~lock"]).TakeAsync(default))).Problem.Code);

    public void Dispose() => folder.Dispose();
}
