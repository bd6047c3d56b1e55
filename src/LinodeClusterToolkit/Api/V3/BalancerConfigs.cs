using System.Text.Json.Serialization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Ports of a NodeBalancer, or one of them.</summary>
public sealed record ListBalancerConfigs(long BalancerId, long? ConfigId = null) : V3Operation<IReadOnlyList<BalancerConfigReply>>(
    "nodebalancer.config.list", V3Effect.Looks, V3Json.Default.IReadOnlyListBalancerConfigReply, new()
    {
        { "NodeBalancerID", BalancerId }, { "ConfigID", ConfigId },
    });

/// <summary>Opens a port of a NodeBalancer.</summary>
public sealed record CreateBalancerConfig(long BalancerId, BalancerConfigBody Config) : V3Operation<ConfigIdReply>(
    "nodebalancer.config.create", V3Effect.Makes, V3Json.Default.ConfigIdReply, Config.ToParameters(BalancerId, null));

/// <summary>Changes a port; what is null stays.</summary>
public sealed record UpdateBalancerConfig(long ConfigId, BalancerConfigBody Config) : V3Operation<ConfigIdReply>(
    "nodebalancer.config.update", V3Effect.Sets, V3Json.Default.ConfigIdReply, Config.ToParameters(null, ConfigId));

/// <summary>Closes a port of a NodeBalancer.</summary>
public sealed record DeleteBalancerConfig(long BalancerId, long ConfigId) : V3Operation<ConfigIdReply>(
    "nodebalancer.config.delete", V3Effect.Sets, V3Json.Default.ConfigIdReply, new() { { "NodeBalancerID", BalancerId }, { "ConfigID", ConfigId } });

/// <summary>What a port is: interval and timeout of the check in seconds.</summary>
public sealed record BalancerConfigBody(
    int? Port = null, string? Protocol = null, string? Algorithm = null, string? Stickiness = null, string? Check = null,
    string? CheckPath = null, string? CheckBody = null, int? CheckInterval = null, int? CheckTimeout = null, int? CheckAttempts = null,
    bool? CheckPassive = null, string? SslCert = null, Sensitive? SslKey = null, string? CipherSuite = null)
{
    internal V3Parameters ToParameters(long? balancerId, long? configId) => new()
    {
        { "NodeBalancerID", balancerId }, { "ConfigID", configId }, { "Port", Port }, { "Protocol", Protocol }, { "Algorithm", Algorithm },
        { "Stickiness", Stickiness }, { "check", Check }, { "check_path", CheckPath }, { "check_body", CheckBody },
        { "check_interval", CheckInterval }, { "check_timeout", CheckTimeout }, { "check_attempts", CheckAttempts },
        { "check_passive", V3Digit.Of(CheckPassive) }, { "ssl_cert", SslCert }, { "ssl_key", SslKey }, { "cipher_suite", CipherSuite },
    };
}

/// <summary>A port as the wire has it.</summary>
public sealed record BalancerConfigReply(
    long ConfigId, long? NodeBalancerId = null, int? Port = null, string Protocol = "", string Algorithm = "", string Stickiness = "",
    string Check = "",
    [property: JsonPropertyName("CHECK_PATH")] string CheckPath = "",
    [property: JsonPropertyName("CHECK_BODY")] string CheckBody = "",
    [property: JsonPropertyName("CHECK_INTERVAL")] int? CheckInterval = null,
    [property: JsonPropertyName("CHECK_TIMEOUT")] int? CheckTimeout = null,
    [property: JsonPropertyName("CHECK_ATTEMPTS")] int? CheckAttempts = null,
    [property: JsonPropertyName("CHECK_PASSIVE")] bool? CheckPassive = null,
    [property: JsonPropertyName("SSL_COMMONNAME")] string SslCommonName = "",
    [property: JsonPropertyName("SSL_FINGERPRINT")] string SslFingerprint = "");
