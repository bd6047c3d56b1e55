using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

/// <summary>Says before anything is made that the keys of new nodes would be lost with the end of this program.</summary>
internal static class KeyKeeping
{
    private const string Forgets = "none";
    private const string ReadsOnly = "environment";

    /// <exception cref="LinodeToolkitException">LCT3007: nobody would get into the nodes any more.</exception>
    public static void Demand(ToolContext context, ClusterPreview preview)
    {
        var store = context.Settings.Text(Keys.SecretStore);
        if (preview.Adds.Nodes == 0 || store is not (Forgets or ReadsOnly))
        {
            return;
        }

        // Whoever is let in by a key of his own can also become root, and so let others in.
        var people = preview.Plan.Nodes.All(node => node.Users.SelectMany(set => preview.Plan.Accounts[set].Users)
            .Any(user => user is { Sudo: true, Login: true, Keys.Count: > 0 }));
        if (store == ReadsOnly || !people)
        {
            throw new LinodeToolkitException(SettingsProblems.KeysNotKept(store, store == Forgets));
        }

        context.Messages.Warn([SettingsProblems.KeysForgotten(preview.Cluster)]);
    }
}
