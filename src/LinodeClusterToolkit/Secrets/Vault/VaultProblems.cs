using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>What can go wrong with a Vault: its address, its token, its policies, its state.</summary>
internal static class VaultProblems
{
    public static Problem InsecureAddress(Uri url) => new(
        "LCT7221", $"the address of the Vault, {(url.IsAbsoluteUri ? url.GetLeftPart(UriPartial.Authority) : url)}, is not safe",
        Why: "its token and the secrets must not travel unencrypted",
        Fix: ["use https", "plain http is for this machine only, e.g. http://127.0.0.1:8200"]);

    public static Problem BadPath(string what, string text) => new(
        "LCT7222", $"'{text}' cannot be the {what} of a Vault",
        Why: "it is made of letters, digits, '.', '_', '-' and '/', and does not climb with '..'",
        Fix: [$"name another {what}"]);

    public static Problem NotConfigured() => new(
        "LCT7223", "it is not said which Vault keeps the secrets, or what to be let in with", Where: "configuration",
        Fix: ["give its address, and a token or the two ids of a role", "or choose another secret store"]);

    public static Problem Refused(string call, Uri? to) => new(
        "LCT7230",
        $"the Vault sends on to {(to is { IsAbsoluteUri: true } ? to.GetLeftPart(UriPartial.Authority) : "another path")}, and that was not followed",
        call, "only a host that is named as one of the same Vault, under the same scheme and for the same call, is sent the token",
        ["give the address of the active node", "or name its host among those of the Vault, if it is one"]);

    public static Problem TokenRefused(string call, string host) => new(
        "LCT3021", "the Vault refuses the token", call,
        $"{host} does not know it: it has expired, was revoked, is of another Vault or namespace, or may not even look at itself",
        ["get a new token", "check the namespace"]);

    public static Problem Forbidden(string call, VaultPlace place) => new(
        "LCT3022", "the token may not do that", call, "it is valid, and no policy of it allows this path",
        [
            $"give it a policy with: path \"{place.PathOf("data", "*")}\" {{ capabilities = [\"create\", \"read\", \"update\"] }}",
            $"and with: path \"{place.PathOf("metadata", "*")}\" {{ capabilities = [\"list\", \"delete\"] }}",
        ]);

    public static Problem NoMount(string call, VaultPlace place, string said) => new(
        "LCT7233", $"there is no key-value engine at '{place.Mount}/'", call, said,
        [$"enable one: vault secrets enable -path={place.Mount} -version=2 kv", "check the mount and the namespace"]);

    public static Problem NotVersion2(string call, VaultPlace place) => new(
        "LCT7234", $"the engine at '{place.Mount}/' is not version 2 of key-value", call, "without versions, writers would lose each other's secrets",
        [$"upgrade it: vault kv enable-versioning {place.Mount}", "or name the mount of another"]);

    public static Problem NoValue(string path) => new(
        "LCT7235", "an entry of the Vault holds no text in its field 'value'", path, "others wrote it, in a form of their own",
        [$"write it as: vault kv put {path} value=…", "or choose another prefix"]);

    public static Problem LoginRefused(string call, string said) => new(
        "LCT3023", "the Vault does not let the role in", call, said.Length > 0 ? said : "the answer has no token",
        ["check the role id, and whether the secret id has been used up or has expired", "check where the method is mounted, and the namespace"]);

    public static Problem WrappingSpent(string call, string said) => new(
        "LCT3024", "the wrapped secret id cannot be opened", call, said,
        ["get a new one", "if nobody you know has opened it, take its role for stolen: destroy the secret id and look who asked"]);

    public static Problem Contended(string name) => new(
        "LCT7238", $"others write '{name}' all the time", name, "between each read and write somebody else's came first",
        ["try again later", "find out who writes it"])
    { Retryable = true };

    public static Problem BadAnswer(string call, int status, string said) => new(
        "LCT7239", $"the Vault answered {status}, which makes no sense here", call,
        said.Length > 0 ? said : "the body is not what belongs to this call",
        ["check that the address is that of a Vault or OpenBao, and what stands before it"]);
}
