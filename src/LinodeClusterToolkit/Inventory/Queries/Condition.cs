namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>How a field stands to the value it is compared with.</summary>
internal enum Relation
{
    Is,
    Below,
    AtMost,
    AtLeast,
    Above,
}

/// <summary>A query as a tree. Every part is true or false of a node, never unknown: what has no value is like nothing.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    public static Condition Never { get; } = new Any([]);

    /// <summary>The same tree with each comparison exchanged for what the function makes of it.</summary>
    public Condition Map(Func<Condition, Condition> change) => this switch
    {
        All all => new All([.. all.Of.Select(part => part.Map(change))]),
        Any any => new Any([.. any.Of.Select(part => part.Map(change))]),
        Not not => new Not(not.Of.Map(change)),
        _ => change(this),
    };

    /// <summary>All comparisons in it.</summary>
    public IEnumerable<Condition> Leaves() => this switch
    {
        All all => all.Of.SelectMany(part => part.Leaves()),
        Any any => any.Of.SelectMany(part => part.Leaves()),
        Not not => not.Of.Leaves(),
        _ => [this],
    };

    /// <summary>Every one of these.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>At least one of these; none of none.</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>The contrary.</summary>
    public sealed record Not(Condition Of) : Condition;

    /// <summary>A value of the field is one of these: texts, or whole numbers as <see cref="long"/>.</summary>
    public sealed record Among(NodeField Field, IReadOnlyList<object> Values) : Condition
    {
        /// <summary>Where in the query each stands.</summary>
        public IReadOnlyList<int> At { get; init; } = [];
    }

    /// <summary>The field has no value.</summary>
    public sealed record Missing(NodeField Field) : Condition;

    /// <summary>A value of the field is like this, with <c>*</c> for any signs and <c>?</c> for one.</summary>
    public sealed record Like(NodeField Field, string Glob) : Condition;

    /// <summary>The field against a whole number, a moment, an age (<see cref="TimeSpan"/>) or an amount of money (<see cref="decimal"/>).</summary>
    public sealed record Compared(NodeField Field, Relation Relation, IComparable Value) : Condition
    {
        /// <summary>Whether an outcome of <c>field.CompareTo(value)</c> is what is wanted.</summary>
        public static bool Holds(Relation relation, int outcome) => relation switch
        {
            Relation.Is => outcome == 0,
            Relation.Below => outcome < 0,
            Relation.AtMost => outcome <= 0,
            Relation.AtLeast => outcome >= 0,
            _ => outcome > 0,
        };

        /// <summary>An age as what it means now: what is older began before.</summary>
        public Compared At(DateTimeOffset now)
        {
            var age = (TimeSpan)Value;
            return new(
                Field,
                Relation switch
                {
                    Relation.Below => Relation.Above,
                    Relation.AtMost => Relation.AtLeast,
                    Relation.AtLeast => Relation.AtMost,
                    Relation.Above => Relation.Below,
                    var same => same,
                },
                age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue);
        }
    }
}
