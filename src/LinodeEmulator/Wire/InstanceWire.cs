using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record SpecsWire(int Disk, int Memory, int Vcpus, int Gpus, int Transfer, int AcceleratedDevices);

internal sealed record ScheduleWire(string? Day, string? Window);

internal sealed record BackupsWire(bool Enabled, bool Available, ScheduleWire Schedule, string? LastSuccessful);

internal sealed record InstanceWire(
    long Id, string Label, string Group, string Status, string Created, string Updated, string Type, IReadOnlyList<string> Ipv4, string Ipv6,
    string? Image,
    string Region, string SiteType, SpecsWire Specs, Alerts Alerts, BackupsWire Backups, string Hypervisor, bool WatchdogEnabled,
    IReadOnlyList<string> Tags,
    string HostUuid, bool HasUserData, string? PlacementGroup, string DiskEncryption, long? LkeClusterId, IReadOnlyList<string> Capabilities,
    string InterfaceGeneration, string MaintenancePolicy, IReadOnlyList<string> Locks)
{
    public static InstanceWire Of(Instance row, Cloud cloud) => new(
        row.Id, row.Label, row.Group, row.Status, ApiTime.Text(row.Created), ApiTime.Text(row.Updated), row.Type, [.. Ipv4Of(row, cloud)],
        row.Ipv6 + "/128", row.Image,
        row.Region, cloud.Catalogue.Regions.GetValueOrDefault(row.Region)?.SiteType
            ?? "core", Of(row.Specs), row.Alerts, BackupsOf(row, cloud), "kvm", row.Watchdog,
        row.Tags, row.HostUuid, row.HasUserData, null, row.Encrypted ? "enabled" : "disabled", null, ["SMTP Enabled"],
        "legacy_config", cloud.Account.MaintenancePolicy, []);

    /// <summary>Public addresses before private ones.</summary>
    public static IEnumerable<string> Ipv4Of(Instance row, Cloud cloud) =>
        cloud.Addresses.OwnedBy(row.Id).OrderByDescending(address => address.Public).Select(address => address.Text);

    private static SpecsWire Of(Specs specs) => new(specs.Disk, specs.Memory, specs.Vcpus, specs.Gpus, specs.Transfer, 0);

    // What nobody has chosen stays to be chosen by the platform.
    private static BackupsWire BackupsOf(Instance row, Cloud cloud)
    {
        var last = cloud.Backups.OwnedBy(row.Id).LastOrDefault(backup => backup.Status == Backup.Successful);
        var otherwise = row.BackupsEnabled ? "Scheduling" : null;
        return new(
            row.BackupsEnabled, last is not null, new ScheduleWire(row.ScheduledDay ?? otherwise, row.ScheduledWindow ?? otherwise),
            ApiTime.Text(last?.Finished));
    }
}
