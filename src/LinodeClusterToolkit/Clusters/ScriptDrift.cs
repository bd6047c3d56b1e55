using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>StackScripts as recorded against StackScripts as seen.</summary>
internal static class ScriptDrift
{
    public static void Compare(DriftRecords records, CloudSight sight, DriftList drifts)
    {
        if (sight.Scripts is null)
        {
            return;
        }

        var owner = records.Cluster.OwnerTag;
        foreach (var made in records.Made(ResourceKind.StackScript))
        {
            var one = Compared.Of(made);
            if (sight.Scripts.FirstOrDefault(script => script.Id == made.CloudId) is not { } found)
            {
                drifts.Add(one, DriftKind.Missing, "stackscript", made.Label, null);
                continue;
            }

            drifts.Hold(one, "label", made.Label, found.Label);
            if (found.Description != owner)
            {
                drifts.Add(one, DriftKind.Changed, "description", owner, found.Description.Length > 0 ? found.Description : null);
            }

            if (found.Script.Length > 0 && !Readings(found.Script).Any(text => BootScript.MayRead(made.Key, text)))
            {
                drifts.Add(one, DriftKind.Changed, "script", "as stored", "another text");
            }
        }

        var known = records.Ids(ResourceKind.StackScript).ToHashSet();
        var labels = records.Made(ResourceKind.StackScript).Select(made => made.Label).ToHashSet(StringComparer.Ordinal);
        var awaited = records.Cluster.State == ClusterState.Creating ? Provisioning.CreateFirewall.LabelFor(records.Cluster) : null;
        foreach (var found in sight.Scripts.Where(script => script.Description == owner && !known.Contains(script.Id)))
        {
            if (awaited is null || labels.Contains(found.Label) || !found.Label.StartsWith(awaited, StringComparison.Ordinal))
            {
                drifts.AddExtra(new("stackscript", found.Label, null, found.Id), "in the account");
            }
        }
    }

    // The platform may keep line ends, and the last of them, in its own way.
    private static IEnumerable<string> Readings(string text)
    {
        var plain = text.ReplaceLineEndings("\n");
        return [text, plain, plain + "\n", plain.TrimEnd('\n')];
    }
}
