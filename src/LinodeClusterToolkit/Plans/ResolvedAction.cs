using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Plans;

/// <summary>A point in the life of a node at which a plan may have something done.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Transition>))]
public enum Transition
{
    /// <summary>The node is made and can be entered for the first time.</summary>
    Created,

    /// <summary>Its first boot has finished, as the node itself says; its users and filesystems are there.</summary>
    FirstBoot,

    /// <summary>It knows the other nodes, and may talk to those its plan lets it talk to.</summary>
    SshReady,

    /// <summary>At every boot, the first included.</summary>
    Boot,

    /// <summary>Its cluster starts: its own group is there, and the groups it depends on have started.</summary>
    ClusterStarting,

    /// <summary>All nodes of its cluster have started.</summary>
    ClusterStarted,

    /// <summary>All clusters of its region are ready.</summary>
    RegionReady,

    /// <summary>All regions of the plan are ready.</summary>
    PlanReady,

    /// <summary>Its cluster stops: the groups that depend on its own have stopped.</summary>
    ClusterStopping,

    /// <summary>It is about to be deleted.</summary>
    Removing,
}

/// <summary>On which nodes of a group an action runs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunOn>))]
public enum RunOn
{
    /// <summary>On all of them at once.</summary>
    All,

    /// <summary>On the first that is there; not again when nodes are added to a group that stands.</summary>
    First,

    /// <summary>On one after the other; a failure ends it there.</summary>
    EachInTurn,
}

/// <summary>Something that a plan has done to the nodes of a group.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">The technology: shell, ansible, localansible, stackscript, cloudinit.</param>
/// <param name="Target">What follows the colon of its name in the plan.</param>
public sealed record ResolvedAction(Transition At, string Kind, string Target)
{
    /// <summary>Text of the script or document, where it travels with the plan.</summary>
    public string? Text { get; init; }

    /// <summary>The file it was or is read from, as an absolute path.</summary>
    public string? File { get; init; }

    /// <summary>Values given to it, by name; <c>secret:name</c> stands for a secret.</summary>
    public IReadOnlyDictionary<string, string> With { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Its arguments, in order.</summary>
    public IReadOnlyList<string> Arguments { get => field ?? []; init; }

    /// <summary>Account it runs as, or null for root.</summary>
    public string? User { get; init; }

    /// <summary>How long it may take on a node; null leaves it at the usual time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often it is tried again after a failure.</summary>
    public int Retries { get; init; }

    /// <summary>On which nodes of the group.</summary>
    public RunOn RunOn { get; init; }

    /// <summary>Its name in the plan.</summary>
    [JsonIgnore]
    public string Name => $"{Kind}:{Target}";
}

/// <summary>A sign that a node does its work: one of port, command and path is given.</summary>
public sealed record ReadyCheck
{
    /// <summary>TCP port of the node that something listens on; with <see cref="Path"/>, the port that is asked.</summary>
    public int? Port { get; init; }

    /// <summary>Command on the node that ends with exit code 0.</summary>
    public string? Command { get; init; }

    /// <summary>Path asked for by HTTP on the node itself; an answer from 200 to 399 is good.</summary>
    public string? Path { get; init; }

    /// <summary>How long it may take.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(2);
}
