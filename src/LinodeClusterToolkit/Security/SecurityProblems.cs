using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>What can be wrong with keys, references and private files.</summary>
internal static class SecurityProblems
{
    public static Problem PrivateKey(string source) => new(
        "LCT1021", $"{source} is a private key; nothing was stored", Why: "only the public half belongs on servers; the private one stays with you",
        Fix: [Path.GetExtension(source) == "" && source.Contains('/') ? $"give {source}.pub" : "give the public key, the file that ends in .pub"]);

    public static Problem NoSecretName(string name) => new(
        "LCT1030", $"'{name}' cannot be the name of a secret",
        Why: "a name is made of a-z, 0-9, '.', '_', '-' and '/', begins with a letter or digit, and has no '..' and no empty part",
        Fix: ["choose another name, e.g. default-root-password"]);

    public static Problem NoPublicKey(string source, string why) => new(
        "LCT1031", $"{source} is not an SSH public key", Why: why, Fix: ["give a line such as: ssh-ed25519 AAAAC3… you@example.org"]);

    public static Problem NoReference(string text) => new(
        "LCT1033", $"'{text}' does not refer to a secret", Fix: ["write secret:NAME, e.g. secret:default-root-password"]);

    public static Problem TooWide(string path, string mode, string wanted) => new(
        "LCT7201", $"others can read {path}", Where: path,
        Why: $"its mode is {mode}; it may hold secrets, so no more than {wanted} is accepted",
        Fix: [$"chmod {wanted} '{path}'"]);

    public static Problem IsLink(string path, string target) => new(
        "LCT7202", $"{path} is a symbolic link", Where: path, Why: $"it leads to {target}; a link could send a secret anywhere",
        Fix: ["put the file itself in its place"]);

    public static Problem CannotUse(string path, string why) => new(
        "LCT7203", $"cannot read or write {path}", Where: path, Why: why,
        Fix: ["check the rights on it and on its folder, and the room on the disk"]);

    public static Problem NulInCommand() => new(
        "LCT1037", "a command or its data holds a NUL character", Why: "no shell can take one", Fix: ["send such data as a file"]);

    public static Problem NoKeygen(string why) => new(
        "LCT7204", "no SSH key could be made", Where: "ssh-keygen", Why: why, Fix: ["install the OpenSSH client (Debian: apt-get install openssh-client)"]);

    public static Problem NoPrivateKey(string source) => new(
        "LCT7205", $"{source} is no private key of OpenSSH", Where: source, Fix: ["delete it where it is kept, and let a new one be made"]);

    public static Problem UnreadableAuthority(string file, string why) => new(
        "LCT7050", "the certificate authority cannot be read", file, why, ["name a file with certificates in PEM form"]);
}
