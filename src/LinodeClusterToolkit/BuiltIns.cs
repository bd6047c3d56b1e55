using System.Collections.Frozen;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit;

/// <summary>The switchboard: every plug-in that ships, one line each.</summary>
internal static class BuiltIns
{
    /// <summary>Work in a cluster's life; the order here means nothing, steps say themselves what they come after.</summary>
    public static IReadOnlyList<IGraphPart> GraphParts(ProvisioningTools tools, ConfigurationTools inside) =>
    [
        new Barriers(),
        new Ascent(),
        new Descent(),
        new Turns(),
        new CreateFirewall(tools),
        new CreateBootScript(tools),
        new CreateNodes(tools),
        new LayOutDisks(tools),
        new CreateVolumes(tools),
        new StartNodes(tools),
        new BootNodes(tools),
        new ShutDownNodes(tools),
        new DrainBackends(tools),
        new AddPrivateIps(tools),
        new ResizeNodes(tools),
        new RebuildNodes(tools),
        new ReplaceNodes(tools),
        new SetWatchdogs(tools),
        new CreateBalancers(tools),
        new MatchBackends(tools),
        new EditNodes(tools),
        new EditVolumes(tools),
        new EditBalancers(tools),
        new EditFirewall(tools),
        new SeeStanding(tools),
        new DeleteNodes(tools),
        new DeleteResources(tools),
        new ReachNodes(inside),
        new SecureNodes(inside),
        new EndFirstBoot(inside),
        new MakeAccounts(inside),
        new RotateKeys(inside),
        new ProvisionStorage(inside),
        new VerifyNodes(inside),
        new NameHosts(inside),
        new OpenPorts(inside),
        new RunActions(inside, Configurators.ToDictionary(one => one.Kind.Name, StringComparer.Ordinal)),
        new GrowDisks(inside),
        new RunCommands(inside),
        new EditInside(inside),
        new EditStorage(inside),
        new ProveReady(inside),
        new RecordProgress(inside),
        new ForgetHosts(inside),
        new ForgetNodes(inside),
    ];

    /// <summary>Technologies that configure nodes.</summary>
    public static IReadOnlyList<IConfigurator> Configurators { get; } =
    [
        new StackScriptConfigurator(),
        new CloudInitConfigurator(),
        new AnsibleConfigurator(),
        new LocalAnsibleConfigurator(),
        new ShellConfigurator(),
    ];

    /// <summary>The same as the plan language knows them.</summary>
    public static IReadOnlyList<ActionKind> ActionKinds { get; } = [.. Configurators.Select(one => one.Kind)];

    /// <summary>Forms that clusters are exported in.</summary>
    public static IReadOnlyList<IExporter> Exporters { get; } =
    [
        new AnsibleExport(),
        new AnsibleScriptExport(),
        new SshConfigExport(),
        new HostsExport(),
        new TerraformExport(),
        new JsonExport(),
    ];

    /// <summary>Ways to run a graph, by name.</summary>
    public static FrozenDictionary<string, ITaskExecutor> Executors() =>
        new ITaskExecutor[] { new ParallelExecutor(), new InOrderExecutor() }.ToFrozenDictionary(executor => executor.Name, StringComparer.Ordinal);

    /// <summary>Ways to keep records, by name.</summary>
    /// <param name="more">Those that packages bring.</param>
    public static FrozenDictionary<string, InventoryProvider> Inventories(IEnumerable<InventoryProvider> more) =>
        more.Concat([SqliteInventory.Provider, JsonInventory.Provider]).ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);

    /// <summary>Places secrets are kept in, by scheme; only the one that is chosen is made.</summary>
    /// <param name="folder">Where stores that use files put them.</param>
    /// <param name="options">What the others are told.</param>
    /// <param name="variables">The environment.</param>
    public static FrozenDictionary<string, Func<ISecretStore>> SecretStores(
        string folder, LinodeToolkitOptions options, Func<IReadOnlyDictionary<string, string>> variables) =>
        new Dictionary<string, Func<ISecretStore>>(StringComparer.Ordinal)
        {
            [PlainFileSecretStore.Name] = () => new PlainFileSecretStore(folder),
            ["encrypted"] = () => new EncryptedFileSecretStore(folder + ".age", options.Passphrase),
            ["vault"] = () => VaultSecretStore.Create(options.Vault, options.Time, options.HttpLog),
            ["environment"] = () => new EnvironmentSecretStore(variables),
            ["none"] = () => new MemorySecretStore(),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
