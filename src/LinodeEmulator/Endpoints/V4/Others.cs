namespace LinodeEmulator.Endpoints.V4;

/// <summary>What the API has and this emulator has not: each says so by its name, so that nobody takes silence for success.</summary>
internal static class Others
{
    public static void Map(RouteTable routes)
    {
        Linodes(routes);
        Networks(routes);
        Domains(routes);
    }

    private static void Linodes(RouteTable routes)
    {
        const string linode = "linode/instances/{linodeId}";
        routes.NotEmulated("linodes:read_only", linode + "/stats", "GET");
        routes.NotEmulated("linodes:read_only", linode + "/stats/{year}/{month}", "GET");
        routes.NotEmulated("linodes:read_only", linode + "/transfer", "GET");
        routes.NotEmulated("linodes:read_only", linode + "/transfer/{year}/{month}", "GET");
        routes.NotEmulated("linodes:read_write", linode + "/interfaces", "GET", "POST");
        routes.NotEmulated("linodes:read_write", "placement/groups", "GET", "POST");
        routes.NotEmulated("linodes:read_write", "placement/groups/{groupId}", "GET", "PUT", "DELETE");
        routes.NotEmulated("linodes:read_write", "placement/groups/{groupId}/assign", "POST");
        routes.NotEmulated("linodes:read_write", "placement/groups/{groupId}/unassign", "POST");
    }

    private static void Networks(RouteTable routes)
    {
        routes.NotEmulated("vpc:read_write", "vpcs", "GET", "POST");
        routes.NotEmulated("vpc:read_only", "vpcs/ips", "GET");
        routes.NotEmulated("vpc:read_write", "vpcs/{vpcId}", "GET", "PUT", "DELETE");
        routes.NotEmulated("vpc:read_only", "vpcs/{vpcId}/ips", "GET");
        routes.NotEmulated("vpc:read_write", "vpcs/{vpcId}/subnets", "GET", "POST");
        routes.NotEmulated("vpc:read_write", "vpcs/{vpcId}/subnets/{vpcSubnetId}", "GET", "PUT", "DELETE");
        routes.NotEmulated("linodes:read_only", "networking/vlans", "GET");
        routes.NotEmulated("ips:read_only", "networking/ipv6/pools", "GET");
        routes.NotEmulated("ips:read_write", "networking/ipv6/ranges", "GET", "POST");
        routes.NotEmulated("firewall:read_write", "networking/firewalls/settings", "GET", "PUT");
        routes.NotEmulated("firewall:read_only", "networking/firewalls/templates", "GET");
    }

    private static void Domains(RouteTable routes)
    {
        routes.NotEmulated("domains:read_write", "domains", "GET", "POST");
        routes.NotEmulated("domains:read_write", "domains/import", "POST");
        routes.NotEmulated("domains:read_write", "domains/{domainId}", "GET", "PUT", "DELETE");
        routes.NotEmulated("domains:read_write", "domains/{domainId}/clone", "POST");
        routes.NotEmulated("domains:read_write", "domains/{domainId}/records", "GET", "POST");
        routes.NotEmulated("domains:read_write", "domains/{domainId}/records/{recordId}", "GET", "PUT", "DELETE");
        routes.NotEmulated("domains:read_only", "domains/{domainId}/zone-file", "GET");
    }
}
