namespace LinodeEmulator.State;

internal enum JobStage
{
    Queued,
    Started,

    /// <summary>Its effect can be seen, but the host is not free yet.</summary>
    Settling,
}

/// <summary>Work of the platform that takes time. The jobs of one lane (a Linode, a volume, an image) run one after another.</summary>
internal sealed record Job(long Id, string Lane, string Kind, long Subject, string DrawnFor) : IRow
{
    public JobStage Stage { get; init; }

    /// <summary>When its next stage comes; none while it waits behind another job, or for ever.</summary>
    public DateTime? NextAt { get; init; }

    public long? EventId { get; init; }

    /// <summary>The disk, configuration profile or image it works on beside its subject.</summary>
    public long? Related { get; init; }

    public int? Amount { get; init; }

    public string? Text { get; init; }

    public JobFate Fate { get; init; } = JobFate.Normal;

    public static string LinodeLane(long linodeId) => $"linode/{linodeId}";

    public static string VolumeLane(long volumeId) => $"volume/{volumeId}";

    public static string ImageLane(long imageId) => $"image/{imageId}";
}

/// <summary>What is told of a job of a Linode, while it waits and for good.</summary>
internal sealed record JobRecord(long Id, long LinodeId, string Action, string Label, DateTime Entered) : IRow
{
    public DateTime? Started { get; init; }

    public DateTime? Finished { get; init; }

    public bool Succeeded { get; init; }

    public string Message { get; init; } = "";
}

/// <summary>What a fault makes of a job.</summary>
internal sealed record JobFate(double Slower, bool Never, bool Fails, bool LosesHost)
{
    public static JobFate Normal { get; } = new(1, false, false, false);

    /// <summary>How long SSH does not answer once the link is up.</summary>
    public TimeSpan SshLate { get; init; }
}
