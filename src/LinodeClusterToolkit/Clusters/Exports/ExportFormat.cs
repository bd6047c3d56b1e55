using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>A form that other programs take a cluster in.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Summary">What takes it, in a few words.</param>
/// <param name="NeedsKeys">Whether it names files of private keys, which an export then writes.</param>
public sealed record ExportFormat(string Name, string Summary, bool NeedsKeys = false)
{
    /// <summary>Whether the cloud is asked for what is in no record: the ports and back ends of balancers.</summary>
    public bool AsksCloud { get; init; }

    /// <summary>Ends of file names that its reader tells it by, an empty one for names without; none where any name will do.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];
}

/// <summary>A cluster as text for another program.</summary>
/// <param name="Format">The form it is in.</param>
/// <param name="Text">The text; secrets are in none of them, only the names of their files.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="LeftOut">Nodes that it leaves out, since nobody gets to them.</param>
public sealed record ClusterExport(ExportFormat Format, string Text, int Nodes, IReadOnlyList<NodeRecord> LeftOut)
{
    /// <summary>Folder of the private keys and the known host keys; null where the form needs none.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>How many private keys are in it.</summary>
    public int Keys { get; init; }
}
