using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterScaleCommand
{
    private static readonly Guide Guide = new(
        "To have more or fewer nodes of a group, or to take out single ones. New nodes get new numbers, nobody is renamed; one that was taken out comes "
            + "back under its old number and names with --insert. Nodes that go are drained first: by their balancers, then by the plan's removing actions.",
        [
            "cluster scale ha-wordpress webservers=25",
            "cluster scale shop us-east/web=12 memcached=4 --dry-run",
            "cluster scale shop --remove web-us-east-07 --keep-volumes --yes",
            "cluster scale shop --insert web-us-east-07",
        ],
        ["cluster apply", "cluster plan", "node delete"])
    {
        ExitNotes = ["5: there is no such group or node", "9: nodes would be deleted, and nobody agreed to that"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var groups = Words.Any("groups", "GROUP=COUNT: how many nodes a group is to have, in each of its regions or in one (REGION/GROUP)");
        var remove = Words.Many("--remove", "NODE", "Take out this node");
        var insert = Words.Many("--insert", "NODE", "Make a node again that was taken out, under its old number and names");
        var keep = Words.Flag("--keep-volumes", "Keep the volumes of nodes that are deleted");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        return new Verb("scale", "Have more or fewer nodes of a group", Guide, async context =>
        {
            var request = new ScaleRequest(context.Value(name))
            {
                Groups = Counts(context.Value(groups)), Remove = context.Value(remove) ?? [], Insert = context.Value(insert) ?? [],
                KeepVolumes = context.Has(keep),
            };
            if (request.Groups.Count == 0 && request.Remove.Count == 0 && request.Insert.Count == 0)
            {
                throw new LinodeToolkitException(CommandProblems.NothingToScale());
            }

            await context.PrepareAsync().ConfigureAwait(false);
            var preview = await context.Toolkit.PreviewScaleAsync(request, context.Cancellation).ConfigureAwait(false);
            return await ApplyRuns.RunAsync(context, preview, null, context.Has(detach)).ConfigureAwait(false);
        })
        {
            name, groups, remove, insert, keep, detach,
        };
    }

    private static Dictionary<string, int> Counts(string[]? given)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in given ?? [])
        {
            if (word.Split('=') is not [{ Length: > 0 } group, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || !counts.TryAdd(group, count))
            {
                throw new LinodeToolkitException(UsageProblems.BadValue("GROUP=COUNT", word, "a group once, and a whole number", ["webservers=25"]));
            }
        }

        return counts;
    }
}
