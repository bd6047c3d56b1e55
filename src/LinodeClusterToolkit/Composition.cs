using System.Collections;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

/// <summary>Puts the rooms together; each is made when it is first needed, so that a short command pays for what it uses alone.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly LinodeToolkitOptions options;
    private readonly Redactor redactor = new();
    private readonly Lazy<InventoryPlace> place;
    private readonly Lazy<ISecretStore> secrets;
    private readonly Lazy<OauthSession> oauth;
    private readonly Dictionary<ApiGeneration, Lazy<Workshop>> workshops;
    private readonly Lazy<IRemoteShell> shell;
    private readonly Lazy<NodeLog> log;
    private readonly Lazy<RemoteAccess> remote;

    public Composition(LinodeToolkitOptions options)
    {
        this.options = options;
        place = new(() => options.Place ?? OpenPlace(options.Inventory));
        secrets = new(() => OpenSecrets(options.SecretStore));
        oauth = new(() => new OauthSession(options.ForCloud(), secrets.Value));
        log = new(() => new NodeLog(Own(LogFolder)));
        shell = new(() => new LoggingShell(options.Remote ?? new OpenSshShell(options.Ssh), log.Value, redactor, options.Time));
        remote = new(() => new RemoteAccess(
            shell, secrets.Value, options.MakeKeys, Own(SshFolder), options.SshPatience, options.Time)
        {
            Log = log.Value, Redactor = redactor,
        });
        workshops = Enum.GetValues<ApiGeneration>().ToDictionary(api => api, api => new Lazy<Workshop>(() => WorkshopOf(api)));
    }

    public TimeProvider Time => options.Time;

    public ISecretStore Secrets => secrets.Value;

    /// <summary>Where everything is kept.</summary>
    public IReadOnlyList<string> Folders => [options.DataFolder, options.CacheFolder];

    /// <summary>Whether a file is none to look for secrets in: where the store itself keeps them, or another customer's.</summary>
    public bool IsKeptFromSearch(string file) =>
        (options.SecretStore == PlainFileSecretStore.Name && IsBelow(SecretFolder, file))
        || IsBelow(ExportFolder, file)
        || (new[] { LogFolder, SshFolder, ExportsOfAll }.Any(folder => IsBelow(Path.Combine(folder, ToolkitContext.Others), file) && !IsBelow(Own(folder), file)));

    public KeyPairMaker MakeKeys => options.MakeKeys;

    public IInventoryStore Store => place.Value.Inventory;

    /// <summary>Where work is handed to workers.</summary>
    /// <exception cref="LinodeToolkitException">LCT7161: workers cannot share these records.</exception>
    public WorkBoard Board => FindBoard ?? throw new LinodeToolkitException(WorkProblems.NotShared(options.Inventory));

    /// <summary>The same; null where workers cannot share these records.</summary>
    public WorkBoard? FindBoard => place.Value.Board;

    public WorkAddress AddressOf(string run) => new(options.Context.Application, options.Context.Customer, run);

    public WorkDesk Desk => new(Workshop, this);

    /// <summary>Copies clusters out of the inventory that is in use, and into it.</summary>
    public PlaceCopying Copying => CopyingOf(place.Value);

    public LinodeCatalogSource Catalogs => Workshop.Catalogs;

    /// <summary>What works with the API of these options; <see cref="Workshop.For(ResolvedPlan)"/> gives that of a plan.</summary>
    public Workshop Workshop => workshops[options.Api].Value;

    public NodeLog Log => log.Value;

    public ClusterQueries Queries => new(Store, Catalogs);

    public Conductor ConductorOf(ResolvedPlan plan) => new(Workshop.For(plan));

    public Conductor ConductorOf(ClusterRecord cluster) => new(Workshop.For(cluster));

    public RunControl Control => new(Workshop);

    public NodeSessions Sessions => new(remote.Value, log.Value, Store, Workshop.Journal);

    public ImageShelf Images => new(Workshop, ImageMarks.Of(options.Context));

    public ImageSender ImageSender => new(
        Workshop, ImageMarks.Of(options.Context),
        () => new HttpClient(options.Handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan },
        Path.Combine(Own(options.CacheFolder), "uploads"));

    public ImageDesk ImageDeskOf(ClusterRecord cluster) => new(Workshop.For(cluster), ImageMarks.Of(options.Context));

    public Orphans Orphans => new(Workshop);

    public ClusterSets Sets => new(Store, options.Time);

    public Exports Exports => new(BuiltIns.Exporters, Store, remote.Value, options.Ssh, () => Workshop.Cloud, ExportFolder);

    /// <summary>Files that exports have put below the data folder, unless somebody named another place.</summary>
    public IReadOnlyList<string> Exported =>
        [.. Directory.Exists(ExportFolder) ? Directory.EnumerateFiles(ExportFolder, KeyFolder.Pattern, SearchOption.AllDirectories) : []];

    /// <summary>The way into nodes.</summary>
    public RemoteAccess Remote => remote.Value;

    public HostKeyTrust Trust => new(remote.Value, Workshop);

    public async ValueTask DisposeAsync()
    {
        foreach (var made in workshops.Values.Where(made => made.IsValueCreated && options.Cloud is null))
        {
            (made.Value.Cloud as IDisposable)?.Dispose();
        }

        if (shell.IsValueCreated && options.Remote is null)
        {
            await shell.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (oauth.IsValueCreated)
        {
            oauth.Value.Dispose();
        }

        if (secrets.IsValueCreated && secrets.Value is IAsyncDisposable kept)
        {
            await kept.DisposeAsync().ConfigureAwait(false);
        }

        if (place.IsValueCreated)
        {
            await place.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Workshop WorkshopOf(ApiGeneration api)
    {
        var cloud = options.Cloud ?? (api == ApiGeneration.V3 ? LinodeV3.Create(options.ForV3()) : LinodeV4.Create(ForCloud()));
        return new(
            cloud, new(cloud, new CatalogCache(CacheFile(api), options.Time), ImageMarks.Of(options.Context)), options.Counters, LimitsOf(api), Store, place.Value.Journal,
            secrets.Value, BuiltIns.Executors()["parallel"], BuiltIns.GraphParts,
            remote.Value, place.Value.Leases, options.Time)
        {
            Configurators = BuiltIns.Configurators, Self = options.Self, Patience = new(options.Time, options.CloudPatience),
            Others = other => workshops[other].Value,
        };
    }

    private V4Options ForCloud()
    {
        var mine = options.ForCloud() with { Token = () => Oauth?.Token ?? options.Token(), Renew = RenewAsync };
        return options.Share is { } share ? share(AccountKey(), mine) : mine;
    }

    // Limits are counted by token. One of OAuth is another every two hours: its customer stands for it.
    private string AccountKey()
    {
        var whose = Oauth is null ? options.Token().Reveal() : options.Context.Scope;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.ApiUrl}\n{whose}")))[..32];
    }

    private OauthSession? Oauth => options.TokenIsOauth() ? oauth.Value : null;

    private async Task<bool> RenewAsync(Sensitive refused, CancellationToken cancellation) =>
        Oauth is { } session && await session.RenewAsync(refused, cancellation).ConfigureAwait(false);

    // Calls of version 3 travel together: what they take is no part of a run's bound.
    private static Dictionary<string, CallLimit> LimitsOf(ApiGeneration api) => api == ApiGeneration.V3 ? [] : Enum.GetValues<LimitClass>().ToDictionary(
        limit => limit.ToString(), limit => new CallLimit(LimitRule.Of(limit).Calls, LimitRule.Of(limit).Window), StringComparer.Ordinal);

    /// <summary>A store by its scheme; the one that is in use is not made twice.</summary>
    public ISecretStore SecretsOf(string scheme) => scheme == options.SecretStore ? secrets.Value : OpenSecrets(scheme);

    private ISecretStore OpenSecrets(string scheme)
    {
        var known = BuiltIns.SecretStores(SecretFolder, options, Variables);
        return known.TryGetValue(scheme, out var make) ? new ScopedSecretStore(make(), options.Context.Scope, ToolkitContext.Others) : throw new LinodeToolkitException(new Problem(
            "LCT7021", $"there is no secret store \"{scheme}\"", Where: "configuration",
            Fix: [$"use one of: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}"]));
    }

    public PlaceCopying CopyingOf(InventoryPlace opened) => new(opened, options.Self, options.Time);

    /// <summary>Opens an inventory of that name; whoever calls disposes of it.</summary>
    public InventoryPlace OpenPlace(string name)
    {
        var known = BuiltIns.Inventories(options.Inventories);
        return known.TryGetValue(name, out var provider)
            ? provider.Open(new InventoryRequest(options.DataFolder, options.Context) { Watch = options.CommitWatch })
            : throw new LinodeToolkitException(KeepingProblems.NoSuchInventory(name, known.Keys));
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);

    private static bool IsBelow(string folder, string file) =>
        file.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string LogFolder => options.NodeLogFolder ?? Path.Combine(options.DataFolder, "node-logs");

    private string SshFolder => Path.Combine(options.DataFolder, "ssh");

    private string ExportsOfAll => Path.Combine(options.DataFolder, "exports");

    // A cluster may be called as the folder of all other customers is.
    private string ExportFolder => Path.Combine(Own(ExportsOfAll), "clusters");

    private string SecretFolder => Path.Combine(options.DataFolder, "secrets");

    private string Own(string folder) => Path.Combine(folder, options.Context.Scope);

    // One cache for each API, as an emulator offers other things than the real one; and for each customer, who has images of his own.
    private string CacheFile(ApiGeneration api)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.ApiUrl + (api == ApiGeneration.V3 ? "v3" : "") + options.Context.Scope)))[..12];
        return Path.Combine(options.CacheFolder, $"catalogue-{key}.json");
    }
}
