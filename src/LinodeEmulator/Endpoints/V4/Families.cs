namespace LinodeEmulator.Endpoints.V4;

/// <summary>Each family of endpoints, one line each.</summary>
internal static class Families
{
    public static RouteTable Map()
    {
        var routes = new RouteTable();
        Regions.Map(routes);
        Types.Map(routes);
        Kernels.Map(routes);
        Images.Map(routes);
        StackScripts.Map(routes);
        Instances.Map(routes);
        InstanceActions.Map(routes);
        Disks.Map(routes);
        Configs.Map(routes);
        Ips.Map(routes);
        Backups.Map(routes);
        Volumes.Map(routes);
        Firewalls.Map(routes);
        NodeBalancers.Map(routes);
        Tags.Map(routes);
        Events.Map(routes);
        Accounts.Map(routes);
        Profiles.Map(routes);
        Others.Map(routes);
        return routes;
    }
}
