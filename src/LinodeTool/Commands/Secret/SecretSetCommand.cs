using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class SecretSetCommand
{
    private static readonly Guide Guide = new(
        "To store the API token, the root key of new nodes, or any secret of your own. Without VALUE it is asked for and not shown. " +
        $"Known names: {string.Join(", ", SecretNames.Known)}; others are free.",
        [
            "secret set personal-token -",
            "secret set default-root-ssh-public-key ~/.ssh/id_rsa.pub",
            "secret set personal-token --from-env MY_TOKEN",
        ],
        ["secret list", "secret get", "secret delete"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the secret");
        var value = Words.Perhaps("value", "Its value; - reads it from standard input");
        var fromFile = Words.Text("--from-file", "FILE", "Read the value from a file");
        var fromEnv = Words.Text("--from-env", "VARIABLE", "Take the value from an environment variable");
        return new Verb("set", "Store a secret", Guide, async context =>
        {
            var secret = SecretNames.Check(context.Value(name));
            var text = await SecretInput.ReadAsync(
                context, secret, context.Perhaps(value), context.Value(fromFile), context.Value(fromEnv)).ConfigureAwait(false);
            var kept = secret == SecretNames.PublicKey ? PublicKeys.Read(context.Host, text) : text;
            if (kept.Length == 0)
            {
                throw new LinodeToolkitException(CommandProblems.EmptySecret(secret));
            }

            var replaced = await context.Toolkit.Secrets.SetAsync(secret, new Sensitive(kept), context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"{secret} {(replaced ? "replaced" : "stored")} in {context.Toolkit.Secrets.Description}");
            return ExitCode.Done;
        })
        {
            name, value, fromFile, fromEnv,
        };
    }
}
