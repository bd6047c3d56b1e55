namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>Small plans to put one thing into.</summary>
internal static class PlanShapes
{
    /// <summary>A plan of version 1 with groups of nodes in one region; the braces around the first and last are given.</summary>
    public static string Nodes(string groups) => $"version: 1\nregions: [{{ region: us-east, nodes: [{{ {groups} }}] }}]\n";

    /// <summary>A plan of version 1 with a group of web nodes and a balancer.</summary>
    public static string Balancer(string balancer) =>
        $"version: 1\nregions:\n- region: us-east\n  nodes: [{{ name: web, type: g6-standard-1 }}]\n  nodebalancers: [{balancer}]\n";

    /// <summary>A plan of version 1 with one node and some keys above its regions.</summary>
    public static string Keys(string keys) => $"version: 1\n{keys}\nregions: [{{ region: us-east, nodes: [{{ type: g6-standard-1 }}] }}]\n";

    /// <summary>A plan of version 1 with the service db and a group of web nodes.</summary>
    public static string Services(string from, string group) =>
        $"version: 1\nservices: {{ db: {{ ports: [3306/tcp], {from} }} }}\n"
        + $"regions: [{{ region: us-east, nodes: [{{ name: web, type: g6-standard-1, {group} }}] }}]\n";

    /// <summary>A plan of version 1 whose only node has the sets of users a and b.</summary>
    public static string Sets(string sets) =>
        $"version: 1\nusers: {{ {sets} }}\nregions: [{{ region: us-east, nodes: [{{ type: g6-standard-1, users: [a, b] }}] }}]\n";

    /// <summary>A plan of version 1 whose only node has a volume that says this besides label and size.</summary>
    public static string Volume(string keys) => Nodes($"type: g6-standard-1, storage: [{{ label: data, size: 20GB, type: blockstore, {keys} }}]");
}
