using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>Nodes come and go; nobody else is renamed, and no number is given twice.</summary>
public sealed class MembershipTests
{
    private const string Text = """
        version: 1
        counters: [rack]
        storage:
          all: [{ label: data, size: 20GB, type: blockstore }]
        regions:
        - region: us-east
          nodes:
          - name: web
            type: g6-nanode-1
            image: debian 12
            count: COUNT
            storage: all
            nodenames: 'web-{region}-{counter:02}-r{rack}'
            hostnames: 'web-{counter:02}'
            privatefqdn: 'web-{counter:02}.{region}.internal'
          nodebalancers: [{ name: front, tag: web, port: 80, protocol: http }]
        """;

    [Fact]
    public void Taking_out_the_seventh_of_twenty_renames_nobody()
    {
        var plan = Resolve(20);

        var left = Membership.Without(plan, new HashSet<string> { "us-east/web/7" });

        Assert.Equal(Names(plan).Where(name => !name.StartsWith("us-east/web/7 ", StringComparison.Ordinal)), Names(left));
        Assert.Equal((19, 19), (left.Regions[0].Groups[0].Min, left.Regions[0].Balancers[0].Ports[0].Backends.Count));
    }

    [Fact]
    public void Growing_again_gives_a_new_number_and_not_the_one_that_is_free()
    {
        var plan = Resolve(20);
        var left = Membership.Without(plan, new HashSet<string> { "us-east/web/7" });

        var grown = Of(plan).Sized(left, "us-east", "web", 20);

        Assert.Equal([.. Names(left), "us-east/web/21 web-us-east-21-r21 web-21 web-21.us-east.internal web-us-east-21-r21-data"], Names(grown));
        Assert.Contains("us-east/web/21", grown.Regions[0].Balancers[0].Ports[0].Backends);
    }

    [Fact]
    public void Shrinking_takes_the_highest_numbers()
    {
        var plan = Resolve(5);

        Assert.Equal(Names(plan).Take(3), Names(Of(plan).Sized(plan, "us-east", "web", 3)));
    }

    [Fact]
    public void A_number_that_was_given_once_is_not_given_again_after_shrinking()
    {
        var plan = Resolve(5);
        var membership = Of(plan);

        var again = membership.Sized(membership.Sized(plan, "us-east", "web", 3), "us-east", "web", 4);

        Assert.Equal([1, 2, 3, 6], again.Nodes.Select(node => node.Ordinal));
    }

    [Fact]
    public void One_that_was_taken_out_comes_back_at_its_place_under_its_old_number_and_names()
    {
        var plan = Resolve(20);
        var seven = plan.Nodes.Single(node => node.Ordinal == 7);
        var left = Membership.Without(plan, new HashSet<string> { seven.Key });

        var whole = Of(plan).Inserted(left, "us-east", "web", 7, fresh => fresh with
        {
            Label = seven.Label, HostName = seven.HostName, PublicFqdn = seven.PublicFqdn, PrivateFqdn = seven.PrivateFqdn, Volumes = seven.Volumes,
        });

        Assert.Equal(Names(plan), Names(whole));
    }

    [Fact]
    public void A_model_names_nodes_as_the_resolver_does()
    {
        var (two, five) = (Resolve(2), Resolve(5));

        Assert.Equal(Names(five), Names(Of(two).Sized(two, "us-east", "web", 5)));
    }

    private static Membership Of(ResolvedPlan plan) => new(new CounterBook(plan.Counters), shortLabels: false);

    private static ResolvedPlan Resolve(int count) =>
        PlanResolver.Resolve(PlanTexts.Source(Text.Replace("COUNT", $"{count}", StringComparison.Ordinal)), PlanTexts.Request()).OrThrow();

    private static IEnumerable<string> Names(ResolvedPlan plan) =>
        plan.Nodes.Select(node => $"{node.Key} {node.Label} {node.HostName} {node.PrivateFqdn} {node.Volumes[0].Label}");
}
