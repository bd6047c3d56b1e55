namespace LinodeEmulator.State;

/// <summary>Which of the numbers an account takes: every <c>Of</c>th, so that no two accounts behind one address have the same id or address.</summary>
internal readonly record struct NumberShare(int Number, int Of)
{
    public static NumberShare All { get; } = new(0, 1);
}

/// <summary>Where ids come from. Each kind starts somewhere else, so that an id taken for one of another kind is not found.</summary>
internal sealed class Counters(Table<Counter> table, NumberShare share)
{
    private static readonly IReadOnlyList<(string Name, long First)> Kinds =
    [
        ("linode", 50_000_001), ("disk", 100_000_001), ("config", 60_000_001), ("interface", 4_000_001), ("volume", 700_001),
        ("nodebalancer", 800_001), ("balancer_config", 900_001), ("balancer_node", 30_000_001), ("firewall", 100_001), ("device", 200_001),
        ("image", 20_000_001), ("stackscript", 1_000_001), ("sshkey", 300_001), ("tag", 1), ("event", 500_000_001), ("job", 40_000_001),
        ("public_address", 0), ("private_address", 0), ("domain", 1_100_001), ("domain_record", 2_100_001), ("backup", 80_000_001),
    ];

    public long Next(string name)
    {
        var kind = Kinds.First(known => known.Name == name);
        var row = table.FindByKey(name) ?? new Counter(Kinds.ToList().IndexOf(kind) + 1, name, kind.First + share.Number);
        table.Put(row with { Next = row.Next + share.Of });
        return row.Next;
    }
}
