using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

[Collection(VirtualTimeCollection.Name)]
public sealed class CreateClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Plain()
    {
        await using var world = new World();
        var plan = """
            version: 1
            regionplans:
            - name: r
              nodes:
              - { name: web, type: g6-standard-1, count: 31, tags: [webserver] }
              - name: ndb
                type: g6-standard-8
                count: 10
                storage:
                - { label: boot, size: 80%, fs: ext4, boot: yes }
                - { label: swap, size: 20%, fs: swap }
                - { label: data, size: 500GB, type: blockstore }
              nodebalancers:
              - { name: webnb, tag: webserver, port: 80, protocol: http }
            regions:
            - { region: us-east, regionplan: r }
            - { region: eu-central, regionplan: r }
            """;
        var wall = System.Diagnostics.Stopwatch.StartNew();
        var summary = await world.Time.RunAsync(() => world.CreateAsync("ha", plan));
        output.WriteLine($"{wall.Elapsed} {summary}");
        foreach (var f in summary.Failures) output.WriteLine($"{f.Step} {f.Problem} {f.Problem.Why}");
        output.WriteLine(await world.Control.GetStringAsync("counters"));
        foreach (var e in world.Events.All.Where(e => e.Type == "task.retrying" || e.Milliseconds > 100000).Take(20)) output.WriteLine($"{e.At:mm:ss} {e.Type} {e.Task} {e.Milliseconds} {e.Error} {e.Error?.Why} {e.Text}");
        File.WriteAllText("/tmp/req.json", await world.Control.GetStringAsync("requests"));
        File.WriteAllLines("/tmp/ev.txt", world.Events.All.Select(e => $"{e.At:mm:ss.fff} {e.Type} {e.Task} {e.Milliseconds} {e.Text}"));
        wall.Restart();
        summary = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("ha", false, world.Events));
        output.WriteLine($"{wall.Elapsed} {summary}");
        foreach (var f in summary.Failures) output.WriteLine($"{f.Step} {f.Problem} {f.Problem.Why}");
        output.WriteLine(await world.Control.GetStringAsync("status"));
    }
}
