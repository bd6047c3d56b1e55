using System.CommandLine;
using LinodeClusterToolkit;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeTool.Consent;
using LinodeTool.Emulators;
using LinodeTool.Grammar;
using LinodeTool.Host;
using LinodeTool.Output;
using LinodeTool.Settings;

namespace LinodeTool;

/// <summary>What a verb works with; everything is made on first use, since most commands need little.</summary>
internal sealed class ToolContext : IAsyncDisposable
{
    private readonly ParseResult parsed;
    private readonly Lazy<Folders> folders;
    private readonly Lazy<LinodeToolkit> toolkit;
    private readonly Dictionary<ApiGeneration, TokenFinder> tokens;
    private EmulatorRecord? emulator;

    public ToolContext(ToolHost host, Root root, ParseResult parsed, IReadOnlyList<string> words)
    {
        (Host, Root, this.parsed, Words) = (host, root, parsed, words);
        Settings = ToolSettings.Read(host, root.Globals, parsed);
        if (Has(root.Globals.Wait) && Has(root.Globals.NoWait))
        {
            throw new LinodeToolkitException(UsageProblems.Contradiction("--wait", "--no-wait"));
        }

        folders = new(() => UsesEmulator ? ProfileFolders.ForEmulator() : ProfileFolders);
        toolkit = new(() => new LinodeToolkit(ToolkitOptions()));
        tokens = Tokens(name => Toolkit.Secrets.FindAsync(name, Cancellation).GetAwaiter().GetResult());
        View = new ResultView(host.Out, Format(Settings), Columns(), !Has(root.Globals.NoHeader));
        Messages = new Messages(
            host.Error, Ink.For(host, Color, host.ErrorIsTerminal), Has(root.Globals.Quiet), Settings.Text(Keys.Output) == "json");
        Asker = new Asker(host, CanAsk, Has(root.Globals.Yes), Settings.Money(Keys.MaxMonthlyCost));
    }

    public ToolHost Host { get; }

    public Root Root { get; }

    /// <summary>The command line as typed, without the program's name.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The command line for people to paste.</summary>
    public string CommandLine => "linodetool " + string.Join(' ', Words.Select(Shell.Quote));

    /// <summary>A command of the tool that works where this one does, for people to paste.</summary>
    /// <param name="words">Noun, verb and what follows, quoted where they need it.</param>
    public string Line(string words)
    {
        var all = Root.Globals;
        var options = new[] { all.Profile, all.Config, all.ApiUrl, all.Api, all.App, all.Customer };
        var given = options.Where(option => Value(option) is not null).Select(option => $"{option.Name} {Shell.Quote(Value(option)!)}");
        return string.Join(' ', [.. UsesEmulator ? (IEnumerable<string>)["linodetool", "--emulator"] : ["linodetool"], .. given, words]);
    }

    public ToolSettings Settings { get; }

    public ResultView View { get; }

    public Messages Messages { get; }

    public Asker Asker { get; }

    public Folders Folders => folders.Value;

    public LinodeToolkit Toolkit => toolkit.Value;

    public bool UsesEmulator => Has(Root.Globals.Emulator);

    /// <summary>True forbids every request; set it before the first use of <see cref="Toolkit"/>.</summary>
    public bool IsOffline { get; set; }

    /// <summary>Ways to keep records that a command needs beside the configured one; set it before the first use of <see cref="Toolkit"/>.</summary>
    public IReadOnlyList<InventoryProvider> MoreInventories { get; set; } = [];

    /// <summary>How records are kept.</summary>
    public InventorySettings Inventory =>
        new(Host, Settings, UsesEmulator, name => Toolkit.Secrets.FindAsync(name, Cancellation).GetAwaiter().GetResult());

    /// <summary>The queue of workers.</summary>
    public QueueSettings Queue =>
        new(Host, Settings, UsesEmulator, name => Toolkit.Secrets.FindAsync(name, Cancellation).GetAwaiter().GetResult());

    /// <summary>What the toolkit is told for one customer, by the same settings: for workers, which serve all of them.</summary>
    /// <param name="customer">Application and customer.</param>
    /// <param name="providers">Ways to keep records.</param>
    /// <param name="find">Value of a secret of that customer, or null.</param>
    /// <param name="passphrase">The passphrase of encrypted secrets.</param>
    public LinodeToolkitOptions OptionsOf(
        ToolkitContext customer, IReadOnlyList<InventoryProvider> providers, Func<string, Sensitive?> find, Func<Sensitive> passphrase)
    {
        var own = Tokens(find);
        return ToolkitOptions() with
        {
            Context = customer, Inventories = providers, Passphrase = passphrase,
            Token = () => own[ApiGeneration.V4].Find().Token, ApiKey = () => own[ApiGeneration.V3].Find().Token,
            TokenIsOauth = () => own[ApiGeneration.V4].Find().Secret == KnownSecrets.OauthToken,
        };
    }

    /// <summary>The passphrase of encrypted secrets: asked for anew with each call.</summary>
    public Sensitive FindPassphrase() =>
        new PassphraseFinder(Host, CanAsk && !IsOffline ? Ask : null, Path.Combine(Folders.Data, "secrets.age")).Find();

    /// <summary>Whose records are meant.</summary>
    public ToolkitContext Customer =>
        new(Settings.Text(Keys.App) ?? ToolkitContext.Usual.Application, Settings.Text(Keys.Customer) ?? ToolkitContext.Usual.Customer);

    /// <summary>True where nodes are records: what is to run on them is kept, and nothing happens. Known once <see cref="PrepareAsync"/> has ended.</summary>
    public bool NothingRuns => RemoteSettings.IsRecorder(Settings, HasMachines);

    public bool DryRun => Has(Root.Globals.DryRun);

    /// <summary>Ends whatever is waited for when a signal comes; runs use the two tokens of <see cref="Interrupt"/> instead.</summary>
    public CancellationToken Cancellation => Host.Interrupt.Stop;

    public string Color => Settings.Choice(Keys.Color, "auto", "auto", "always", "never");

    /// <summary>The longest wait asked for, or null.</summary>
    public TimeSpan? Timeout => Value(Root.Globals.Timeout) is { } text ? Durations.Parse("--timeout", text) : null;

    /// <summary>Where the token is, or null where there is none: a preview can do without.</summary>
    /// <param name="api">Generation of the API it is for; null for the profile's.</param>
    public string? FindTokenSource(ApiGeneration? api = null) => UsesEmulator ? TokenSource(api) : tokens[api ?? Api].TryFind()?.Source;

    /// <summary>Where the token was found. Looks only when asked.</summary>
    public string TokenSource(ApiGeneration? api = null) => UsesEmulator ? "the emulator" : tokens[api ?? Api].Find().Source;

    // What the configuration names is for the profile's own generation of the API.
    private Dictionary<ApiGeneration, TokenFinder> Tokens(Func<string, Sensitive?> find) => Enum.GetValues<ApiGeneration>().ToDictionary(
        api => api,
        api => new TokenFinder(Host, Settings.Profile, api == Api ? Settings.Secret(Keys.Token) : null, find, TokenPlaces.Of(api)));

    private bool CanAsk => Host.InIsTerminal && Host.ErrorIsTerminal && Host.Variable("CI") is null && !Settings.Flag(Keys.NoInput);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>The words after <c>--</c>, as they are.</summary>
    /// <exception cref="LinodeToolkitException">There are none, and the verb needs some.</exception>
    public IReadOnlyList<string> Value(Rest rest) => Rest.In(Words) is { Count: > 0 } words ? words
        : !rest.Needed ? []
        : throw new LinodeToolkitException(
            UsageProblems.MissingArgument(rest.Name, Parsing.PathOf(parsed), HelpText.Usage(Parsing.PathOf(parsed), parsed.CommandResult.Command)));

    public string? Perhaps(Argument<string?> argument) => parsed.GetValue(argument);

    public string? Value(Option<string?> option) => parsed.GetValue(option);

    public IReadOnlyList<string> Value(Option<string[]> option) => parsed.GetValue(option) ?? [];

    public bool Has(Option<bool> flag) => Parsing.IsGiven(parsed, flag);

    private int Level(Option<bool> flag) => Parsing.IsGiven(parsed, flag) ? parsed.GetResult(flag)!.IdentifierTokenCount : 0;

    /// <summary>Starts the emulator where it is to be used; call it before the first use of <see cref="Toolkit"/>.</summary>
    public async Task PrepareAsync()
    {
        if (!UsesEmulator)
        {
            Explain(Settings.Text(Keys.ApiUrl) ?? ApiAddress.Default.ToString());
            return;
        }

        using var local = LocalEmulator();
        (emulator, var started) = await local.EnsureAsync(new EmulatorOptions { Hosts = EmulatorHosts, Packages = EmulatorPackages }, Cancellation).ConfigureAwait(false);
        Messages.Note(started ? $"{emulator.Disclosure} (started at {emulator.Url})" : emulator.Disclosure);
        Explain(emulator.Url);
        await EmulatorKey.EnsureAsync(Folders.Data, Toolkit.Secrets, Cancellation).ConfigureAwait(false);
    }

    /// <summary>The emulator of this profile, whether this call works on it or manages it.</summary>
    public LocalEmulator LocalEmulator() => new(Host, ProfileFolders.EmulatorHome, Messages.Note);

    /// <summary>What is to stand behind emulated nodes, unless a command says.</summary>
    public string EmulatorHosts => Host.Variable("LINODETOOL_EMULATOR_HOSTS") is not { } chosen ? "auto"
        : EmulatorOptions.HostKinds.Contains(chosen) ? chosen
        : throw new LinodeToolkitException(
            UsageProblems.BadValue("LINODETOOL_EMULATOR_HOSTS", chosen, $"one of {string.Join(", ", EmulatorOptions.HostKinds)}", EmulatorOptions.HostKinds));

    /// <summary>Debian packages that emulated machines have beside the usual ones, unless a command says.</summary>
    public string? EmulatorPackages => Host.Variable("LINODETOOL_EMULATOR_PACKAGES");

    /// <summary>Takes away what is kept of an emulated cloud that is empty now: inventory, runs, catalogue; its secrets stay.</summary>
    public void ForgetEmulated()
    {
        var kept = ProfileFolders.ForEmulator();
        foreach (var folder in new[] { kept.State, kept.Cache }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (Directory.Exists(Path.Combine(kept.Data, "inventory")))
        {
            Directory.Delete(Path.Combine(kept.Data, "inventory"), recursive: true);
        }

        foreach (var file in Directory.Exists(kept.Data) ? Directory.EnumerateFiles(kept.Data, "inventory*") : [])
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (toolkit.IsValueCreated)
        {
            await toolkit.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    public static OutputFormat Format(ToolSettings settings) => settings.Choice(Keys.Output, "table", "table", "wide", "json", "yaml", "name") switch
    {
        "wide" => OutputFormat.Wide,
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        "name" => OutputFormat.Name,
        _ => OutputFormat.Table,
    };

    /// <summary>What -v adds: where this call works.</summary>
    private void Explain(string url)
    {
        if (Level(Root.Globals.Verbose) > 0)
        {
            Messages.Note($"profile {Settings.Profile}, API {url}, data in {Folders.Data}, runs in {Folders.State}");
        }
    }

    private Folders ProfileFolders => LinodeTool.Settings.Folders.Of(Host).ForProfile(Settings.Profile);

    private LinodeToolkitOptions ToolkitOptions() => new()
    {
        DataFolder = Folders.Data,
        CacheFolder = Folders.Cache,
        Inventory = Inventory.Name,
        Inventories = [.. Inventory.Providers, .. MoreInventories],
        SecretStore = Settings.Text(Keys.SecretStore) ?? "plain",
        Passphrase = FindPassphrase,
        ApiUrl = emulator is not null ? new Uri(emulator.Url) : ApiUrl(),
        Api = Api,
        Token = () => TokenFor(ApiGeneration.V4),
        ApiKey = () => TokenFor(ApiGeneration.V3),
        TokenIsOauth = () => emulator is null && tokens[ApiGeneration.V4].Find().Secret == KnownSecrets.OauthToken,
        Context = Customer,
        Parallelism = Settings.Whole(Keys.Parallelism, least: 1) ?? 32,
        Time = Host.Time,
        Remote = RemoteSettings.Shell(Settings, HasMachines),
        Ssh = RemoteSettings.Ssh(Host, Settings),
        SshPatience = RemoteSettings.Wait(Settings, Keys.SshWait) ?? TimeSpan.FromMinutes(10),
        CloudPatience = RemoteSettings.Wait(Settings, Keys.CloudWait) ?? TimeSpan.FromMinutes(15),
        NodeLogFolder = Path.Combine(Folders.State, "nodes"),
        CertificateAuthority = Settings.Text(Keys.CertificateAuthority) is { } file ? Host.FullPath(file) : null,
        Handler = IsOffline ? new OfflineHandler() : null,
        Vault = IsOffline ? null : () => VaultSettings.Of(Host, Settings, UsesEmulator),
        HttpLog = Has(Root.Globals.Debug) || Level(Root.Globals.Verbose) > 1 ? line => Host.Error.WriteLine(line) : null,
    };

    private Sensitive TokenFor(ApiGeneration api) => emulator is not null ? new(emulator.TokenOf(Customer.Customer)) : tokens[api].Find().Token;

    private string? Ask(string prompt) => Asker.ReadHiddenAsync(prompt).GetAwaiter().GetResult();

    private bool HasMachines => emulator is not { Hosts: "records" };

    private Uri ApiUrl() => Settings.Find(Keys.ApiUrl) is { } found ? ApiAddress.Parse(found.Value, found.Source) : ApiAddress.Default;

    private ApiGeneration Api => Settings.Choice(Keys.Api, "v4", "v3", "v4") == "v3" ? ApiGeneration.V3 : ApiGeneration.V4;

    private IReadOnlyList<string>? Columns() =>
        Value(Root.Globals.Columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
