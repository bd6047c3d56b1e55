using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeTrustCommand
{
    private static readonly Guide Guide = new(
        "To accept the host key of a node that was refused because it shows another one than the known. Read the key at the node's console " +
        "(Lish): cat /etc/ssh/ssh_host_ed25519_key.pub; what comes over the refused connection may be anybody's. It takes the place of the " +
        "known keys; at a terminal both fingerprints are shown and agreed to, in scripts say --yes.",
        ["node trust db-1 'ssh-ed25519 AAAAC3Nza…'", "node trust 70001234 ~/db-1.pub --dry-run", "node trust db-1 - --yes -o json"],
        ["node ssh", "node why", "node show"])
    {
        ExitNotes = ["9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var given = Words.Required("key", "Its public host key, or a file that holds it; - reads it from standard input");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("trust", "Accept the host key of a node", Guide, async context =>
        {
            var key = SshPublicKey.Parse(TextOf(context, context.Value(given)), "KEY");
            await context.PrepareAsync().ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            return await TrustAsync(context, node, key).ConfigureAwait(false);
        })
        {
            name, given, cluster,
        };
    }

    private static async Task<ExitCode> TrustAsync(ToolContext context, NodeRecord node, SshPublicKey key)
    {
        string[] before = [.. node.HostKeys.Select(line => SshPublicKey.Parse(line, $"the record of {node.Label}").Fingerprint)];
        var document = new TrustDocument(node.Label, before, key.Fingerprint);
        if (!context.DryRun)
        {
            if (before is [var only] && only == key.Fingerprint)
            {
                context.Messages.Note($"{node.Label} is known by this key already");
            }
            else
            {
                await context.Asker.AgreeToTrustAsync(
                    $"Accept it as the only host key of {node.Label}?", $"accepting another host key of {node.Label}", TrustView.Text(document))
                    .ConfigureAwait(false);
            }

            var trusted = await context.Toolkit.TrustAsync(node, $"{key}", context.Cancellation).ConfigureAwait(false);
            document = new(trusted.Node.Label, trusted.Before, trusted.Now);
        }

        context.View.One(document, TrustView.Shape, TrustView.Text);
        return ExitCode.Done;
    }

    private static string TextOf(ToolContext context, string given) => given switch
    {
        "-" => context.Host.In.ReadToEnd().TrimEnd('\r', '\n'),
        _ when SshPublicKey.LooksLikeKey(given) => given,
        _ => SecretInput.KeyFile(context.Host, given) ?? given,
    };
}
