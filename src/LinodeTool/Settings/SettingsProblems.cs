using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeTool.Settings;

/// <summary>What can be wrong with configuration, environment and addresses.</summary>
internal static class SettingsProblems
{
    public static Problem Unreadable(string file, string why) => new(
        "LCT7510", "a configuration file cannot be read", Where: file, Why: why, Fix: ["make it readable for you, or name another with --config"]);

    public static Problem NotYaml(SourcePosition at, string why) => new(
        "LCT7511", "a configuration file is not what it should be", Why: why, Fix: ["write one \"key: value\" a line"]) { Position = at };

    public static Problem UnknownKey(SourcePosition at, string key, IReadOnlyCollection<string> known) => new(
        "LCT7512", $"unknown key \"{key}\" in a configuration file",
        Fix: [.. Hints.Nearest(key, known, 1).Select(name => $"did you mean \"{name}\"?"), $"keys: {string.Join(", ", known)}"]) { Position = at };

    public static Problem NotInProjectFile(SourcePosition at, string key) => new(
        "LCT7513", $"a project file may not set \"{key}\"",
        Why: "such a file comes along with other people's work; where calls go and whose token they carry is yours to say",
        Fix: ["put it into your own configuration file or on the command line"]) { Position = at };

    public static Problem UnknownProfile(string profile, string file, IReadOnlyCollection<string> known) => new(
        "LCT1520", $"no profile \"{profile}\" in {file}",
        Fix: known.Count == 0 ? ["add it below \"profiles:\""] : [$"one of: {string.Join(", ", known)}"]);

    public static Problem NotHttps(string url) => new(
        "LCT1522", $"{url} is not encrypted and not on this machine", Why: "the token would travel in the open", Fix: ["use https://"]);

    public static Problem NotUrl(string url, string source) => new(
        "LCT1523", $"\"{url}\" is not an address of an API", Where: source, Fix: ["give one such as https://api.linode.com"]);

    public static Problem NoToken(string profile, TokenPlaces places, IReadOnlyList<string> looked) => new(
        "LCT3001", "no Linode token found", Why: $"looked at {string.Join(", ", looked)} (profile {profile})",
        Fix: [places.Fix,
            "no account yet? put --emulator before the command: linodetool --emulator …"]);

    public static Problem NoPassphrase(IReadOnlyList<string> looked) => new(
        "LCT3005", "no passphrase for the encrypted secrets", Why: $"looked at {string.Join(", ", looked)}, and nobody could be asked",
        Fix: ["LINODETOOL_PASSPHRASE_FD=3 linodetool … 3<FILE      (reads it from there)", "or run the command at a terminal: it asks"]);

    public static Problem TwoPassphrases() => new(
        "LCT1524", "the two passphrases are not the same", Why: "nothing was stored: what a slip of the finger locks, nobody opens",
        Fix: ["try again"]);

    public static Problem NotVault(string url, string source) => new(
        "LCT1526", $"\"{url}\" is not an address of a Vault", Where: source, Fix: ["give one such as https://vault.example.com:8200"]);

    public static Problem NoVault(string profile) => new(
        "LCT1525", "secrets are to be kept in a Vault, and it is not said in which", Where: $"profile {profile}",
        Fix: ["set VAULT_ADDR", "or put vault-address into your configuration file"]);

    public static Problem NoVaultToken(string address) => new(
        "LCT3006", $"nothing to be let in to the Vault at {address} with", Why: "there is no token, and no role with its secret id",
        Fix: ["set VAULT_TOKEN (vault print token shows the one you are logged in with)", "or VAULT_ROLE_ID and VAULT_SECRET_ID"]);

    public static Problem PasswordInFile(string source) => new(
        "LCT7517", "the address of the inventory has a password in it", Where: source, Why: "a configuration file is no place for secrets",
        Fix: ["linodetool secret set inventory/password -      (asks for it)", "then write inventory-password: secret:inventory/password",
            "or use PGPASSWORD or ~/.pgpass"]);

    public static Problem NoInventoryPassword(string name) => new(
        "LCT3011", $"the password of the inventory is to be in secret {name}, and it is not there", Where: "inventory-password",
        Fix: [$"linodetool secret set {name} -      (asks for it)"]);

    public static Problem QueuePasswordInFile(string source) => new(
        "LCT7518", "the address of the queue has a password in it", Where: source, Why: "a configuration file is no place for secrets",
        Fix: ["linodetool secret set queue/password -      (asks for it)", "then write queue-password: secret:queue/password",
            $"or use {QueueSettings.Password}"]);

    public static Problem QueuePasswordInSight() => new(
        "LCT1536", "the address of the queue has a password in it", Where: "--queue", Why: "everybody on this machine can read command lines",
        Fix: [$"use {QueueSettings.Variable}, or {QueueSettings.Password}"])
    {
        Severity = Severity.Warning,
    };

    public static Problem NoQueuePassword(string name) => new(
        "LCT3015", $"the password of the queue is to be in secret {name}, and it is not there", Where: "queue-password",
        Fix: [$"linodetool secret set {name} -      (asks for it)"]);

    public static Problem NotQueue(string source) => new(
        "LCT1535", "that is no address of a RabbitMQ", Where: source, Fix: ["give one such as amqps://lct@mq.example.com/lct"]);

    public static Problem NoQueue(string profile) => new(
        "LCT7519", "it is not said where the queue of workers is", Where: $"profile {profile}",
        Fix: ["put it into your configuration file: queue: amqps://lct@mq.example.com/lct", "or --queue, or LINODETOOL_QUEUE"]);

    public static Problem NotShared(string inventory) => new(
        "LCT7520", "workers cannot share these records", Where: $"inventory: {inventory}",
        Why: "work is handed out in the transaction that writes it down, which takes PostgreSQL",
        Fix: ["put it into your configuration file: inventory: postgres://lct@db.example.com/lct",
            "what is on record goes there too: linodetool inventory migrate sqlite postgres://…", "linodetool help workers"]);

    public static Problem NoReference(string key, string source) => new(
        "LCT7516", $"{key} should name a secret, and not be one", Where: source, Why: "a configuration file is no place for secrets",
        Fix: ["linodetool secret set my/token -      (asks for it)", $"then write {key}: secret:my/token"]);

    public static Problem NoNamedToken(SecretReference named, string profile) => new(
        "LCT3009", $"the configuration takes the token from the secret {named.Name}, and there is none", Where: $"token, profile {profile}",
        Fix: [$"linodetool secret set {named.Name} -", "or take the line out of the configuration"]);

    public static Problem KeysNotKept(string store, bool forgets) => new(
        "LCT3007", "the keys of the new nodes would not be kept, and nobody could get into them", Where: $"secret-store: {store}",
        Why: forgets ? "this store forgets everything when the program ends" : "this store can only be read",
        Fix:
        [
            "use one that keeps: secret-store: plain, encrypted or vault",
            .. forgets ? ["or give every node a user of yours with keys:, login: yes and sudo: yes"] : (IEnumerable<string>)[],
        ]);

    public static Problem KeysForgotten(string cluster) => new(
        "LCT3008", $"linodetool will not get into the nodes of {cluster} any more once this command has ended", Where: "secret-store: none",
        Why: "their keys are forgotten; the users of the plan get in with theirs", Fix: ["use a store that keeps: plain, encrypted or vault"])
    {
        Severity = Severity.Warning,
    };

    public static Problem TokenFileTooOpen(string file) => new(
        "LCT7514", "a file with a token can be read by others and was not used", Where: file, Fix: [$"chmod 600 {Grammar.Shell.Quote(file)}"]);
}
