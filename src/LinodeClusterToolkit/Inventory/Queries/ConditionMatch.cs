namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>A query held against a record in memory; <see cref="NodeFilterSql"/> is its twin for databases; a test holds the two together.</summary>
internal static class ConditionMatch
{
    public static bool Fits(Condition condition, NodeRecord node, string cluster) => condition switch
    {
        Condition.All all => all.Of.All(part => Fits(part, node, cluster)),
        Condition.Any any => any.Of.Any(part => Fits(part, node, cluster)),
        Condition.Not not => !Fits(not.Of, node, cluster),
        Condition.Among among => Values(among.Field, node, cluster).Any(among.Values.Contains),
        Condition.Missing missing => !Values(missing.Field, node, cluster).Any(value => value is not ""),
        Condition.Like like => Values(like.Field, node, cluster).Any(value => Glob.Fits((string)value, like.Glob)),
        Condition.Compared { Value: long or DateTimeOffset } compared => Values(compared.Field, node, cluster)
            .Any(value => Condition.Compared.Holds(compared.Relation, ((IComparable)value).CompareTo(compared.Value))),
        _ => throw NodeFields.Unresolved(),
    };

    private static IEnumerable<object> Values(NodeField field, NodeRecord node, string cluster) => field.Of(node, cluster).OfType<object>();
}
