using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>Which nodes are meant, said in words: <c>tag=master and region=us-east and state!=ready</c>.</summary>
/// <remarks>
/// Comparisons of a field with values (<c>=</c> <c>!=</c> <c>~</c> <c>!~</c> <c>&lt;</c> <c>&lt;=</c> <c>&gt;</c> <c>&gt;=</c>, <c>in (a, b)</c>,
/// <c>not in (a, b)</c>), joined by <c>and</c>, <c>or</c>, <c>not</c> and parentheses. <c>=</c> is the very text; <c>~</c> ignores case and takes
/// <c>*</c> and <c>?</c>, and without them means "contains"; <c>=none</c> is what has no value. Give it to <see cref="NodeQuery.Where"/>.
/// </remarks>
public sealed class NodeFilter
{
    private readonly QuerySource source;

    private NodeFilter(QuerySource source, Condition condition) => (this.source, Condition) = (source, condition);

    internal Condition Condition { get; }

    /// <summary>Reads a query.</summary>
    /// <exception cref="LinodeToolkitException">LCT1060 to LCT1064: it cannot be read; each problem says at which column.</exception>
    public static NodeFilter Parse(string text)
    {
        var source = new QuerySource(text);
        return new(source, new QueryParser(source).Read());
    }

    /// <summary>The query as it was written.</summary>
    public override string ToString() => source.Text;

    /// <summary>The same query, meaning something else by some of its parts.</summary>
    internal NodeFilter With(Func<Condition, Condition> change) => new(source, Condition.Map(change));

    internal NodeFilter With(Condition other) => new(source, other);

    /// <summary>The same query with every age turned into a moment, so that all stores mean the same by it.</summary>
    internal NodeFilter At(DateTimeOffset now) => With(part => part is Condition.Compared { Value: TimeSpan } age ? age.At(now) : part);

    /// <summary>Whether a node fits, for stores that have no language of their own; prices and ages must have been resolved.</summary>
    internal bool Fits(NodeRecord node, string cluster) => ConditionMatch.Fits(Condition, node, cluster);

    /// <summary>A problem with the place in the text that it is about.</summary>
    internal Problem Place(Problem problem, int at) => source.Place(problem, at);
}
