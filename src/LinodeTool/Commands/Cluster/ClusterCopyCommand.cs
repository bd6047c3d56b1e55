using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterCopyCommand
{
    private static readonly Guide Guide = new(
        "To copy a file or folder to nodes of a cluster, or from one of them. One side is NODE:PATH, or for copies to many GROUP:PATH or '*:PATH'; " +
        "a PATH there that is not absolute starts from the login's own folder. Files become the login's own: to put one where only root may write, " +
        "move it with cluster exec --as-root.",
        ["cluster cp ha-wordpress app.tar.gz webservers:/tmp/", "cluster cp ha-wordpress ndbdata-us-01:/var/log/ndb.log .",
            "cluster cp ha-wordpress ./conf.d '*:conf.d'"],
        ["cluster exec", "cluster ssh", "node list"])
    {
        ExitNotes = ["several nodes: 0, or 7 where it failed on some; they are named at the end"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var source = Words.Required("src", "File or folder to copy");
        var target = Words.Required("dst", "Where to; a folder that is there takes a file into it");
        var parallel = AtOnce.Create();
        return new Verb("cp", "Copy files to and from nodes", Guide, async context =>
        {
            var (from, to, atOnce) = (CopyPlace.Parse(context.Value(source)), CopyPlace.Parse(context.Value(target)), AtOnce.Read(context, parallel));
            Demand(context, from, to);
            await context.PrepareAsync().ConfigureAwait(false);
            var there = to.Of is null ? from : to;
            var nodes = await there.NodesAsync(context, context.Value(name)).ConfigureAwait(false);
            if (there == from && nodes.Count > 1)
            {
                throw new LinodeToolkitException(CommandProblems.ManyToHere(from.Text, nodes.Count));
            }

            if (context.DryRun)
            {
                await Execution.ShowNodesAsync(context, nodes).ConfigureAwait(false);
                return ExitCode.Done;
            }

            return await new Copying(context, from, to).RunAsync(nodes, atOnce).ConfigureAwait(false);
        })
        {
            name, source, target, parallel,
        };
    }

    private static void Demand(ToolContext context, CopyPlace from, CopyPlace to)
    {
        if (from.Of is null == to.Of is null)
        {
            throw new LinodeToolkitException(CommandProblems.OneSideOnNodes(from.Text, to.Text));
        }

        if (from.Of is null && context.Host.FullPath(from.Path) is var path && !Path.Exists(path))
        {
            var near = PlanFiles.Near(from.Path, path);
            throw new LinodeToolkitException(CommandProblems.Unreadable(from.Path, "there is no such file or folder", near));
        }
    }
}
