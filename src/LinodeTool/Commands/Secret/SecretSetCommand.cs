using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class SecretSetCommand
{
    private static readonly Guide Guide = new(
        "To store the API token, the root key of new nodes, or any secret of your own. Without VALUE it is asked for and not shown. " +
        $"Known names: {string.Join(", ", KnownSecrets.All.Select(known => known.Name))}; others are free.",
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
            var secret = SecretReference.To(context.Value(name)).Name;
            var text = await SecretInput.ReadAsync(
                context, secret, context.Perhaps(value), context.Value(fromFile), context.Value(fromEnv)).ConfigureAwait(false);
            var kept = Accept(context, secret, SecretInput.Shown(context.Host, text));
            var replaced = await context.Toolkit.Secrets.SetAsync(secret, kept, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"{secret} {(replaced ? "replaced" : "stored")} in {context.Toolkit.Secrets.Description}");
            return ExitCode.Done;
        })
        {
            name, value, fromFile, fromEnv,
        };
    }

    private static Sensitive Accept(ToolContext context, string secret, string value)
    {
        try
        {
            return KnownSecrets.Accept(secret, value, path => SecretInput.KeyFile(context.Host, path));
        }
        catch (LinodeToolkitException refused) when (refused.Problem.Code == "LCT1021")
        {
            var publicKey = SecretInput.KeyFile(context.Host, value + ".pub") is null ? "FILE.pub" : value + ".pub";
            throw new LinodeToolkitException(CommandProblems.PrivateKey(refused.Problem, publicKey), refused);
        }
    }
}
