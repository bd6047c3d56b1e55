using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>JSON of answers: names without regard to case, values whatever their JSON type; an id a record cannot do without must be there.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    RespectRequiredConstructorParameters = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(LooseText), typeof(LooseId), typeof(LooseOptionalId), typeof(LooseNumber), typeof(LooseAmount), typeof(LooseFlag), typeof(LooseTime),
    ])]
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(ApiKeyReply))]
[JsonSerializable(typeof(BalancerIdReply))]
[JsonSerializable(typeof(BalancerNodeIdReply))]
[JsonSerializable(typeof(ConfigIdReply))]
[JsonSerializable(typeof(DiskIdReply))]
[JsonSerializable(typeof(DiskJobReply))]
[JsonSerializable(typeof(DomainIdReply))]
[JsonSerializable(typeof(DomainResourceIdReply))]
[JsonSerializable(typeof(ImageJobReply))]
[JsonSerializable(typeof(ImageReply))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<BalancerConfigReply>))]
[JsonSerializable(typeof(IReadOnlyList<BalancerNodeReply>))]
[JsonSerializable(typeof(IReadOnlyList<BalancerPriceReply>))]
[JsonSerializable(typeof(IReadOnlyList<BalancerReply>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigReply>))]
[JsonSerializable(typeof(IReadOnlyList<DatacenterReply>))]
[JsonSerializable(typeof(IReadOnlyList<DiskReply>))]
[JsonSerializable(typeof(IReadOnlyList<DistributionReply>))]
[JsonSerializable(typeof(IReadOnlyList<DomainReply>))]
[JsonSerializable(typeof(IReadOnlyList<DomainResourceReply>))]
[JsonSerializable(typeof(IReadOnlyList<ImageReply>))]
[JsonSerializable(typeof(IReadOnlyList<IpReply>))]
[JsonSerializable(typeof(IReadOnlyList<JobReply>))]
[JsonSerializable(typeof(IReadOnlyList<KernelReply>))]
[JsonSerializable(typeof(IReadOnlyList<LinodeReply>))]
[JsonSerializable(typeof(IReadOnlyList<PlanReply>))]
[JsonSerializable(typeof(IReadOnlyList<StackScriptReply>))]
[JsonSerializable(typeof(IReadOnlyList<VolumeReply>))]
[JsonSerializable(typeof(JobIdReply))]
[JsonSerializable(typeof(LinodeIdReply))]
[JsonSerializable(typeof(NewIpReply))]
[JsonSerializable(typeof(RdnsReply))]
[JsonSerializable(typeof(StackScriptIdReply))]
internal sealed partial class V3Json : JsonSerializerContext;
