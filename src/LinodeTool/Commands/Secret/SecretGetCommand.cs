using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class SecretGetCommand
{
    private static readonly Guide Guide = new(
        "To see that a secret is there; its value is printed only with --reveal.",
        ["secret get personal-token", "secret get default-root-password --reveal"],
        ["secret list", "secret set"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the secret");
        var reveal = Words.Flag("--reveal", "Print the value");
        return new Verb("get", "Show a secret, masked", Guide, async context =>
        {
            var secrets = context.Toolkit.Secrets;
            var secret = SecretReference.To(context.Value(name)).Name;
            var found = await secrets.FindAsync(secret, context.Cancellation).ConfigureAwait(false) ?? throw new LinodeToolkitException(
                CommandProblems.NoSecret(secret, await secrets.ListAsync(context.Cancellation).ConfigureAwait(false)));
            var document = new SecretDocument(secret) { Value = context.Has(reveal) ? found.Reveal() : null };
            context.View.One(document, SecretView.Shape, shown => [shown.Value ?? found.ToString()]);
            return ExitCode.Done;
        })
        {
            name, reveal,
        };
    }
}
