using System.Globalization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Actions that a node does by itself at every boot, whoever boots it: they are put there, and the node tells how they ended.</summary>
/// <remarks>
/// What is for one node of a group, for one after the other, or for this machine stays with the boots the toolkit makes: no node alone could
/// arrange it. Values of an action lie on its node, secrets included, readable by root only: a boot may come when nobody is there to ask.
/// </remarks>
internal static class BootActions
{
    // From the first answer by SSH until all services of the node have started.
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What puts an action on a node and waits for its end at this boot.</summary>
    /// <param name="site">The action.</param>
    /// <param name="script">What the node runs.</param>
    /// <param name="account">Whose folder the archive was copied to.</param>
    /// <param name="archive">Files of the action, or null.</param>
    public static ShellScript Of(ActionSite site, ShellScript script, string account = "root", string? archive = null) =>
        ShellScript.Of("Configuration", "boot")
            .With("number", Numbered(site.Number))
            .With("wanted", string.Join(' ', site.OwnBoots.Select(Numbered)))
            .With("name", site.Action.Name)
            .With("retries", site.Action.Retries.ToString(CultureInfo.InvariantCulture))
            .With("text", script.ToString())
            .With("archive", archive ?? "")
            .With("account", account)
            .Call("install")
            .Call("outcome");

    /// <summary>How long its end may take, when one try takes so long.</summary>
    public static TimeSpan LimitOf(ActionSite site, TimeSpan once) => Boot + ((once + LongestPause) * (site.Action.Retries + 1));

    /// <summary>Where a node keeps the files of an action.</summary>
    public static string FilesOf(ActionSite site) => $"/etc/lct/boot.d/{Numbered(site.Number)}/files.tar.gz";

    private static string Numbered(int number) => number.ToString("000", CultureInfo.InvariantCulture);
}
