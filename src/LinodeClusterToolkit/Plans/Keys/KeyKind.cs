namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>What a key's value may be: the reader checks it, the JSON Schema says it.</summary>
internal abstract record KeyKind
{
    /// <summary>As said in messages, after "should be".</summary>
    public abstract string Noun { get; }

    /// <summary>This kind, or the part of this kind that is a <typeparamref name="T"/>.</summary>
    public virtual T? As<T>()
        where T : KeyKind => this as T;
}

/// <summary>A short text in which variables are replaced.</summary>
/// <param name="Pattern">Regular expression the whole text must match, or null.</param>
/// <param name="Means">What the pattern means, in words.</param>
internal sealed record TextKind(string? Pattern = null, string? Means = null) : KeyKind
{
    public override string Noun => Means ?? "a text";
}

/// <summary>A text for others (a command, a path of a URL): taken letter by letter.</summary>
internal sealed record VerbatimKind : KeyKind
{
    public override string Noun => "a text";
}

/// <summary>A name with placeholders.</summary>
internal sealed record TemplateKind : KeyKind
{
    public override string Noun => "a name, perhaps with placeholders such as {counter}";
}

internal sealed record WholeKind(int Least, int Most) : KeyKind
{
    public override string Noun => $"a whole number from {Least} to {Most}";
}

internal sealed record FlagKind : KeyKind
{
    public override string Noun => "yes or no";
}

internal sealed record WordKind(params string[] Words) : KeyKind
{
    public override string Noun => Words.Length == 1 ? $"{Words[0]}" : $"one of {string.Join(", ", Words)}";
}

/// <summary>A size with its unit, or a percentage.</summary>
internal sealed record SizeKind : KeyKind
{
    public override string Noun => "a size with its unit, such as 500GB, 512MB or 80%";
}

internal sealed record DurationKind : KeyKind
{
    public override string Noun => "a time with its unit, such as 30s, 2m or 1h30m";
}

/// <summary>Any single value: what a variable holds.</summary>
internal record ValueKind : KeyKind
{
    public override string Noun => "a single value";
}

/// <summary>The version of the plan language.</summary>
internal sealed record VersionKind(int Version) : ValueKind;

internal sealed record ListKind(KeyKind Item) : KeyKind
{
    public override string Noun => "a list";
}

/// <summary>Names chosen by the user, each with a value.</summary>
/// <param name="Value">What each value may be.</param>
/// <param name="Name">What each name may be; null where that shows when it is used.</param>
internal sealed record NamesKind(KeyKind Value, TextKind? Name = null) : KeyKind
{
    public override string Noun => "names with their values";
}

internal sealed record SectionKind(PlanShape Shape) : KeyKind
{
    public override string Noun => "a group of keys";
}

internal sealed record EitherKind(params KeyKind[] Kinds) : KeyKind
{
    public override string Noun => string.Join(", or ", Kinds.Select(kind => kind.Noun));

    public override T? As<T>()
        where T : class => this as T ?? Kinds.OfType<T>().FirstOrDefault();
}
