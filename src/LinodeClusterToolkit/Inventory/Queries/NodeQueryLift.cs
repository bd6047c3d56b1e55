namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>Moves what stores find by their keys out of a condition: <c>tag=x and …</c> goes from the tag to its nodes.</summary>
internal static class NodeQueryLift
{
    /// <summary>A query that lists the same: a tag, cluster, region, group and state that all must have stand in members of their own.</summary>
    /// <remarks>Nodes that are gone are listed where the condition speaks of that state: nobody would ask for it and want none.</remarks>
    public static NodeQuery Lifted(this NodeQuery query)
    {
        if (query.Where is not { } where)
        {
            return query;
        }

        var parts = (where.Condition is Condition.All all ? all.Of : [where.Condition]).ToList();
        var gone = where.Condition.Leaves().OfType<Condition.Among>()
            .Any(part => part.Field == NodeFields.State && part.Values.Contains(nameof(NodeState.Gone)));
        var lifted = query with { IncludeGone = query.IncludeGone || gone };
        foreach (var part in parts.ToList())
        {
            if (part is Condition.Among { Values: [string value] } among && Lift(lifted, among.Field, value) is { } more)
            {
                lifted = more;
                parts.Remove(part);
            }
        }

        return lifted with { Where = parts.Count == 0 ? null : where.With(new Condition.All(parts)) };
    }

    private static NodeQuery? Lift(NodeQuery query, NodeField field, string value) =>
        field == NodeFields.Tag ? Free(query.Tag, value) ? query with { Tag = value } : null
        : field == NodeFields.Cluster ? Free(query.Cluster, value) ? query with { Cluster = value } : null
        : field == NodeFields.Region ? Free(query.Region, value) ? query with { Region = value } : null
        : field == NodeFields.Group ? Free(query.Group, value) ? query with { Group = value } : null
        : field == NodeFields.State ? Free(query.State?.ToString(), value) ? query with { State = Enum.Parse<NodeState>(value) } : null
        : null;

    private static bool Free(string? taken, string value) => taken is null || taken == value;
}
