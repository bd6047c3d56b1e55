using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>The cluster's firewall and its rules.</summary>
internal static class FirewallFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        var cluster = scene.Records.Cluster;
        if (scene.Target.NoCloudFirewall)
        {
            yield break;
        }

        if (scene.Records.Made(ResourceKind.Firewall).FirstOrDefault() is not { } made || scene.IsLost(made))
        {
            yield return ChangeRules.FirewallAdded.Of("firewall", "firewall", CreateFirewall.LabelFor(cluster)) with { Why = "it is not in the account" };
            yield break;
        }

        foreach (var drift in scene.Drifts[$"firewall {made.Key}"].Where(drift => drift.Fact.StartsWith("inbound ", StringComparison.Ordinal)
            || drift.Fact.StartsWith("outbound ", StringComparison.Ordinal)))
        {
            yield return ChangeRules.FirewallChanged.Of("firewall", made.Key, made.Label) with
            {
                Fact = drift.Fact, From = drift.Found, To = drift.Recorded,
                Why = drift.Kind == DriftKind.Extra ? "no service of the plan needs it" : "the plan's services and SSH need it",
            };
        }
    }
}
