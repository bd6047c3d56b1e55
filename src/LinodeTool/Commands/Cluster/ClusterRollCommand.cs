using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterRollCommand
{
    private static readonly Guide Guide = new(
        "To reboot or rebuild the nodes of a group, or run a command on them, some at a time while the others work. A node leaves its "
            + "balancers, is drained as the plan says (clusterstopping), comes up, and shows the plan's signs of work (ready) before the next "
            + $"begin; one that fails ends it. {NodeCommand.Rule} It runs as root, for 30 minutes at most.",
        [
            "cluster roll ha-wordpress webservers --reboot --max-unavailable 2",
            "cluster roll ha-wordpress webservers --rebuild --dry-run",
            "cluster roll ha-wordpress ndbdata -- 'apt-get -y upgrade'",
        ],
        ["cluster restart", "cluster exec", "cluster retry", "node reboot"])
    {
        ExitNotes = ["7: a node failed; the same command, or cluster retry, goes on with it", "9: not agreed to; a rebuild without terminal needs --yes"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var group = Words.Required("group", "Group whose nodes have their turns");
        var reboot = Words.Flag("--reboot", "Shut each node down and boot it");
        var rebuild = Words.Flag("--rebuild", "Make the disks of each node anew; volumes and addresses stay");
        var image = Words.Text("--image", "IMAGE", "Image they are rebuilt from; the one they have unless said");
        var most = Rolling.MaxUnavailable();
        var region = Words.Text("--region", "ID", "Only nodes in this region");
        var force = Rolling.Force();
        var detach = Words.Flag("--detach", "Go on in the background");
        var command = new Rest("Command and its arguments", Needed: false);
        return new Verb("roll", "Reboot, rebuild or change nodes of a group in turns", Guide, async context =>
        {
            var words = context.Value(command);
            var (isReboot, isRebuild, isCommand) = (context.Has(reboot), context.Has(rebuild), words.Count > 0);
            if ((isReboot && isRebuild) || (isCommand && (isReboot || isRebuild)))
            {
                throw new LinodeToolkitException(UsageProblems.Contradiction(
                    isReboot ? "--reboot" : "--rebuild", isCommand ? "a command after --" : "--rebuild"));
            }

            if (!isReboot && !isRebuild && !isCommand)
            {
                throw new LinodeToolkitException(CommandProblems.NothingToRoll(context.Line("cluster roll NAME GROUP")));
            }

            if (context.Value(image) is not null && !isRebuild)
            {
                throw new LinodeToolkitException(CommandProblems.OnlyWith("--image", "--rebuild"));
            }

            var request = new RollRequest
            {
                Group = context.Value(group), Kind = isCommand ? RollKind.Command : isRebuild ? RollKind.Rebuild : RollKind.Reboot,
                MaxUnavailable = Rolling.Read(context, most), Region = context.Value(region), Image = context.Value(image),
                Command = isCommand ? NodeCommand.Words(words) : [], Force = context.Has(force),
            };
            await context.PrepareAsync().ConfigureAwait(false);
            return await Rolling.RunAsync(context, context.Value(name), request, context.Has(detach)).ConfigureAwait(false);
        })
        {
            name, group, reboot, rebuild, image, most, region, force, detach,
        }.Taking(command);
    }
}
