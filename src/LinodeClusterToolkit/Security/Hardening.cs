using System.Net;

namespace LinodeClusterToolkit.Security;

/// <summary>The script that closes a node, with its data; the same at the first boot and over SSH, so that both end in the same state.</summary>
internal static class Hardening
{
    private const string PostQuantum = "mlkem768x25519-sha256 sntrup761x25519-sha512 sntrup761x25519-sha512@openssh.com";
    private const string Classic = "curve25519-sha256 curve25519-sha256@libssh.org";
    private const string Ciphers = "chacha20-poly1305@openssh.com aes256-gcm@openssh.com aes128-gcm@openssh.com aes256-ctr";
    private const string Macs = "hmac-sha2-512-etm@openssh.com hmac-sha2-256-etm@openssh.com umac-128-etm@openssh.com";
    private const string Ed25519 = "ssh-ed25519 ssh-ed25519-cert-v01@openssh.com sk-ssh-ed25519@openssh.com sk-ssh-ed25519-cert-v01@openssh.com";
    private const string Rsa = "rsa-sha2-512 rsa-sha2-512-cert-v01@openssh.com rsa-sha2-256 rsa-sha2-256-cert-v01@openssh.com";
    private const string Authorities = "ssh-ed25519 sk-ssh-ed25519@openssh.com rsa-sha2-512 rsa-sha2-256";

    /// <summary>When the script runs: at the first boot no service can be waited for.</summary>
    public enum Stage
    {
        /// <summary>First boot, before sshd starts.</summary>
        Boot,

        /// <summary>In a session.</summary>
        Ssh,
    }

    /// <summary>The script for one node.</summary>
    /// <param name="stage">When it runs.</param>
    /// <param name="names">What the node calls itself, its host name first.</param>
    /// <param name="policy">How the node is reached.</param>
    /// <param name="adminKey">Public key of the admin account.</param>
    /// <param name="egress">What the node may call.</param>
    public static ShellScript Script(
        Stage stage, IReadOnlyList<string> names, SshPolicy policy, SshPublicKey adminKey, IReadOnlyCollection<string> egress) =>
        ShellScript.Of("Security", "harden")
            .With("stage", stage == Stage.Boot ? "boot" : "ssh")
            .With("host_name", names[0])
            .With("host_names", string.Join(' ', names.Reverse()))
            .With("admin", policy.Admin)
            .With("admin_key", $"{adminKey.Type} {adminKey.Body}")
            .With("root_login", policy.Root ? "yes" : "no")
            .With("kex", policy.PostQuantumOnly ? PostQuantum : $"{PostQuantum} {Classic}")
            .With("ciphers", Ciphers)
            .With("macs", Macs)
            .With("user_keys", $"{Ed25519} {Rsa}")
            .With("ca_keys", Authorities)
            .With("nft_base", HostFirewall.Base([.. policy.From.Select(IPNetwork.Parse)], egress))
            .With("nft_lockdown", HostFirewall.Lockdown());
}
