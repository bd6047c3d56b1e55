using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Keeping;

/// <summary>A cluster that was to be put into an inventory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="IsNew">False where all of it stood there already.</param>
public sealed record MovedCluster(string Name, ClusterState State, bool IsNew);
