namespace LinodeClusterToolkit.Clusters;

/// <summary>How to start a cluster.</summary>
public sealed record StartRequest
{
    /// <summary>Groups to start; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>True starts a group although one that it depends on is off.</summary>
    public bool Force { get; init; }
}

/// <summary>How to stop a cluster.</summary>
public sealed record StopRequest
{
    /// <summary>Groups to stop; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>True goes on where what is to be done before a node stops fails, and stops a group although one that depends on it runs.</summary>
    public bool Force { get; init; }

    /// <summary>True tells the platform's watchdog to leave the stopped nodes alone, until the cluster is started again.</summary>
    public bool WatchdogOff { get; init; }
}

/// <summary>How to delete a cluster.</summary>
public sealed record DeleteRequest
{
    /// <summary>True leaves its volumes, detached.</summary>
    public bool KeepVolumes { get; init; }

    /// <summary>True deletes a node although what is to be done on it before fails.</summary>
    public bool Force { get; init; }
}
