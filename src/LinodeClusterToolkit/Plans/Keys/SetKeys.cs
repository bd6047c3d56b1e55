namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a plan of plans.</summary>
internal static class SetKeys
{
    public static readonly PlanShape Member = new("cluster of a set", "A cluster of a set, with a plan of its own.",
    [
        new("name", Kinds.Name, "Name of the cluster within the set; its own is that of the set, a hyphen, and this.") { Required = true },
        new("plan", Kinds.Text, "File of its plan, from the folder of this one.") { Required = true },
        new("after", new ListKind(Kinds.Name), "Clusters of the set that start before it and stop after it."),
    ]);

    public static readonly PlanShape Set = new("plan of plans", "Clusters that start after and stop before each other.",
    [
        new("version", new VersionKind(1), "Version of the plan language.") { Required = true },
        new("name", Kinds.Text, "Name of the set, for people."),
        new("clusters", new ListKind(new SectionKind(Member)), "Its clusters.") { Required = true },
    ]);
}
