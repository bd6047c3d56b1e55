using System.Collections.Concurrent;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What every part that works inside nodes works with.</summary>
/// <param name="shell">Opens the way to nodes on first need.</param>
/// <param name="book">Records of the cluster.</param>
/// <param name="identities">Key pairs of its nodes.</param>
/// <param name="secrets">Secrets that plans refer to.</param>
/// <param name="knownHosts">File of the host keys its nodes may show.</param>
/// <param name="policy">How its nodes are reached.</param>
/// <param name="patience">How long a node may take until it answers after it was booted.</param>
/// <param name="time">The clock.</param>
internal sealed class ConfigurationTools(
    Lazy<IRemoteShell> shell, ClusterBook book, NodeIdentities identities, ISecretStore secrets, string knownHosts, SshPolicy policy, TimeSpan patience,
    TimeProvider time)
{
    // A node that answered before is back within this time, or it is gone.
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> fallen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> heard = new(StringComparer.Ordinal);
    private readonly KnownHostsFile file = new(knownHosts);
    private readonly PlanSecrets ofPlan = new(secrets);

    public IRemoteShell Shell => shell.Value;

    /// <summary>Where it is written down what happens on nodes; null writes nothing.</summary>
    public NodeLog? Log { get; init; }

    /// <summary>Masks secrets that were given to nodes in what comes back from them.</summary>
    public Redactor Redactor { get; init; } = new();

    public ClusterBook Book => book;

    public NodeIdentities Identities => identities;

    public SshPolicy Policy => policy;

    public TimeSpan Patience => patience;

    public TimeProvider Time => time;

    /// <summary>Name a node's host key is known under: its id, which outlives names and addresses.</summary>
    public static string AliasOf(NodeRecord node) => $"linode-{node.LinodeId}";

    /// <summary>The node as SSH sees it; its known host keys are in the file when the task ends.</summary>
    public async Task<RemoteHost> HostAsync(string nodeKey, CancellationToken cancellation)
    {
        var node = book.Node(nodeKey);
        KnowHost(node);
        await ofPlan.TellAsync(Redactor, book.Cluster.Resolved, cancellation).ConfigureAwait(false);
        return HostOf(node, knownHosts) with { Identity = await identities.AdminAsync(node.Label, node.Region, node.Group, cancellation).ConfigureAwait(false) };
    }

    /// <summary>Brings the file of known host keys in line with a node's record; records without machines have none in it.</summary>
    public void KnowHost(NodeRecord node)
    {
        if (Shell.IsReal && !(written.TryGetValue(node.Key, out var last) && last.SequenceEqual(node.HostKeys)))
        {
            file.Set(AliasOf(node), [.. node.HostKeys.Select(line => SshPublicKey.Parse(line, $"the record of {node.Label}"))]);
            written[node.Key] = node.HostKeys;
        }
    }

    /// <summary>Runs a script on a node that was reached before.</summary>
    /// <exception cref="RemoteException">It could not be run, or ended in failure.</exception>
    public async Task<ScriptReport> RunAsync(string nodeKey, ShellScript script, CancellationToken cancellation, TimeSpan? within = null)
    {
        var host = await HostAsync(nodeKey, cancellation).ConfigureAwait(false);
        var command = ShellCommand.Of(script);
        command = within is { } limit ? command with { Within = limit } : command;
        await Shell.ConnectAsync(host, Reconnect, null, cancellation).ConfigureAwait(false);
        return ScriptReport.Of((await Shell.RunAsync(host, command, cancellation).ConfigureAwait(false)).OrThrow(host, command));
    }

    /// <summary>Runs a command on a node that is up.</summary>
    /// <exception cref="RemoteException">It could not be run, or ended in failure.</exception>
    public async Task RunCommandAsync(string nodeKey, ShellCommand command, CancellationToken cancellation)
    {
        var host = await HostAsync(nodeKey, cancellation).ConfigureAwait(false);
        await Shell.ConnectAsync(host, Reconnect, null, cancellation).ConfigureAwait(false);
        (await Shell.RunAsync(host, command, cancellation).ConfigureAwait(false)).OrThrow(host, command);
    }

    /// <summary>Runs what a plan brings on a node that was reached before.</summary>
    /// <param name="nodeKey">The node.</param>
    /// <param name="title">What it is called in logs.</param>
    /// <param name="script">The script; it keeps to the limit itself.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RemoteException">It could not be run, or ended in failure.</exception>
    public async Task<RemoteResult> RunActionAsync(
        string nodeKey, string title, ShellScript script, TimeSpan limit, CancellationToken cancellation)
    {
        var (host, command, result) = await TryActionAsync(nodeKey, title, script, limit, cancellation).ConfigureAwait(false);
        return result.OrThrow(host, command);
    }

    /// <summary>The same, where an exit code that is not 0 is for the caller to judge.</summary>
    /// <exception cref="RemoteException">It could not be run.</exception>
    public async Task<(RemoteHost Host, ShellCommand Command, RemoteResult Result)> TryActionAsync(
        string nodeKey, string title, ShellScript script, TimeSpan limit, CancellationToken cancellation)
    {
        var host = await HostAsync(nodeKey, cancellation).ConfigureAwait(false);
        var command = ShellCommand.Of(script) with { Title = title, Within = limit + TimeSpan.FromSeconds(30) };
        await Shell.ConnectAsync(host, Reconnect, null, cancellation).ConfigureAwait(false);
        var result = await Shell.RunAsync(host, command, cancellation).ConfigureAwait(false);
        return (host, command, result with { Output = Redactor.Redact(result.Output), Error = Redactor.Redact(result.Error) });
    }

    /// <summary>Values for an action on a node: what there is to know of node and peers, and what the plan gives, secrets included.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ValuesAsync(ResolvedAction action, Member member, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>(
            NodeFacts.Of(book, book.Node(member.Key), action.At.ToString().ToLowerInvariant()), StringComparer.Ordinal);
        foreach (var (name, value) in (await GivenAsync(action, cancellation).ConfigureAwait(false)).Values)
        {
            values[name] = value;
        }

        return values;
    }

    /// <summary>Values that the plan gives to an action, and those of them that are secret.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Values, IReadOnlyList<Sensitive> Secrets)> GivenAsync(
        ResolvedAction action, CancellationToken cancellation)
    {
        var (values, hidden) = (new Dictionary<string, string>(action.With, StringComparer.Ordinal), new List<Sensitive>());
        foreach (var (name, value) in action.With.Where(given => SecretReference.IsReference(given.Value)))
        {
            var secret = await secrets.GetAsync(SecretReference.Parse(value), cancellation).ConfigureAwait(false);
            hidden.Add(secret);
            Redactor.Add(secret);
            values[name] = secret.Reveal();
        }

        return (values, hidden);
    }

    /// <summary>The way to a node for a program that starts ssh itself; the node is one that was reached before.</summary>
    /// <exception cref="RemoteException">It is not reached any more.</exception>
    public async Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation)
    {
        await Shell.ConnectAsync(host, Reconnect, null, cancellation).ConfigureAwait(false);
        return await Shell.WayAsync(host, lasting, cancellation).ConfigureAwait(false);
    }

    /// <summary>Copies a file to a node that was reached before.</summary>
    /// <exception cref="RemoteException">It could not be copied.</exception>
    public async Task UploadAsync(string nodeKey, string local, string remote, CancellationToken cancellation)
    {
        var host = await HostAsync(nodeKey, cancellation).ConfigureAwait(false);
        await Shell.ConnectAsync(host, Reconnect, null, cancellation).ConfigureAwait(false);
        await Shell.UploadAsync(host, local, remote, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether a node is there and nothing failed on it in this run.</summary>
    public bool Stands(Member member) =>
        book.Node(member.Key) is { LinodeId: not null, State: not (NodeState.Failed or NodeState.Gone) } && !fallen.ContainsKey(member.Key);

    /// <summary>Something failed on the node: what goes on without it passes it over.</summary>
    public void MarkFallen(Member member) => fallen[member.Key] = true;

    /// <summary>The same of a node that is known by its label.</summary>
    public void MarkFallen(string label)
    {
        foreach (var node in book.Nodes.Where(node => node.Label == label && node.State != NodeState.Gone))
        {
            fallen[node.Key] = true;
        }
    }

    /// <summary>What failed on the node has succeeded since.</summary>
    public void MarkStanding(Member member) => fallen.TryRemove(member.Key, out _);

    /// <summary>Tells other processes of the same run of what this one has done; null where there are none.</summary>
    public Func<string, Task>? Noted { get; set; }

    /// <summary>Takes in what others have told.</summary>
    public void Hear(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            heard[word] = true;
        }
    }

    /// <summary>Whether another process of the same run has told of this.</summary>
    public bool HasHeard(string word) => heard.ContainsKey(word);

    /// <summary>Ends the connection to a node that is gone, and forgets its keys.</summary>
    public async Task ForgetAsync(NodeRecord node, CancellationToken cancellation)
    {
        if (shell.IsValueCreated)
        {
            await Shell.CloseAsync(HostOf(node, knownHosts)).ConfigureAwait(false);
        }

        await identities.ForgetAsync(node.Label, cancellation).ConfigureAwait(false);
        file.Remove(AliasOf(node));
    }

    /// <summary>Ends the connection to a node, and forgets the host keys it had; the key it is entered with stays.</summary>
    public async Task ForgetHostAsync(NodeRecord node, CancellationToken cancellation)
    {
        if (shell.IsValueCreated)
        {
            await Shell.CloseAsync(HostOf(node, knownHosts)).ConfigureAwait(false);
        }

        await identities.ForgetHostAsync(node.Label, cancellation).ConfigureAwait(false);
        file.Remove(AliasOf(node));
        written.TryRemove(node.Key, out _);
    }

    /// <summary>A node as SSH sees it, with no key yet; the address is empty where it has none.</summary>
    public static RemoteHost HostOf(NodeRecord node, string knownHosts) =>
        new(node.Label, node.PublicIpv4 ?? node.Ipv6 ?? "", node.Login ?? "root") { Alias = AliasOf(node), KnownHosts = knownHosts };
}
