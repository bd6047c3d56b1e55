namespace LinodeClusterToolkit.Tests.Support;

[Collection(VirtualTimeCollection.Name)]
public sealed class VirtualTimeTests
{
    [Fact]
    public async Task Jumps_over_waits_and_fires_them_in_their_order()
    {
        var time = new VirtualTime();
        var began = time.GetUtcNow();
        var fired = new List<int>();

        await time.RunAsync(async () =>
        {
            await Task.WhenAll(After(3), After(1), After(2));
            return true;

            async Task After(int hours)
            {
                await Task.Delay(TimeSpan.FromHours(hours), time);
                fired.Add(hours);
            }
        });

        Assert.Equal([1, 2, 3], fired);
        Assert.Equal(TimeSpan.FromHours(3), time.GetUtcNow() - began);
    }

    [Fact]
    public async Task Stands_still_while_work_hops_between_threads_or_is_on_its_way_to_a_file()
    {
        var time = new VirtualTime();
        var file = Path.GetTempFileName();

        var moved = await time.RunAsync(async () =>
        {
            var (began, later) = (time.GetUtcNow(), Task.Delay(TimeSpan.FromSeconds(1), time));
            for (var hop = 0; hop < 20_000; hop++)
            {
                await Task.Yield();
                await Task.Run(() => Thread.SpinWait(hop % 100));
                if (hop % 100 == 0)
                {
                    await File.WriteAllTextAsync(file, $"{hop}");
                }
            }

            var stood = time.GetUtcNow() - began;
            await later;
            return stood;
        });

        File.Delete(file);
        Assert.Equal(TimeSpan.Zero, moved);
    }
}
