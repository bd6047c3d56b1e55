namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>One key of the plan language, declared once for reader, schema and reference plan.</summary>
/// <param name="Name">The key.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="Description">One sentence for people, shown by editors.</param>
internal sealed record PlanKey(string Name, KeyKind Kind, string Description)
{
    /// <summary>Another name of the same key.</summary>
    public string? Alias { get; init; }

    /// <summary>True where the shape makes no sense without it.</summary>
    public bool Required { get; init; }

    /// <summary>True for what only plans without <c>version:</c> may say.</summary>
    public bool Only2017 { get; init; }

    /// <summary>True for what is read and checked but has no effect yet.</summary>
    public bool Later { get; init; }

    /// <summary>Values that have their effect now although the key's others come later; of a list, the reader tells which items do not.</summary>
    public IReadOnlyList<string> Now { get; init; } = [];

    /// <summary>The key and its alias.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];
}

/// <summary>Keys that stand together.</summary>
/// <param name="Name">What they describe, such as <c>node group</c>; names the definition in the schema.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Keys">The keys.</param>
internal sealed record PlanShape(string Name, string Description, IReadOnlyList<PlanKey> Keys)
{
    public PlanKey? Find(string name) => Keys.FirstOrDefault(key => key.Names.Contains(name));
}
