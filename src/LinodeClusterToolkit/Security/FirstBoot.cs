using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinodeClusterToolkit.Security;

/// <summary>What makes a node closed and known from its first boot on, in the two forms the platform takes.</summary>
internal static class FirstBoot
{
    /// <summary>As user data for cloud-init: gzip in base64, well below the platform's 16 KiB.</summary>
    /// <param name="hardening">The script, for <see cref="Hardening.Stage.Boot"/>.</param>
    /// <param name="host">The host key the node identifies itself with at first.</param>
    /// <param name="parts">What a plan adds; ours goes before them.</param>
    /// <remarks>
    /// Nothing is said of passwords: cloud-init would restart sshd for it, and our own settings forbid them already. cloud-init runs bootcmd before it puts host keys in place and before sshd starts. Without <c>ssh_keys</c> an empty <c>ssh_genkeytypes</c>
    /// would leave a node whose sshd never starts.
    /// </remarks>
    public static Sensitive UserData(ShellScript hardening, SshKeyPair host, params IReadOnlyList<UserDataPart> parts) =>
        UserData(Closing(hardening), host, parts);

    /// <summary>The same for a node made from an image of the account: what was another node's is forgotten first.</summary>
    /// <param name="hardening">The script, for <see cref="Hardening.Stage.Boot"/>.</param>
    /// <param name="host">The host key the node identifies itself with at first.</param>
    /// <param name="parts">What a plan adds; ours goes before them.</param>
    public static Sensitive UserDataOfCopy(ShellScript hardening, SshKeyPair host, params IReadOnlyList<UserDataPart> parts) =>
        UserData(Closing(hardening, host.Public.Body), host, parts);

    private static Sensitive UserData(string closing, SshKeyPair host, IReadOnlyList<UserDataPart> parts)
    {
        using var text = new MemoryStream();
        text.Write("#cloud-config\n"u8);
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, closing, host);
        }

        var ours = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        var whole = parts.Count == 0 ? ours : MultiPart.Of([new("lct", ours), .. parts]);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(whole));
        }

        return new(Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length)));
    }

    /// <summary>Data of the StackScript that does the same on an image without cloud-init.</summary>
    public static IReadOnlyDictionary<string, Sensitive> ScriptData(ShellScript hardening, SshKeyPair host) => new Dictionary<string, Sensitive>
    {
        ["LCT_HARDEN"] = new(Convert.ToBase64String(Encoding.UTF8.GetBytes(hardening.ToString()))),
        ["LCT_HOST_KEY"] = new(Convert.ToBase64String(Encoding.UTF8.GetBytes(host.Private.Reveal()))),
    };

    // bootcmd comes at every boot: from the second on the node closes itself.
    private static string Closing(ShellScript hardening) => $"[ ! -e /etc/lct/base.nft ] || exit 0\n{hardening}";

    // A copy may have the firewall of the node it is a copy of: whose it is, is told by a mark that only this one can have.
    private static string Closing(ShellScript hardening, string own) =>
        $"[ \"$(cat /etc/lct/first 2>/dev/null)\" != {ShellText.Quote(own)} ] || exit 0\n{Forgetting().Call("own_number")}{hardening}"
        + $"printf '%s\\n' {ShellText.Quote(own)} >/etc/lct/first\n";

    /// <summary>The script that takes from a copy what is another node's.</summary>
    public static ShellScript Forgetting() => ShellScript.Of("Security", "forget").Call("forget_parent");

    private static void Write(Utf8JsonWriter json, string closing, SshKeyPair host)
    {
        json.WriteStartObject();
        json.WriteStartArray("bootcmd");
        json.WriteStartArray();
        json.WriteStringValue("sh");
        json.WriteStringValue("-c");
        json.WriteStringValue(closing);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteBoolean("ssh_deletekeys", true);
        json.WriteStartArray("ssh_genkeytypes");
        json.WriteEndArray();
        json.WriteStartObject("ssh_keys");
        json.WriteString("ed25519_private", host.Private.Reveal());
        json.WriteString("ed25519_public", $"{host.Public.Type} {host.Public.Body}");
        json.WriteEndObject();
        json.WriteBoolean("disable_root", false);
        json.WriteBoolean("preserve_hostname", true);
        json.WriteBoolean("manage_etc_hosts", false);
        json.WriteBoolean("resize_rootfs", false);
        json.WriteStartObject("growpart");
        json.WriteString("mode", "off");
        json.WriteEndObject();
        json.WriteStartArray("users");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
