namespace EndToEnd.Tests.Workers;

/// <summary>A customer with an account of the same name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cloud">The account, looked at by the test itself, which has limits of its own there.</param>
internal sealed record Customer(string Name, Cloud Cloud)
{
    /// <summary>The token that the customer's work is done with.</summary>
    public static string TokenOf(string name) => $"a-token-of-the-customer-{name}";

    /// <summary>The test's own token for the account.</summary>
    public static string TestTokenOf(string name) => $"the-test-in-the-account-of-{name}";

    /// <summary>A command line of this customer.</summary>
    public string[] Words(params string[] words) => ["--customer", Name, .. words];
}

/// <summary>A cluster that a customer has ordered.</summary>
/// <param name="Customer">Whose it is.</param>
/// <param name="Cluster">Its name.</param>
/// <param name="Nodes">How many nodes it is to have.</param>
internal sealed record Order(Customer Customer, string Cluster, int Nodes)
{
    private const int CreatesPerWindow = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    /// <summary>How long it takes when only the cloud's limits and times count, where that was asked.</summary>
    public TimeSpan Bound { get; init; }

    /// <summary>A plan of so many nodes: most are web servers behind a balancer, every eighth has a volume.</summary>
    public static string PlanOf(int nodes) => $$"""
        version: 1
        regions:
        - region: us-east
          nodes:
          - { name: web, type: g6-nanode-1, image: debian 12, count: {{nodes - VolumesOf(nodes)}}, tags: [webserver] }
          - name: db
            type: g6-nanode-1
            image: debian 12
            count: {{VolumesOf(nodes)}}
            storage: [{ label: data, size: 20GB, type: blockstore }]
          nodebalancers: [{ name: front, tag: webserver, port: 80, protocol: http }]
        """;

    public static int VolumesOf(int nodes) => Math.Max(1, nodes / 8);

    /// <summary>The shortest time for all of an account's clusters: all creates, one window after the other, then the longest path of a node.</summary>
    public static TimeSpan BoundOf(IReadOnlyCollection<Order> orders) =>
        Creates(orders.Sum(order => order.Nodes)) + orders.Max(order => order.Bound - Creates(order.Nodes));

    public override string ToString() => $"{Customer.Name}/{Cluster}";

    private static TimeSpan Creates(int nodes) => (nodes - 1) / CreatesPerWindow * Window;
}
