using System.Text.Json.Serialization;

namespace LinodeEmulator.State;

/// <summary>The rows as they are kept on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(Disk))]
[JsonSerializable(typeof(UserData))]
[JsonSerializable(typeof(DiskSetup))]
[JsonSerializable(typeof(Config))]
[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(NodeBalancer))]
[JsonSerializable(typeof(BalancerConfig))]
[JsonSerializable(typeof(BalancerNode))]
[JsonSerializable(typeof(Firewall))]
[JsonSerializable(typeof(FirewallDevice))]
[JsonSerializable(typeof(PrivateImage))]
[JsonSerializable(typeof(StackScript))]
[JsonSerializable(typeof(Domain))]
[JsonSerializable(typeof(DomainRecord))]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(SshKey))]
[JsonSerializable(typeof(Tag))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(Journal.Change))]
internal sealed partial class StateJson : JsonSerializerContext;
