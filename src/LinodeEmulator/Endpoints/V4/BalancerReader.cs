using System.Globalization;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>A back end as it was sent.</summary>
internal sealed record BalancerNodeDraft(long? Id, string Label, string Address, int Weight, string Mode)
{
    public BalancerNode Put(Cloud cloud, BalancerConfig config, long? keptId = null) => cloud.BalancerNodes.Put(
        new BalancerNode(
            keptId ?? cloud.Counters.Next("balancer_node"), config.Id, config.NodeBalancerId, Label, Address) { Weight = Weight, Mode = Mode });
}

/// <summary>A configuration with its back ends, as they were sent.</summary>
internal sealed record BalancerDraft(BalancerConfig Config, IReadOnlyList<BalancerNodeDraft> Nodes)
{
    public BalancerConfig Put(Cloud cloud, long balancerId, BalancerConfig? keep)
    {
        var config = cloud.BalancerConfigs.Put(Config with { Id = keep?.Id ?? cloud.Counters.Next("balancer_config"), NodeBalancerId = balancerId });
        foreach (var node in Nodes)
        {
            node.Put(cloud, config, keep is null ? null : node.Id);
        }

        return config;
    }
}

/// <summary>Reads configurations of balancers and their back ends.</summary>
internal static class BalancerReader
{
    public static BalancerDraft Read(BodyReader body, Cloud cloud, string region, bool nodesNeeded, BalancerConfig? old = null)
    {
        var config = ReadConfig(body, old ?? new BalancerConfig(0, 0));
        var nodes = (body.Objects("nodes") ?? []).Select(node => ReadNode(node, cloud, region)).ToList();
        if (nodesNeeded && nodes.Count == 0)
        {
            body.Fail("nodes", "A configuration needs at least one node");
        }

        body.Ignore("id", "nodebalancer_id", "nodes_status", "ssl_commonname", "ssl_fingerprint");
        body.Complete();
        return new BalancerDraft(config, nodes);
    }

    public static BalancerNodeDraft ReadNode(BodyReader body, Cloud cloud, string region, BalancerNode? old = null)
    {
        if (old is null)
        {
            body.RequiredText("label");
            body.RequiredText("address");
        }

        var label = LabelRule.BalancerNode.Read(body) ?? old?.Label ?? "";
        var address = body.Text("address");
        if (address is { Length: > 0 } && Complaint(address, cloud, region) is { } complaint)
        {
            body.Fail("address", complaint);
        }

        var node = new BalancerNodeDraft(
            body.Whole("id"),
            label,
            address ?? old?.Address ?? "",
            body.Int("weight", 1, 255) ?? old?.Weight ?? 100,
            body.OneOf("mode", "accept", "reject", "backup", "drain") ?? old?.Mode ?? "accept");
        body.NotEmulated("subnet_id", "vpc_config_id");
        body.Ignore("status", "config_id", "nodebalancer_id");
        body.Complete();
        return node;
    }

    private static BalancerConfig ReadConfig(BodyReader body, BalancerConfig old)
    {
        var protocol = body.OneOf("protocol", "http", "https", "tcp") ?? old.Protocol;
        var check = body.OneOf("check", "none", "connection", "http", "http_body") ?? old.Check;
        var interval = body.Int("check_interval", 2, 3600) ?? old.CheckInterval;
        var timeout = body.Int("check_timeout", 1, 30) ?? old.CheckTimeout;
        if (timeout >= interval)
        {
            body.Fail("check_timeout", "Must be less than check_interval");
        }

        var certificate = body.Text("ssl_cert") is { Length: > 0 } & body.Text("ssl_key") is { Length: > 0 };
        if (protocol == "https" && !certificate && !old.HasCertificate)
        {
            body.Fail("ssl_cert", "https needs ssl_cert and ssl_key");
        }

        var config = old with
        {
            Port = body.Int("port", 1, 65535) ?? old.Port,
            Protocol = protocol,
            Algorithm = body.OneOf("algorithm", "roundrobin", "leastconn", "source") ?? old.Algorithm,
            Stickiness = body.OneOf("stickiness", "none", "table", "http_cookie") ?? old.Stickiness,
            Check = check,
            CheckInterval = interval,
            CheckTimeout = timeout,
            CheckAttempts = body.Int("check_attempts", 1, 30) ?? old.CheckAttempts,
            CheckPath = body.Text("check_path") ?? old.CheckPath,
            CheckBody = body.Text("check_body") ?? old.CheckBody,
            CheckPassive = body.Flag("check_passive") ?? old.CheckPassive,
            ProxyProtocol = body.OneOf("proxy_protocol", "none", "v1", "v2") ?? old.ProxyProtocol,
            CipherSuite = body.OneOf("cipher_suite", "recommended", "legacy") ?? old.CipherSuite,
            HasCertificate = protocol == "https" && (certificate || old.HasCertificate),
        };
        CheckContents(body, config);
        return config;
    }

    private static void CheckContents(BodyReader body, BalancerConfig config)
    {
        if (config.Check is "http" or "http_body" && config.CheckPath.Length == 0)
        {
            body.Fail("check_path", $"check_path is required for check {config.Check}");
        }

        if (config.Check == "http_body" && config.CheckBody.Length == 0)
        {
            body.Fail("check_body", "check_body is required for check http_body");
        }

        if (config.ProxyProtocol != "none" && config.Protocol != "tcp")
        {
            body.Fail("proxy_protocol", "proxy_protocol is for tcp only");
        }
    }

    /// <summary>A back end is the private address of a Linode in the same region, with a port.</summary>
    private static string? Complaint(string text, Cloud cloud, string region)
    {
        var parts = text.Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return "Must be an address and a port, such as 192.168.129.2:80";
        }

        return cloud.Addresses.FindByKey(parts[0]) is { Public: false, LinodeId: not null } address && address.Region == region
            ? null
            : "Must be the private IPv4 address of a Linode in the region of the NodeBalancer";
    }
}
