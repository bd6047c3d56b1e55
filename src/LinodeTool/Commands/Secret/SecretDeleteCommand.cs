using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class SecretDeleteCommand
{
    private static readonly Guide Guide = new(
        "To forget a secret. At a terminal its name has to be typed; in scripts say --yes.",
        ["secret delete personal-token", "secret delete my/old-password --yes"],
        ["secret list"])
    {
        ExitNotes = ["9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the secret");
        return new Verb("delete", "Delete a secret", Guide, async context =>
        {
            var (secrets, secret) = (context.Toolkit.Secrets, SecretReference.To(context.Value(name)).Name);
            var names = await secrets.ListAsync(context.Cancellation).ConfigureAwait(false);
            if (!names.Contains(secret))
            {
                throw new LinodeToolkitException(CommandProblems.NoSecret(secret, names));
            }

            if (!context.DryRun)
            {
                await context.Asker.AgreeToLoseAsync(
                    secret, $"deleting secret {secret}", [$"secret {secret} would be forgotten"]).ConfigureAwait(false);
                await secrets.DeleteAsync(secret, context.Cancellation).ConfigureAwait(false);
            }

            context.Messages.Note($"{secret} {(context.DryRun ? "would be" : "is")} deleted from {secrets.Description}");
            return ExitCode.Done;
        })
        {
            name,
        };
    }
}
