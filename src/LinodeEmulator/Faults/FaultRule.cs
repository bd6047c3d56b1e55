namespace LinodeEmulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultEffect
{
    /// <summary>The answer comes later.</summary>
    Delay,

    /// <summary>408 with nothing in it.</summary>
    RequestTimeout,

    /// <summary>429 as the API words it.</summary>
    TooManyRequests,

    /// <summary>429 with the page of a load balancer.</summary>
    TooManyRequestsHtml,

    /// <summary>500.</summary>
    InternalError,

    /// <summary>502 with the page of a load balancer.</summary>
    BadGateway,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>503 with the header that announces maintenance.</summary>
    Maintenance,

    /// <summary>The connection breaks and nothing was done.</summary>
    CutBefore,

    /// <summary>The request is carried out, then the connection breaks.</summary>
    CutAfter,

    /// <summary>Boots take that many times as long.</summary>
    SlowBoot,

    /// <summary>Boots stay started for ever.</summary>
    EndlessBoot,

    /// <summary>Boots end as failed.</summary>
    FailedBoot,

    /// <summary>The machine under the node is lost once it has booted.</summary>
    HostGone,

    /// <summary>A disk made from an image is nearly full from its first boot on. Only real machines have disks.</summary>
    FullDisk,

    /// <summary>The account may have no more Linodes than that.</summary>
    LinodeQuota,

    /// <summary>The account may have no more volumes than that.</summary>
    VolumeQuota,

    /// <summary>The region, or any when none is named, takes no new Linodes.</summary>
    SoldOut,

    /// <summary>Work on a Linode or volume is refused as if other work on it were not done yet.</summary>
    Busy,

    /// <summary>A volume is not attached, and not made where it was to be attached at once.</summary>
    AttachRefused,

    /// <summary>Work other than boots takes that many times as long.</summary>
    SlowJob,

    /// <summary>The SSH port does not answer for that long once the link is up, at each boot. Only real machines have one.</summary>
    SshLate,

    /// <summary>Somebody does something to the Linode in the console, some time after it was made.</summary>
    Console,
}

/// <summary>One thing that goes wrong, and for which requests. What is left open matches everything.</summary>
public sealed record FaultRule(FaultEffect Effect)
{
    /// <summary>Length of a delay, seconds to wait after a 429, how long SSH does not answer.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How many times slower, or how many there may be.</summary>
    public double? Number { get; init; }

    /// <summary>The region that is sold out.</summary>
    public string? Region { get; init; }

    /// <summary>What somebody does in the console, such as <c>delete</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The path behind the version, such as <c>/linode/instances/*</c>; a star stands for any text.</summary>
    public string? Path { get; init; }

    /// <summary>A label in the body, or of the Linode or volume that the request is about; a star stands for any text.</summary>
    public string? Label { get; init; }

    /// <summary>Only the n-th request that matches, and those after it as far as <see cref="Times"/> allows.</summary>
    public int? Nth { get; init; }

    /// <summary>How often at most. With <see cref="Nth"/> it is once unless said.</summary>
    public int? Times { get; init; }

    /// <summary>How likely, from 0 to 1, drawn from the seed and from what is asked: for a request and each repetition of it, or once for each
    /// label where the effect is to stay with the Linode (boots that never end, lost hosts, late SSH, the console).</summary>
    public double? Chance { get; init; }
}
