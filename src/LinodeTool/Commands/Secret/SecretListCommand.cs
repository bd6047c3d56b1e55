using LinodeClusterToolkit.Secrets;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class SecretListCommand
{
    private static readonly Guide Guide = new(
        "To see which secrets are stored; never their values.",
        ["secret list", "secret list -o name"],
        ["secret get", "secret set"]);

    public static Verb Create() => new("list", "List the names of secrets", Guide, async context =>
    {
        var names = await context.Toolkit.Secrets.ListAsync(context.Cancellation).ConfigureAwait(false);
        context.View.List([.. names.Select(name => new SecretDocument(name))], SecretView.Shape);
        return ExitCode.Done;
    });
}
