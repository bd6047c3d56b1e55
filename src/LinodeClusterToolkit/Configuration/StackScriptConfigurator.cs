using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>StackScripts of a plan: they ride in the create call, and <see cref="EndFirstBoot"/> waits for their end.</summary>
internal sealed class StackScriptConfigurator : IConfigurator
{
    private const int MostBytes = 65_535;

    public ActionKind Kind { get; } = new(RiderKinds.StackScript, "user/label or an id of a StackScript, or a file")
    {
        Only = [Transition.FirstBoot], OnlyOne = "StackScript", MostBytes = MostBytes, IsElsewhere = IsStored, Check = StackScriptCheck.Of,
    };

    public Problem? Missing() => null;

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) => [];

    // A path that begins with a dot or a slash, or ends in .sh, is a file.
    private static bool IsStored(string target) =>
        target.All(char.IsAsciiDigit)
        || (target.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && target[0] != '.' && !target.EndsWith(".sh", StringComparison.Ordinal));
}
