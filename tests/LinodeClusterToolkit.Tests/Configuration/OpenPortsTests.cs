using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

public sealed class OpenPortsTests
{
    private readonly ScriptedShell shell = new();

    [Fact]
    public async Task Both_ends_of_a_link_are_opened_for_the_addresses_that_are_known_by_then()
    {
        var (web, db) = (Node("web", 1), Node("db", 1));
        var inside = await Inside.OfAsync(shell, web, db);

        await Inside.RunAsync(new OpenPorts(inside.Tools).StepsFor(ChangePlanner.Additions(Cluster, Shop(web, db), [], [])));

        Assert.Contains("add element inet lct out4 {\n  192.168.130.2 . tcp . 3306\n}\n", shell.Scripts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("add element inet lct in", shell.Scripts[0], StringComparison.Ordinal);
        Assert.Contains("add element inet lct in4 {\n  192.168.130.1 . tcp . 3306\n}\n", shell.Scripts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("add element inet lct out", shell.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_node_joins_with_its_ports_open_and_those_that_were_there_are_told_of_it()
    {
        var (web, more, db, other) = (Node("web", 1), Node("web", 2), Node("db", 1), Node("other", 1));
        NodeRecord[] there = [Ready(web), Ready(db), Ready(other)];

        var steps = new OpenPorts(null!).StepsFor(ChangePlanner.Additions(Cluster, Shop(web, more, db, other), there, [])).ToList();

        Assert.Equal(["ports web-2", "ports web-1", "ports db-1"], steps.Select(step => step.Name));
        Assert.Equal(["web-2 joined"], steps[0].Before);
        Assert.Equal(["web-2 secured", "all addresses known"], steps[0].After);
        Assert.Equal(["all addresses known", "all nodes gone"], steps[2].After);
        Assert.Equal(("web", null), (steps[0].Subject!.Group, steps[2].Subject!.Group));
    }

    [Fact]
    public void Peers_of_a_node_that_goes_are_closed_to_it()
    {
        var (web, db) = (Node("web", 1), Node("db", 1));

        var changes = ChangePlanner.Removal(Cluster, Shop(web, db), [Ready(web)], [Ready(web), Ready(db)], []);

        Assert.Equal(["ports db-1"], new OpenPorts(null!).StepsFor(changes).Select(step => step.Name));
    }

    [Fact]
    public void A_node_that_was_off_hears_of_its_peers_before_it_takes_its_part()
    {
        var (web, db) = (Node("web", 1), Node("db", 1));
        var off = Ready(db) with { State = NodeState.Stopped };

        var step = Assert.Single(new OpenPorts(null!).StepsFor(ChangePlanner.Start(Cluster, Shop(web, db), [Ready(web), off], null)));

        Assert.Equal("ports db-1: db-1 reachable < db-1 assembled", $"{step.Name}: {string.Join(',', step.After)} < {string.Join(',', step.Before)}");
    }

    [Fact]
    public void Without_services_or_with_nothing_new_there_is_nothing_to_open()
    {
        var (web, db) = (Node("web", 1), Node("db", 1));

        Assert.Empty(new OpenPorts(null!).StepsFor(Adding(web, db)));
        Assert.Empty(new OpenPorts(null!).StepsFor(ChangePlanner.Additions(Cluster, Shop(web, db), [Ready(web), Ready(db)], [])));
        Assert.Empty(new OpenPorts(null!).StepsFor(ChangePlanner.Additions(Cluster, Shop(web with { Boot = false }), [], [])));
    }

    private static NodeRecord Ready(ResolvedNode node) => node.Record(NodeState.Ready, 1) with { Configuration = ConfigurationState.Configured };

    /// <summary>Databases that let in the web servers, which use them.</summary>
    private static ResolvedPlan Shop(params ResolvedNode[] nodes)
    {
        var plan = Plan(nodes);
        return plan with
        {
            Services = [new("sql", [new(3306, 3306, "tcp")], ["web"], [], false)],
            Regions =
            [
                .. plan.Regions.Select(region => region with
                {
                    Groups =
                    [
                        .. region.Groups.Select(group => group.Name switch
                        {
                            "web" => group with { Uses = ["sql"] },
                            "db" => group with { Provides = ["sql"] },
                            _ => group,
                        }),
                    ],
                }),
            ],
        };
    }
}
