namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a group of nodes and of what goes into it.</summary>
internal static class GroupKeys
{
    public const int MostNodes = 10_000;

    /// <summary>What a node may call besides services of the plan.</summary>
    public static readonly string[] EgressProfiles = ["dns", "ntp", "packages", "metadata", "ping"];

    private static readonly PlanKey GroupName = new("name", Kinds.Name,
        "Name by which the group is selected, started, stopped and scaled; nodes1, nodes2 … where there is none.");

    public static readonly PlanShape Ready = new("ready check", "A sign that a node does its work.",
    [
        new("port", Kinds.Port, "TCP port of the node that something must listen on; with http, the port that is asked."),
        new("command", Kinds.Verbatim, "Command on the node that must succeed."),
        new("http", Kinds.Verbatim, "Path that the node itself must answer by HTTP, such as /health."),
        new("within", Kinds.Duration, "How long it may take."),
    ]);

    public static readonly PlanShape Action = new("action", "Something done to a node at a transition.",
    [
        new("name", Kinds.Text, "kind:target, where kind is stackscript, cloudinit, ansible, localansible or shell.") { Required = true },
        new("with", new NamesKind(Kinds.Verbatim), "Values for the action; secret:name refers to a secret."),
        new("inline", Kinds.Verbatim, "The script itself, where the name is shell:inline."),
        new("arguments", new ListKind(Kinds.Verbatim), "Arguments of a script."),
        new("user", Kinds.Account, "Account a script runs as; root where it is not said."),
        new("timeout", Kinds.Duration, "How long it may take."),
        new("retries", new WholeKind(0, 100), "How often it is tried again."),
        new("run-on", new WordKind("all", "first", "each-in-turn"), "On all nodes at once, on the first only, or on one after the other."),
    ]);

    public static readonly PlanShape Init = new("init", "How a node is started and what is done to it at each transition.",
    [
        new("boot-on-create", Kinds.Flag, "no leaves the node powered off once it is made."),
        Transition("created", "when the node is made"),
        Transition("firstboot", "when its first boot has finished"),
        Transition("sshready", "when it can be reached by SSH") with { Alias = "sshaccessible" },
        Transition("clusterstarting", "when the cluster starts"),
        Transition("clusterstarted", "when all nodes of the cluster have started") with { Alias = "clusterready" },
        Transition("regionready", "when all clusters of the region are ready"),
        Transition("planready", "when all regions are ready"),
        Transition("clusterstopping", "before the cluster stops"),
        Transition("removing", "before the node is removed"),
        Transition("boot", "at every boot"),
    ]);

    private static readonly PlanKey[] Settings =
    [
        new("type", Kinds.OneOrMany(Kinds.Text),
            "Type of node, or several of which the first that is sold is taken: an id, a label, a size, ram:80GB, an id of 2017."),
        new("count", new WholeKind(1, MostNodes), "How many nodes; 1 where it is not said."),
        new("min", new WholeKind(0, MostNodes), "With fewer ready nodes than this the group has failed; all of them where it is not said."),
        new("tag", Kinds.Tag, "A tag of its nodes."),
        new("tags", new ListKind(Kinds.Tag), "Tags of its nodes."),
        new("image", Kinds.Text, "Image of its nodes: an id or a name such as debian 12."),
        new("nodenames", Kinds.Template, "Label of each node, unique in the account; {cluster}-{region}-{group}-{counter} where it is not said."),
        new("hostnames", Kinds.Template, "What each node calls itself; its label where it is not said."),
        new("publicfqdn", Kinds.Template, "Name of each node's public address."),
        new("privatefqdn", Kinds.Template, "Name of each node's private address."),
        new("users", new ListKind(Kinds.Name), "Names of the sets of users on its nodes."),
        new("provides", new ListKind(Kinds.Name), "Names of the services its nodes run."),
        new("uses", new ListKind(Kinds.Name), "Services its nodes call, and of dns, ntp, packages, metadata and ping what they need."),
        new("storage", new EitherKind(Kinds.Name, new ListKind(new SectionKind(StorageKeys.Item))),
            "Disks and volumes of each node: default for the platform's own, the name of a storage plan, or a list."),
        new("depends-on", new ListKind(Kinds.Text), "Groups or tags that start before it and stop after it."),
        new("ready", new ListKind(new SectionKind(Ready)), "When a node counts as started."),
        new("watchdog", Kinds.Flag, "Whether the platform boots a node again that powered off by itself."),
        new("init", new SectionKind(Init), "How its nodes are started and what is done to them."),
    ];

    public static readonly PlanShape Group = new("node group", "A group of equal nodes.", [GroupName, .. Settings]);

    public static readonly PlanShape Defaults = new("defaults", "What holds for every group that does not say otherwise.", Settings);

    private static PlanKey Transition(string name, string when) =>
        new(name, new ListKind(new SectionKind(Action)), $"Actions {when}, in order.");
}
