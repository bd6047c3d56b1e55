using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Changes;

/// <summary>A script of the account that runs at the first boot of nodes; nodes whose scripts are the same share it.</summary>
/// <param name="Key">Its key among the cluster's resources, which follows from its text.</param>
/// <param name="Text">Its text.</param>
internal sealed record BootScript(string Key, string Text)
{
    private const string Plain = "boot-script";

    /// <summary>What tells its label from that of others of the cluster; empty for the one that does nothing but close nodes.</summary>
    public string Suffix => Key[Plain.Length..];

    /// <summary>The script of a node, or null where it needs none.</summary>
    /// <param name="closes">True where the script closes the node, as its image takes no user data.</param>
    /// <param name="brought">The StackScript of its plan, or null.</param>
    public static BootScript? Of(bool closes, string? brought)
    {
        var text = BootScriptText.Of(closes, brought);
        return brought is null
            ? closes ? new(Plain, text) : null
            : new(KeyOf(text), text);
    }

    /// <summary>Whether a script of that key may have this text; the key of the one that closes nodes says nothing of its text.</summary>
    public static bool MayRead(string key, string text) => key == Plain || key == KeyOf(text);

    private static string KeyOf(string text) => $"{Plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}";
}
