using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>cluster protect and cluster unprotect.</summary>
internal static class ClusterProtectCommand
{
    private static readonly Guide Protect = new(
        "To have a cluster, and every node of it, refused to be deleted until cluster unprotect; --yes does "
            + "not lift that. A plan says it with protect: yes.",
        ["cluster protect ha-wordpress", "cluster protect ha-wordpress -o json"],
        ["cluster unprotect", "cluster show", "cluster delete"])
    {
        ExitNotes = ["12: another process is at work on it"],
    };

    private static readonly Guide Unprotect = new(
        "To allow a cluster and its nodes to be deleted again, whatever its plan says.",
        ["cluster unprotect ha-wordpress", "cluster unprotect ha-wordpress --dry-run"],
        ["cluster protect", "cluster show", "cluster delete"])
    {
        ExitNotes = ["12: another process is at work on it"],
    };

    public static Verb CreateOn() => Create("protect", "Refuse to delete a cluster", Protect, on: true);

    public static Verb CreateOff() => Create("unprotect", "Allow a cluster to be deleted again", Unprotect, on: false);

    private static Verb Create(string verb, string summary, Guide guide, bool on)
    {
        var name = Words.Required("name", "Name of the cluster");
        return new Verb(verb, summary, guide, async context =>
        {
            var view = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var others = view.Members.Append(view).Where(one => one.Cluster.IsProtected != on).ToList();
            if (others.Count == 0)
            {
                context.Messages.Note($"{Say.Plain(view.Cluster.Name)} is {(on ? "protected already" : "not protected")}; nothing to do");
            }

            foreach (var one in context.DryRun ? [] : others)
            {
                await context.Toolkit.ProtectAsync(one.Cluster.Name, on, context.Cancellation).ConfigureAwait(false);
            }

            var document = ClusterDocument.From(view) with { Protected = on };
            context.View.One(document, ClusterPages.Shape, cluster =>
                [$"{Say.Plain(cluster.Name)} is {(cluster.Protected ? "" : "not ")}protected from deletion"]);
            return ExitCode.Done;
        })
        {
            name,
        };
    }
}
