namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>Writes a cluster down for another program.</summary>
internal interface IExporter
{
    /// <summary>What it is asked for by, and for what.</summary>
    ExportFormat Format { get; }

    /// <summary>Whether the way to each node is to be known beforehand; else the user's own configuration is read when it is gone.</summary>
    bool WantsRoutes => false;

    /// <summary>The text; it is the same for the same records, so that two of them can be compared.</summary>
    string Write(ExportSubject subject);
}
