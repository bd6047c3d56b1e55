namespace LinodeClusterToolkit.Changes;

/// <summary>What of a cluster may change, and how: the one table that previews, runs and documentation go by.</summary>
internal static class ChangeRules
{
    public static readonly ChangeRule NodeAdded = new("node.add", "a node is in the plan and not there", ChangeWay.Add,
        "created, configured, put behind its balancers, made known to the others");

    public static readonly ChangeRule NodeUnfinished = new("node.finish", "a node's creation failed or was left half way", ChangeWay.Add,
        "gone on with from where it stands");

    public static readonly ChangeRule NodeAgain = new("node.again", "somebody deleted a node in the account", ChangeWay.Add,
        "created under its old name and number; its volumes are attached again");

    public static readonly ChangeRule NodeRemoved = new("node.remove", "a node is there and not in the plan", ChangeWay.Remove,
        "taken from its balancers, its removing actions done, deleted with its disks") { LosesData = true };

    public static readonly ChangeRule NodeType = new("node.type", "type, where the disks fit the new one", ChangeWay.Reboot,
        "resized while it is off; disks of the platform's own layout grow with it");

    public static readonly ChangeRule NodeTypeTooSmall = new("node.type.small", "type, where the disks do not fit the new one", ChangeWay.Refused,
        "disks do not shrink: add a group of the smaller type, move over, take the old one out");

    public static readonly ChangeRule NodeImage = new("node.image", "image", ChangeWay.Rebuild,
        "its disks are made anew from the image; id, addresses, names and volumes stay") { LosesData = true };

    public static readonly ChangeRule NodeDiskGrown = new("node.disk.size", "size of a disk, upwards, where its node has room", ChangeWay.Reboot,
        "resized while its node is off; the platform grows ext3 and ext4");

    public static readonly ChangeRule NodeDiskShrunk = new("node.disk.smaller", "size of a disk, downwards", ChangeWay.Refused,
        "a filesystem would have to shrink first: rebuild the node by hand, or add a group");

    public static readonly ChangeRule NodeLayout = new("node.disks", "number, order, names or filesystems of disks", ChangeWay.Rebuild,
        "its disks are made anew; id, addresses, names and volumes stay") { LosesData = true };

    public static readonly ChangeRule NodeTags = new("node.tags", "tags", ChangeWay.InPlace, "set through the API; the owner tag stays");

    public static readonly ChangeRule NodeOwner = new("node.owner", "a node lost its owner tag", ChangeWay.InPlace, "tagged again");

    public static readonly ChangeRule NodeGuard = new("node.guard", "a node is not behind the cluster's firewall", ChangeWay.InPlace,
        "put behind it again");

    public static readonly ChangeRule NodeWatchdog = new("node.watchdog", "watchdog", ChangeWay.InPlace, "set through the API");

    public static readonly ChangeRule NodePower = new("node.power", "somebody switched a node off", ChangeWay.InPlace,
        "booted, with the actions of a boot and of a start");

    public static readonly ChangeRule NodePrivateIp = new("node.private-ip", "a node needs an address of its region's own network", ChangeWay.Reboot,
        "one is added, and the node booted again to take it");

    public static readonly ChangeRule NodeOff = new("node.off", "what is to be done inside a node that is stopped", ChangeWay.Refused,
        "start it first, then apply again");

    public static readonly ChangeRule NodeUsers = new("node.users", "users and groups, their keys and rights", ChangeWay.InPlace,
        "made or changed on the node; a user that goes loses shell, keys, groups and sudo, and keeps its files");

    public static readonly ChangeRule NodeSsh = new("node.ssh", "from where SSH is answered, root by key, key exchange, what a node may call",
        ChangeWay.InPlace, "firewall and sshd of the node are written anew");

    public static readonly ChangeRule SshAccount = new("plan.ssh.account", "name of the admin account, or how many nodes share its key",
        ChangeWay.Refused, "the toolkit would lock itself out: make a new cluster; keys are replaced by rotating them");

    public static readonly ChangeRule Services = new("node.services", "services: ports, who provides them, who may call them",
        ChangeWay.InPlace, "firewall sets of the nodes concerned are written anew");

    public static readonly ChangeRule VolumeAdded = new("volume.add", "a volume is in the plan and not there", ChangeWay.Add,
        "created, attached, formatted, mounted; its node goes on running");

    public static readonly ChangeRule VolumeLost = new("volume.again", "somebody deleted a volume in the account", ChangeWay.Add,
        "created anew, empty: what was on it was lost with it");

    public static readonly ChangeRule VolumeGrown = new("volume.size", "size of a volume, upwards", ChangeWay.InPlace,
        "resized, and its filesystem grown where the toolkit made it");

    public static readonly ChangeRule VolumeShrunk = new("volume.smaller", "size of a volume, downwards", ChangeWay.Refused,
        "volumes only grow: add another one under a new name, move over, take the old one out");

    public static readonly ChangeRule VolumeFilesystem = new("volume.fs", "filesystem of a volume", ChangeWay.Refused,
        "it would have to be formatted: add another one under a new name, move over, take the old one out");

    public static readonly ChangeRule VolumeMount = new("volume.mount", "where a volume or disk is mounted", ChangeWay.InPlace,
        "unmounted and mounted again; refused by the node while something uses it");

    public static readonly ChangeRule VolumeLoose = new("volume.attach", "a volume is not attached to its node", ChangeWay.InPlace,
        "attached again, where nobody else has it");

    public static readonly ChangeRule VolumeTags = new("volume.tags", "tags of a volume", ChangeWay.InPlace, "set through the API");

    public static readonly ChangeRule VolumeRemoved = new("volume.remove", "a volume is there and not in the plan", ChangeWay.Remove,
        "unmounted, detached, deleted") { LosesData = true };

    public static readonly ChangeRule BalancerAdded = new("balancer.add", "a balancer is in the plan and not there", ChangeWay.Add,
        "created with its ports and back ends");

    public static readonly ChangeRule BalancerPort = new("balancer.port", "ports of a balancer, their protocol, algorithm, stickiness, check",
        ChangeWay.InPlace, "made, changed or deleted through the API; the other ports go on");

    public static readonly ChangeRule BalancerBackend = new("balancer.backend", "nodes behind a balancer", ChangeWay.InPlace,
        "put behind it once they have started; those that go are drained first");

    public static readonly ChangeRule BalancerRemoved = new("balancer.remove", "a balancer is there and not in the plan", ChangeWay.Remove,
        "deleted; its address is lost") { LosesData = true };

    public static readonly ChangeRule FirewallAdded = new("firewall.add", "the cluster's firewall is not there", ChangeWay.Add,
        "created, and all nodes put behind it");

    public static readonly ChangeRule FirewallChanged = new("firewall.rules", "rules of the cluster's firewall", ChangeWay.InPlace,
        "all rules are written in one call: there is no moment without them");

    public static readonly ChangeRule GroupActions = new("group.actions", "actions, and what they are given", ChangeWay.Later,
        "kept, and done at the next transition they stand at; what was done is not done again");

    public static readonly ChangeRule GroupOrder = new("group.order", "min, depends-on, ready, boot-on-create", ChangeWay.Later,
        "kept, and heeded from the next start on");

    public static readonly ChangeRule GroupNames = new("group.names", "templates of names", ChangeWay.Later,
        "kept, for nodes that are made later: a node keeps its names for good");

    public static readonly ChangeRule PlanOther = new("plan.other", "name, protect, counters and notes of the plan", ChangeWay.Later, "kept");

    public static readonly ChangeRule PlanApi = new("plan.api", "generation of the API", ChangeWay.Refused,
        "what one generation made is not handed to the other: make a new cluster");

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<ChangeRule> All { get; } =
    [
        NodeAdded, NodeUnfinished, NodeAgain, NodeRemoved, NodeType, NodeTypeTooSmall, NodeImage, NodeDiskGrown, NodeDiskShrunk, NodeLayout,
        NodeTags, NodeOwner, NodeGuard, NodeWatchdog, NodePower, NodePrivateIp, NodeOff, NodeUsers, NodeSsh, SshAccount, Services,
        VolumeAdded, VolumeLost, VolumeGrown, VolumeShrunk, VolumeFilesystem, VolumeMount, VolumeLoose, VolumeTags, VolumeRemoved,
        BalancerAdded, BalancerPort, BalancerBackend, BalancerRemoved, FirewallAdded, FirewallChanged,
        GroupActions, GroupOrder, GroupNames, PlanOther, PlanApi,
    ];

    /// <summary>As a table in Markdown.</summary>
    public static string Table() => string.Concat(All.Select(rule =>
        $"| `{rule.Id}` | {rule.When} | {Word(rule.Way)}{(rule.LosesData ? ", loses data" : "")} | {rule.How} |\n").Prepend(
            "| rule | what differs | how | what is done |\n| --- | --- | --- | --- |\n"));

    /// <summary>The way in words.</summary>
    public static string Word(ChangeWay way) => way switch
    {
        ChangeWay.Add => "added",
        ChangeWay.InPlace => "in place",
        ChangeWay.Reboot => "reboot",
        ChangeWay.Rebuild => "rebuild",
        ChangeWay.Remove => "removed",
        ChangeWay.Later => "kept for later",
        _ => "refused",
    };
}
