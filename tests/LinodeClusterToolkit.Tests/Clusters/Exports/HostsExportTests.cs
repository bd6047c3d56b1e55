using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Inventory;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

public sealed class HostsExportTests
{
    [Fact]
    public async Task Names_lead_to_public_addresses_and_a_name_that_two_nodes_have_to_neither()
    {
        var subject = await Exported.OfAsync(
            [
                Node("db", 1, label: "shop-db-1") with { HostName = "db", PublicFqdn = "db.example.com", PrivateFqdn = "db.internal" },
                Node("web", 1, label: "shop-web-1"), Node("web", 2, label: "shop-web-2"), Node("web", 3), Node("web", 4),
            ],
            node => node.Key switch
            {
                "us-east/db/1" => node with { Ipv6 = "2001:db8::1" },
                "us-east/web/3" => node with { State = NodeState.Gone },
                "us-east/web/4" => node with { PublicIpv4 = null, PrivateIpv4 = null },
                _ => node with { HostName = "web", PrivateIpv4 = null },
            });

        Assert.Equal(
            """
            # BEGIN lct shop
            # To replace: delete from BEGIN to END, then add this text anew.
            203.0.113.1	db.example.com shop-db-1 db
            2001:db8::1	db.example.com shop-db-1 db
            192.168.130.1	db.internal shop-db-1-private
            203.0.113.2	shop-web-1
            203.0.113.3	shop-web-2
            # left out: web-4 (no address yet)
            # left out: web-3 (gone)
            # END lct shop

            """, new HostsExport().Write(subject));
    }
}
