using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>A query as a condition of SQL that SQLite and PostgreSQL read alike.</summary>
/// <remarks>
/// It speaks of <c>node n</c>, <c>cluster c</c> and the table <c>node_tag</c>. Each part is true or false and never null, so that a contrary is one.
/// Columns of text compare by their bytes (BINARY in SQLite, COLLATE "C" in PostgreSQL), moments stand in them as <see cref="SqlColumns.Text"/>.
/// </remarks>
internal static class NodeFilterSql
{
    private const string Nothing = "1 = 0";
    private const string Tagged = "FROM node_tag f WHERE f.application = $1 AND f.customer = $2";
    private const string TagsOfIt = $"EXISTS (SELECT 1 {Tagged} AND f.cluster = n.cluster AND f.node = n.key";

    /// <summary>The condition; its values are added to those of the statement, of which the first are application and customer.</summary>
    public static string Of(NodeFilter filter, List<object?> values) => Of(filter.Condition, values, contrary: false);

    private static string Of(Condition condition, List<object?> values, bool contrary) => condition switch
    {
        Condition.All all => Joined(all.Of, " AND ", "1 = 1", values, contrary),
        Condition.Any any => Joined(any.Of, " OR ", Nothing, values, contrary),
        Condition.Not not => $"NOT ({Of(not.Of, values, contrary: true)})",
        Condition.Among { Values.Count: 0 } => Nothing,

        // Nodes of a tag are looked up once, and lead the way. In a contrary SQLite would go through all of them for every node: there by key.
        Condition.Among among when among.Field == NodeFields.Tag && !contrary =>
            $"(n.cluster, n.key) IN (SELECT f.cluster, f.node {Tagged} AND f.tag {In(among.Values, values)})",
        Condition.Among among when among.Field == NodeFields.Tag => $"{TagsOfIt} AND f.tag {In(among.Values, values)})",
        Condition.Among among => Columns(among.Field, column => $"{column} {In(among.Values, values)}"),
        Condition.Missing missing when missing.Field == NodeFields.Tag => $"NOT {TagsOfIt} AND f.tag <> '')",
        Condition.Missing { Field: { Kind: FieldKind.Whole, Columns: [var number] } } => $"{number} IS NULL",
        Condition.Missing missing => $"({string.Join(" AND ", missing.Field.Columns.Select(column => $"COALESCE({column}, '') = ''"))})",
        Condition.Like like when like.Field == NodeFields.Tag => $"{TagsOfIt} AND {LikeOf("f.tag", like, values)})",
        Condition.Like like => Columns(like.Field, column => LikeOf(column, like, values)),
        Condition.Compared { Value: long or DateTimeOffset } compared => Columns(
            compared.Field,
            column => $"{column} {Sign(compared.Relation)} {Place(compared.Value is DateTimeOffset at ? at.Text() : compared.Value, values)}"),
        _ => throw NodeFields.Unresolved(),
    };

    private static string Joined(IReadOnlyList<Condition> parts, string by, string none, List<object?> values, bool contrary) =>
        parts.Count == 0 ? none : $"({string.Join(by, parts.Select(part => Of(part, values, contrary)))})";

    private static string Columns(NodeField field, Func<string, string> condition)
    {
        var parts = field.Columns.Select(column => $"{column} IS NOT NULL AND {condition(column)}").ToList();
        return parts is [var one] ? $"({one})" : $"({string.Join(" OR ", parts.Select(part => $"({part})"))})";
    }

    private static string In(IReadOnlyList<object> wanted, List<object?> values) => wanted is [var one]
        ? $"= {Place(one, values)}"
        : $"IN ({string.Join(", ", wanted.Select(value => Place(value, values)))})";

    private static string LikeOf(string column, Condition.Like like, List<object?> values) =>
        $"lower({column}) LIKE {Place(Glob.ToLike(like.Glob), values)} ESCAPE '{Glob.Escape}'";

    private static string Sign(Relation relation) => relation switch
    {
        Relation.Is => "=",
        Relation.Below => "<",
        Relation.AtMost => "<=",
        Relation.AtLeast => ">=",
        _ => ">",
    };

    private static string Place(object value, List<object?> values)
    {
        values.Add(value);
        return FormattableString.Invariant($"${values.Count}");
    }
}
