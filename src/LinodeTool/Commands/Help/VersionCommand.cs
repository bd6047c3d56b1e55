using System.Runtime.InteropServices;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Progress;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class VersionCommand
{
    private static readonly Guide Guide = new(
        "To say in a report what you run.",
        ["version", "version -o json"],
        ["help"]);

    private static readonly Shape<VersionDocument> Shape = new(ToolJson.Default.VersionDocument, version => version.Version,
        [new("name", version => version.Name), new("version", version => version.Version), new("runtime", version => version.Runtime),
            new("system", version => version.System)]);

    public static Verb Create() => new("version", "Print the version", Guide, context =>
    {
        var version = new VersionDocument("linodetool", EventDocument.ToolVersion, RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier);
        context.View.One(version, Shape, shown => [$"{shown.Name} {shown.Version} ({shown.Runtime}, {shown.System})"]);
        return Task.FromResult(ExitCode.Done);
    });
}
