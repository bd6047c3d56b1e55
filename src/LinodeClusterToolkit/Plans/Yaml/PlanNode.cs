namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>A piece of a plan's text; indexes count UTF-16 units from 0, line and column from 1.</summary>
internal readonly record struct TextSpan(int Start, int End, int Line, int Column);

/// <summary>A node of a plan's tree, with its place in the text.</summary>
internal abstract record PlanNode(TextSpan Span)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Noun { get; }
}

/// <summary>A single value.</summary>
/// <param name="Span">Its place, quotes included.</param>
/// <param name="Value">The text, quotes and escapes undone.</param>
/// <param name="IsPlain">False where it was quoted or is a block of text.</param>
/// <param name="IsBlock">True for a block of text begun with <c>|</c> or <c>&gt;</c>.</param>
internal sealed record PlanScalar(TextSpan Span, string Value, bool IsPlain, bool IsBlock) : PlanNode(Span)
{
    /// <summary>True for a key without a value, <c>~</c> and <c>null</c>.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override string Noun => IsNull ? "nothing" : "a single value";
}

/// <summary>A list.</summary>
/// <param name="Span">Where it begins.</param>
/// <param name="Items">Its items.</param>
/// <param name="IsFlow">True for <c>[a, b]</c>.</param>
internal sealed record PlanList(TextSpan Span, IReadOnlyList<PlanNode> Items, bool IsFlow) : PlanNode(Span)
{
    public override string Noun => "a list";
}

/// <summary>Keys with values, in the order of the text.</summary>
/// <param name="Span">Where it begins.</param>
/// <param name="Entries">The pairs; each key once.</param>
/// <param name="IsFlow">True for <c>{ a: 1 }</c>.</param>
internal sealed record PlanMap(TextSpan Span, IReadOnlyList<PlanEntry> Entries, bool IsFlow) : PlanNode(Span)
{
    public override string Noun => "a group of keys";

    public PlanEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key);
}

/// <summary>A key and its value.</summary>
internal sealed record PlanEntry(PlanScalar Key, PlanNode Value);
