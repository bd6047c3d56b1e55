namespace LinodeEmulator.Faults;

/// <summary>Which requests an effect can bear on at all. The others neither meet it nor use it up.</summary>
internal enum FaultReach
{
    Everything,

    /// <summary>No request: it comes about by itself.</summary>
    Nothing,

    /// <summary>What boots a Linode.</summary>
    Boots,

    /// <summary>What makes a disk from an image.</summary>
    Images,

    NewLinodes,

    NewVolumes,

    /// <summary>What the platform refuses while other work is not done, unless a rule names other requests.</summary>
    BusyWork,

    /// <summary>What attaches a volume.</summary>
    Attachments,

    /// <summary>Whatever may begin work.</summary>
    Work,
}

/// <summary>A request as faults look at it.</summary>
internal sealed record FaultedRequest(string Method, string Path, string Route)
{
    private const string Linodes = "linode/instances";
    private const string Linode = Linodes + "/{linodeId}";
    private const string Volume = "volumes/{volumeId}";

    /// <summary>The labels in it, that of what it is done to first.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Where something is to be made, as far as the body tells.</summary>
    public string? Region { get; init; }

    /// <summary>Whether the body names a Linode that something is to be put on.</summary>
    public bool NamesLinode { get; init; }

    /// <summary>What it is about, as far as it has a name of its own: ids depend on who came first.</summary>
    public string? Thing => Labels.Count > 0 ? Labels[0] : null;

    /// <summary>The same for each repetition of the request.</summary>
    public string Asked => $"{Method} {Route} {Thing ?? Path}";

    private bool IsPost => Method == "POST";

    /// <summary>Whether it came by the older face of the API, which knows no busy Linodes and asks for everything by one method.</summary>
    public bool IsV3 => Route.StartsWith("v3/", StringComparison.Ordinal);

    public bool IsWithin(FaultReach reach, bool isNamed) => (IsV3, reach) switch
    {
        (_, FaultReach.Everything) => true,
        (true, _) => IsWithinV3(reach),
        _ => IsWithinV4(reach, isNamed),
    };

    private bool IsWithinV3(FaultReach reach) => reach switch
    {
        FaultReach.Boots => Route is "v3/linode.boot" or "v3/linode.reboot",
        FaultReach.Images =>
            Route is "v3/linode.disk.createfromdistribution" or "v3/linode.disk.createfromstackscript" or "v3/linode.disk.createfromimage",
        FaultReach.NewLinodes => Route is "v3/linode.create" or "v3/linode.clone",
        FaultReach.NewVolumes => Route is "v3/volume.create" or "v3/volume.clone",
        FaultReach.Attachments => Route is "v3/volume.create" or "v3/volume.update" && NamesLinode,
        FaultReach.Work => true,
        _ => false,
    };

    private bool IsWithinV4(FaultReach reach, bool isNamed) => reach switch
    {
        FaultReach.Boots => IsPost && Route is Linodes or $"{Linode}/boot" or $"{Linode}/reboot" or $"{Linode}/rebuild",
        FaultReach.Images => IsPost && Route is Linodes or $"{Linode}/rebuild" or $"{Linode}/disks",
        FaultReach.NewLinodes => IsPost && Route is Linodes,
        FaultReach.NewVolumes => IsPost && Route is "volumes",
        FaultReach.BusyWork => isNamed || IsRefusedWhileBusy,
        FaultReach.Attachments => IsPost && (Route is $"{Volume}/attach" || (Route is "volumes" && NamesLinode)),
        FaultReach.Work => Method is "POST" or "DELETE",
        _ => false,
    };

    private bool IsRefusedWhileBusy => (Method, Route) is
        ("POST", $"{Linode}/boot" or $"{Linode}/reboot" or $"{Linode}/shutdown" or $"{Linode}/rebuild" or $"{Linode}/resize" or $"{Linode}/disks"
            or $"{Linode}/disks/{{diskId}}/resize" or $"{Volume}/attach" or $"{Volume}/detach" or $"{Volume}/resize")
        or ("DELETE", $"{Linode}/disks/{{diskId}}" or Volume);
}
