using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit;

/// <summary>Where the toolkit works and with what; every member has a default that suits one person's own machine.</summary>
public sealed record LinodeToolkitOptions
{
    /// <summary>Folder for inventory and secrets; created 0700 where missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder for what can be fetched again, such as the catalogue; created where missing.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Address of the API, without version.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.linode.com/");

    /// <summary>Which generation of the API is spoken there, unless a plan asks for another.</summary>
    public ApiGeneration Api { get; init; } = ApiGeneration.V4;

    /// <summary>The key of version 3, as <see cref="Token"/> is that of version 4; null where the token is good for both.</summary>
    public Func<Sensitive>? ApiKey { get; init; }

    /// <summary>The token; asked for only when the first call that needs one is made. Throws <see cref="Diagnostics.LinodeToolkitException"/> where there is none.</summary>
    public required Func<Sensitive> Token { get; init; }

    /// <summary>Whether <see cref="Token"/> gives the secret <c>oauth-token</c> of the store: it is then renewed when its two hours are over.</summary>
    public Func<bool> TokenIsOauth { get; init; } = () => false;

    /// <summary>Whose records, secrets and files are used; those of other customers are neither read nor written, wherever they are kept.</summary>
    public ToolkitContext Context { get; init; } = ToolkitContext.Usual;

    /// <summary>Most API calls under way at once.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>The clock; tests bring their own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Sends the requests; null for the platform's own handler.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The cloud itself, for programs that bring their own; null makes one of the members above.</summary>
    public ILinodeCloud? Cloud { get; init; }

    /// <summary>Certificate authority file trusted for the API besides the system's, or null.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>
    /// Name of the way records are kept: <c>sqlite</c> (one file), <c>json</c> (a folder of text files), or one that <see cref="Inventories"/> brings.
    /// </summary>
    public string Inventory { get; init; } = SqliteInventory.Name;

    /// <summary>Ways to keep records that other packages bring.</summary>
    public IReadOnlyList<InventoryProvider> Inventories { get; init; } = [];

    /// <summary>
    /// Name of the secret store: <c>plain</c> (files), <c>encrypted</c> (one file that a passphrase opens), <c>vault</c>, <c>environment</c> (read only)
    /// or <c>none</c> (memory).
    /// </summary>
    public string SecretStore { get; init; } = "plain";

    /// <summary>The passphrase of the secret store <c>encrypted</c>; asked for when secrets are first needed. Null where there is none.</summary>
    public Func<Sensitive>? Passphrase { get; init; }

    /// <summary>The Vault or OpenBao that keeps secrets, where <see cref="SecretStore"/> is <c>vault</c>; asked for only then.</summary>
    public Func<VaultOptions>? Vault { get; init; }

    /// <summary>The way into nodes; null makes one of the OpenSSH client on this machine.</summary>
    public IRemoteShell? Remote { get; init; }

    /// <summary>How the OpenSSH client is used, where <see cref="Remote"/> is null.</summary>
    public SshSettings Ssh { get; init; } = new();

    /// <summary>Folder of the logs of what ran on nodes, one file a node; null puts it into <see cref="DataFolder"/>.</summary>
    public string? NodeLogFolder { get; init; }

    /// <summary>How long a node may take to answer by SSH after the platform says that it runs.</summary>
    public TimeSpan SshPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one thing the platform does for a cluster may take, such as a boot, until it counts as stuck.</summary>
    public TimeSpan CloudPatience { get; init; } = CloudTimes.Deadline;

    /// <summary>Makes key pairs; tests bring their own, which is quick.</summary>
    internal KeyPairMaker MakeKeys { get; init; } = SshKeygen.MakeAsync;

    /// <summary>Who works; tests play several processes.</summary>
    internal LeaseHolder Self { get; init; } = LeaseHolder.Self;

    /// <summary>Stands at every commit of the records; tests let a process end there.</summary>
    internal CommitWatch? CommitWatch { get; init; }

    /// <summary>The place records are kept in, where somebody else has it open; null opens the one of <see cref="Inventory"/>.</summary>
    internal InventoryPlace? Place { get; init; }

    /// <summary>Has the cloud keep its limits, and read its events, together with other processes that use the account of this key; null for nobody.</summary>
    internal Func<string, V4Options, V4Options>? Share { get; init; }

    /// <summary>Counts the calls of the cloud these options make, wherever it is made.</summary>
    internal CallCounters Counters { get; init; } = new();

    /// <summary>Gets a line for each HTTP exchange, with everything secret masked; null for none.</summary>
    public Action<string>? HttpLog { get; init; }

    /// <summary>The part of it that a cloud of version 3 is made with.</summary>
    internal V3Options ForV3() => Filled(new V3Options { Key = ApiKey ?? Token });

    /// <summary>The part of it that a cloud of version 4 is made with.</summary>
    internal V4Options ForCloud() => Filled(new V4Options { Token = Token });

    private T Filled<T>(T options)
        where T : ApiOptions => (T)((ApiOptions)options with
        {
            ApiUrl = ApiUrl,
            Handler = Handler,
            CertificateAuthority = CertificateAuthority,
            Time = Time,
            Parallelism = Parallelism,
            HttpLog = HttpLog,
            Counters = Counters,
        });
}
