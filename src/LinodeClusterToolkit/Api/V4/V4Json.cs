using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>JSON of the wire. Unknown members are passed over, unknown words stay text; a member a record cannot do without must be there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTime), typeof(RevealedSecret)])]
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(AccountSettingsReply))]
[JsonSerializable(typeof(AttachBody))]
[JsonSerializable(typeof(BalancerBody))]
[JsonSerializable(typeof(BalancerNodeChange))]
[JsonSerializable(typeof(BalancerReply))]
[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(ConfigChoice))]
[JsonSerializable(typeof(DiskBody))]
[JsonSerializable(typeof(ErrorsReply))]
[JsonSerializable(typeof(FirewallBody))]
[JsonSerializable(typeof(FirewallDeviceBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(ImageChange))]
[JsonSerializable(typeof(ImageRegionsBody))]
[JsonSerializable(typeof(ImageUploadBody))]
[JsonSerializable(typeof(ImageUploadReply))]
[JsonSerializable(typeof(InstanceBody))]
[JsonSerializable(typeof(InstanceChange))]
[JsonSerializable(typeof(InstanceIpsReply))]
[JsonSerializable(typeof(IpBody))]
[JsonSerializable(typeof(IReadOnlyList<AvailabilityReply>))]
[JsonSerializable(typeof(LabelBody))]
[JsonSerializable(typeof(ProfileReply))]
[JsonSerializable(typeof(ResizeBody))]
[JsonSerializable(typeof(SizeBody))]
[JsonSerializable(typeof(StackScriptBody))]
[JsonSerializable(typeof(TagBody))]
[JsonSerializable(typeof(VolumeBody))]
[JsonSerializable(typeof(VolumeChange))]
[JsonSerializable(typeof(V4Page<AvailabilityReply>))]
[JsonSerializable(typeof(V4Page<BalancerConfigReply>))]
[JsonSerializable(typeof(V4Page<BalancerNodeReply>))]
[JsonSerializable(typeof(V4Page<BalancerReply>))]
[JsonSerializable(typeof(V4Page<ConfigReply>))]
[JsonSerializable(typeof(V4Page<DiskReply>))]
[JsonSerializable(typeof(V4Page<EventReply>))]
[JsonSerializable(typeof(V4Page<FirewallDeviceReply>))]
[JsonSerializable(typeof(V4Page<FirewallReply>))]
[JsonSerializable(typeof(V4Page<ImageReply>))]
[JsonSerializable(typeof(V4Page<InstanceReply>))]
[JsonSerializable(typeof(V4Page<KernelReply>))]
[JsonSerializable(typeof(V4Page<RegionReply>))]
[JsonSerializable(typeof(V4Page<StackScriptReply>))]
[JsonSerializable(typeof(V4Page<TaggedReply>))]
[JsonSerializable(typeof(V4Page<TagReply>))]
[JsonSerializable(typeof(V4Page<TypeReply>))]
[JsonSerializable(typeof(V4Page<VolumeReply>))]
internal sealed partial class V4Json : JsonSerializerContext;
