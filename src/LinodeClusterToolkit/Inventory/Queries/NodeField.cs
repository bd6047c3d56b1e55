namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>What the values of a field are, and so what can be asked of it.</summary>
internal enum FieldKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>A text that the catalogue knows more names for.</summary>
    Offered,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A moment: compared with dates, and with spans that say how long ago.</summary>
    Moment,

    /// <summary>How long ago something was.</summary>
    Age,

    /// <summary>US dollars.</summary>
    Money,
}

/// <summary>Something a query can ask of a node.</summary>
/// <param name="Name">What queries call it: the name it has in JSON, where it stands there.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Columns">Its columns in tables of stores, <c>n</c> the node's and <c>c</c> its cluster's; none for tags, which have a table.</param>
/// <param name="Of">Its values in a record of a cluster of that name: text, <see cref="long"/> or <see cref="DateTimeOffset"/>.</param>
internal sealed record NodeField(string Name, FieldKind Kind, IReadOnlyList<string> Columns, Func<NodeRecord, string, IEnumerable<object?>> Of)
{
    /// <summary>Other names for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Words it can be, as queries say them, and what stands in records for each.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Words { get; init; } = [];

    /// <summary>Whether its words have an order.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether a node always has one.</summary>
    public bool IsAlways { get; init; }
}
