namespace LinodeTool.Settings;

/// <summary>Names of what can be set in a file; an option of the same name beats it.</summary>
internal static class Keys
{
    public const string Output = "output";
    public const string Color = "color";
    public const string Progress = "progress";
    public const string NoInput = "no-input";
    public const string Parallelism = "parallelism";
    public const string MaxMonthlyCost = "max-monthly-cost";
    public const string ApiUrl = "api-url";
    public const string Api = "api";
    public const string CertificateAuthority = "certificate-authority";
    public const string App = "app";
    public const string Customer = "customer";
    public const string Profile = "profile";
    public const string Token = "token";
    public const string Remote = "remote";
    public const string SshConfig = "ssh-config";
    public const string SshJump = "ssh-jump";
    public const string SshWait = "ssh-wait";
    public const string CloudWait = "cloud-wait";
    public const string SecretStore = "secret-store";
    public const string Inventory = "inventory";
    public const string InventoryPassword = "inventory-password";
    public const string Queue = "queue";
    public const string QueuePassword = "queue-password";
    public const string VaultAddress = "vault-address";
    public const string VaultNamespace = "vault-namespace";
    public const string VaultCa = "vault-ca";
    public const string VaultMount = "vault-mount";
    public const string VaultPrefix = "vault-prefix";
    public const string VaultHosts = "vault-hosts";

    public static IReadOnlyList<string> OfProject { get; } =
        [Output, Color, Progress, NoInput, Parallelism, MaxMonthlyCost, App, Customer, SshWait, CloudWait];

    public static IReadOnlyList<string> OfProfile { get; } =
    [
        .. OfProject, ApiUrl, Api, CertificateAuthority, Token, Remote, SshConfig, SshJump, SecretStore, Inventory, InventoryPassword,
        Queue, QueuePassword,
        VaultAddress, VaultNamespace, VaultCa, VaultMount, VaultPrefix, VaultHosts,
    ];

    public static IReadOnlyList<string> OfUser { get; } = [.. OfProfile, Profile];
}
