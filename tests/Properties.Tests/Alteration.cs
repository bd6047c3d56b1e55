using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>A cluster that stands is scaled, or brought to another plan.</summary>
/// <param name="before">Scaled before, undisturbed, where that is part of the story.</param>
/// <param name="preview">What is to be done.</param>
internal sealed class Alteration(ScaleRequest? before, Func<World, CancellationToken, Task<ApplyPreview>> preview) : Act(Name)
{
    private const string Name = "shop";

    private string prepared = "";

    public static IReadOnlyDictionary<string, Alteration> All { get; } = new Dictionary<string, Alteration>
    {
        ["scale"] = new(null, Scaled(new(Name) { Groups = new Dictionary<string, int> { ["web"] = 6 }, Remove = ["web-2"] })),
        ["shrink"] = new(null, Scaled(new(Name) { Groups = new Dictionary<string, int> { ["web"] = 2, ["db"] = 1 }, KeepVolumes = true })),
        ["insert"] = new(new(Name) { Remove = ["web-2"], KeepVolumes = true }, Scaled(new(Name) { Insert = ["web-2"] })),
        ["apply"] = new(null, (world, leave) => world.Toolkit.PreviewApplyAsync(
            new(Name, new PlanSource("plan.yaml", null, Later)) { Prune = true, Rebuild = true }, leave)),
    };

    public override int Unharmed => 1;

    public override async Task PrepareAsync(World world)
    {
        await world.Time.RunAsync(async () =>
        {
            Demand(await world.CreateAsync(Name, First));
            if (before is not null)
            {
                Demand(await world.Toolkit.ApplyAsync(await world.Toolkit.PreviewScaleAsync(before), world.Events));
            }

            return true;
        });
        prepared = await LastAsync(world);
        await world.RestartAsync();
    }

    public override async Task<RunSummary?> BeginAsync(World world, CancellationToken leave) =>
        await world.Toolkit.ApplyAsync(await preview(world, leave), world.Events, default, leave);

    public override async Task<RunSummary?> GoOnAsync(World world, CancellationToken leave)
    {
        await world.RestartAsync();
        return await LastAsync(world) == prepared
            ? await BeginAsync(world, leave)
            : await world.Toolkit.ResumeAsync(Name, null, world.Events, default, leave);
    }

    /// <summary>The plan that the cluster is made by.</summary>
    private const string First = """
        version: 1
        network: { private: ip }
        users:
          ops: { users: [{ name: deploy, uid: 1500, sudo: yes }] }
        storage:
          data:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 20GB, type: blockstore, fs: xfs, mount: /mnt/data }
        services:
          http: { ports: [80/tcp], from: anywhere }
          mysql: { ports: [3306/tcp], from: [web] }
        defaults: { type: g6-standard-1, image: debian 12, users: [ops], nodenames: '{group}-{counter}' }
        regions:
        - region: us-east
          nodes:
          - name: web
            count: 4
            tags: [public]
            storage: data
            provides: [http]
            uses: [mysql]
            depends-on: [db]
            init: { removing: [{ name: 'shell:inline', inline: 'sign-off' }] }
          - { name: db, count: 2, storage: data, provides: [mysql] }
          - { name: cache, count: 2 }
          nodebalancers:
          - { name: front, tag: public, port: 80, protocol: http }
          - { name: queries, tag: db, port: 3306, protocol: tcp }
        """;

    /// <summary>The same with a bit of everything changed.</summary>
    private static string Later => Edited(
        ("sudo: yes }]", "sudo: no }, { name: guest, uid: 1501 }]"), ("size: 20GB", "size: 30GB"), ("[80/tcp]", "[80/tcp, 443/tcp]"),
        ("count: 4", "count: 3"), ("tags: [public]", "tags: [public, shown]"), ("name: db, count: 2", "name: db, count: 3"),
        ("name: cache, count: 2", "name: cache, count: 2, type: g6-standard-2, watchdog: off"),
        ("port: 80, protocol: http", "ports: [80, 443], protocol: tcp, check: { kind: connection, interval: 9s }"),
        ("- { name: queries, tag: db, port: 3306, protocol: tcp }", "- { name: store, tag: cache, port: 11211, protocol: tcp }"));

    private static Func<World, CancellationToken, Task<ApplyPreview>> Scaled(ScaleRequest request) =>
        (world, leave) => world.Toolkit.PreviewScaleAsync(request, leave);

    private static string Edited(params (string From, string To)[] edits) => edits.Aggregate(First, (text, edit) =>
        text.Contains(edit.From, StringComparison.Ordinal) ? text.Replace(edit.From, edit.To, StringComparison.Ordinal)
            : throw new InvalidOperationException($"the plan has no '{edit.From}'"));

    private static void Demand(RunSummary ended)
    {
        if (ended.Outcome != "done")
        {
            throw new InvalidOperationException($"while it was prepared: {ended.Outcome} {string.Join(" | ", ended.Failures)}");
        }
    }

    private static async Task<string> LastAsync(World world) => (await world.Toolkit.GetClusterAsync(Name)).Cluster.LastRun ?? "";
}
