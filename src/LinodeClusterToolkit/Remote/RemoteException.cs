using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Remote;

/// <summary>A connection to a node or a command on it that failed.</summary>
public sealed class RemoteException(RemoteStage stage, Problem problem, Exception? inner = null) : LinodeToolkitException(problem, inner)
{
    /// <summary>How far it came.</summary>
    public RemoteStage Stage { get; } = stage;
}
