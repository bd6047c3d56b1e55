namespace LinodeClusterToolkit.Provisioning;

/// <summary>How long the cloud takes for its part, in seconds, at the slow end of what has been recorded of the real API (2023 to 2026).</summary>
/// <remarks>
/// The slow end, because a cluster is complete when its slowest node is: the bound made of these is what a run can promise.
/// Waits get a deadline far beyond them: a node that exceeds it is stuck, not slow.
/// </remarks>
internal static class CloudTimes
{
    /// <summary>Create with image until running.</summary>
    public const double CreateAndBoot = 105;

    /// <summary>Create with image, not booted, until offline.</summary>
    public const double CreateWithImage = 67;

    /// <summary>Create without image until offline.</summary>
    public const double CreateEmpty = 28;

    /// <summary>Boot on request.</summary>
    public const double Boot = 83;

    /// <summary>Shut down on request: the guest's own part, two minutes at most before power is cut.</summary>
    public const double ShutDown = 30;

    /// <summary>Move a node that is off to another type.</summary>
    public const double Resize = 120;

    /// <summary>Create a disk.</summary>
    public const double Disk = 17;

    /// <summary>Create and attach a volume.</summary>
    public const double Volume = 15;

    /// <summary>Delete a node.</summary>
    public const double Delete = 34;

    /// <summary>In this time a request whose sender is gone has been carried out, or never is.</summary>
    public static readonly TimeSpan Landing = TimeSpan.FromSeconds(5);

    /// <summary>The same for a request whose sender's process died: nobody waited for the end of it.</summary>
    public static readonly TimeSpan LateLanding = TimeSpan.FromMinutes(1);

    /// <summary>In this time connections through a balancer end that were open when their node took no new ones any more.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    /// <summary>After this a node counts as stuck.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);
}
