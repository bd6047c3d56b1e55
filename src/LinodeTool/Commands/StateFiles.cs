using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Commands;

/// <summary>Reads the Terraform state a command line names; <c>-</c> is standard input.</summary>
internal static class StateFiles
{
    public static TerraformSource Read(ToolContext context, string name)
    {
        if (name == "-")
        {
            return new("stdin", context.Host.In.ReadToEnd());
        }

        var path = context.Host.FullPath(name);
        try
        {
            return new(name, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unreadable(name, PlanFiles.Reason(failure), PlanFiles.Near(name, path)), failure);
        }
    }
}
