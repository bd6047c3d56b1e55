namespace LinodeClusterToolkit.Api;

/// <summary>Backups of a node.</summary>
/// <param name="IsEnabled">Whether they are bought.</param>
/// <param name="Day">Day whose backups are kept longest; null or Scheduling where the platform has not chosen yet.</param>
/// <param name="Window">Two hours in UTC in which they are made, e.g. <c>W10</c> from 10:00 on; as for the day.</param>
/// <param name="All">Those there are, open ones included, the newest last.</param>
public sealed record CloudBackups(bool IsEnabled, string? Day, string? Window, IReadOnlyList<CloudBackup> All);

/// <summary>A backup as the cloud has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Label of a snapshot; null for an automatic one.</param>
/// <param name="Type">auto or snapshot.</param>
/// <param name="Status">paused, pending, running, needsPostProcessing, successful, failed or userAborted.</param>
/// <param name="Created">When it was begun, UTC.</param>
/// <param name="Finished">When it was done, UTC.</param>
public sealed record CloudBackup(long Id, string? Label, string Type, string Status, DateTimeOffset? Created, DateTimeOffset? Finished)
{
    /// <summary>Whether it can be restored now.</summary>
    public bool IsAvailable { get; init; }

    /// <summary>Disks in it, with their sizes in MB.</summary>
    public IReadOnlyList<(string Label, int SizeMb)> Disks { get; init; } = [];

    /// <summary>True while it is still being made.</summary>
    public bool IsOpen => Status is "pending" or "running" or "paused" or "needsPostProcessing";
}
