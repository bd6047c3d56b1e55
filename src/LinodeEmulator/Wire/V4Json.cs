using System.Text.Json.Serialization;
using LinodeEmulator.Endpoints;
using LinodeEmulator.State;

namespace LinodeEmulator.Wire;

/// <summary>What the API answers with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<RegionWire>))]
[JsonSerializable(typeof(List<TypeWire>))]
[JsonSerializable(typeof(List<KernelWire>))]
[JsonSerializable(typeof(List<ImageWire>))]
[JsonSerializable(typeof(List<PublicScript>))]
[JsonSerializable(typeof(List<LegacyId>))]
[JsonSerializable(typeof(ErrorsWire))]
[JsonSerializable(typeof(Page<RegionWire>))]
[JsonSerializable(typeof(List<AvailabilityWire>))]
[JsonSerializable(typeof(Page<AvailabilityWire>))]
[JsonSerializable(typeof(Page<TypeWire>))]
[JsonSerializable(typeof(Page<KernelWire>))]
[JsonSerializable(typeof(Page<ImageWire>))]
[JsonSerializable(typeof(ImageUploadWire))]
[JsonSerializable(typeof(Page<InstanceWire>))]
[JsonSerializable(typeof(Page<DiskWire>))]
[JsonSerializable(typeof(Page<ConfigWire>))]
[JsonSerializable(typeof(Page<AddressWire>))]
[JsonSerializable(typeof(InstanceAddressesWire))]
[JsonSerializable(typeof(Page<EventWire>))]
[JsonSerializable(typeof(Page<FirewallWire>))]
[JsonSerializable(typeof(Page<DeviceWire>))]
[JsonSerializable(typeof(BackupWire))]
[JsonSerializable(typeof(BackupListWire))]
[JsonSerializable(typeof(Page<VolumeWire>))]
[JsonSerializable(typeof(Page<StackScriptWire>))]
[JsonSerializable(typeof(Page<BalancerWire>))]
[JsonSerializable(typeof(Page<BalancerConfigWire>))]
[JsonSerializable(typeof(Page<BalancerNodeWire>))]
[JsonSerializable(typeof(Page<TagWire>))]
[JsonSerializable(typeof(Page<TaggedWire>))]
[JsonSerializable(typeof(AccountWire))]
[JsonSerializable(typeof(SettingsWire))]
[JsonSerializable(typeof(ProfileWire))]
[JsonSerializable(typeof(Page<SshKeyWire>))]
internal sealed partial class V4Json : JsonSerializerContext;
