namespace LinodeEmulator.Faults;

/// <summary>What stands behind the name of an effect.</summary>
internal enum FaultValue
{
    None,
    Time,
    TimeOrNone,
    Number,
    RegionOrNone,
    Action,
}

/// <summary>What is known of an effect: its name, what value it takes, and which requests it can bear on at all.</summary>
internal sealed record EffectKind(string Name, FaultEffect Effect, FaultValue Takes, FaultReach Reach = FaultReach.Everything)
{
    /// <summary>Whether it stays with a Linode: then a chance is drawn once for its label, and a second try meets the same.</summary>
    public bool StaysWithLinode => Effect is FaultEffect.EndlessBoot or FaultEffect.HostGone or FaultEffect.SshLate;

    /// <summary>Whether it bears on the work that a request begins rather than on its answer.</summary>
    public bool IsOfWork => Reach is FaultReach.Boots or FaultReach.Work;
}

/// <summary>Each effect there is, one line each.</summary>
internal static class FaultEffects
{
    /// <summary>In the order of <see cref="FaultEffect"/>.</summary>
    public static IReadOnlyList<EffectKind> All { get; } =
    [
        new("delay", FaultEffect.Delay, FaultValue.Time),
        new("408", FaultEffect.RequestTimeout, FaultValue.None),
        new("429", FaultEffect.TooManyRequests, FaultValue.TimeOrNone),
        new("429-html", FaultEffect.TooManyRequestsHtml, FaultValue.None),
        new("500", FaultEffect.InternalError, FaultValue.None),
        new("502", FaultEffect.BadGateway, FaultValue.None),
        new("503", FaultEffect.Unavailable, FaultValue.None),
        new("maintenance", FaultEffect.Maintenance, FaultValue.None),
        new("cut-before", FaultEffect.CutBefore, FaultValue.None),
        new("cut-after", FaultEffect.CutAfter, FaultValue.None),
        new("slow-boot", FaultEffect.SlowBoot, FaultValue.Number, FaultReach.Boots),
        new("endless-boot", FaultEffect.EndlessBoot, FaultValue.None, FaultReach.Boots),
        new("failed-boot", FaultEffect.FailedBoot, FaultValue.None, FaultReach.Boots),
        new("host-gone", FaultEffect.HostGone, FaultValue.None, FaultReach.Boots),
        new("disk-full", FaultEffect.FullDisk, FaultValue.None, FaultReach.Images),
        new("quota", FaultEffect.LinodeQuota, FaultValue.Number, FaultReach.NewLinodes),
        new("volume-quota", FaultEffect.VolumeQuota, FaultValue.Number, FaultReach.NewVolumes),
        new("sold-out", FaultEffect.SoldOut, FaultValue.RegionOrNone, FaultReach.NewLinodes),
        new("busy", FaultEffect.Busy, FaultValue.None, FaultReach.BusyWork),
        new("attach-refused", FaultEffect.AttachRefused, FaultValue.None, FaultReach.Attachments),
        new("slow-job", FaultEffect.SlowJob, FaultValue.Number, FaultReach.Work),
        new("ssh-late", FaultEffect.SshLate, FaultValue.Time, FaultReach.Boots),
        new("console", FaultEffect.Console, FaultValue.Action, FaultReach.Nothing),
    ];

    /// <summary>What somebody can do to a Linode in the console.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["delete", "shutdown", "reboot", "relabel", "retag", "unfirewall", "detach"];

    public static EffectKind Of(FaultEffect effect) => All.First(known => known.Effect == effect);
}
