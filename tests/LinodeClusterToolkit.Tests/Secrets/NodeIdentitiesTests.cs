using System.Collections.Concurrent;
using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class NodeIdentitiesTests(ITestOutputHelper output)
{
    private static readonly Guid Cluster = new("0198c0de-0000-7000-8000-00000badcafe");
    private readonly MemorySecretStore store = new();

    [Fact]
    public async Task Every_node_has_a_key_of_its_own_and_keeps_it()
    {
        var first = await Of(KeySharing.Node).FirstAsync("web-1", "us-east", "web", default);
        var other = await Of(KeySharing.Node).FirstAsync("web-2", "us-east", "web", default);

        Assert.Equal(4, new[] { first.Admin, first.Host, other.Admin, other.Host }.Select(pair => pair.Public).Distinct().Count());
        Assert.Equal(first.Admin.Public, (await Of(KeySharing.Node).AdminAsync("web-1", "us-east", "web", default)).Public);
    }

    [Theory]
    [InlineData(KeySharing.Group, 3)]
    [InlineData(KeySharing.Cluster, 1)]
    public async Task Nodes_that_share_a_key_get_one_though_all_ask_at_once(KeySharing sharing, int keys)
    {
        var identities = Of(sharing);
        var asked = new[] { ("web-1", "us-east", "web"), ("web-2", "us-east", "web"), ("db-1", "us-east", "db"), ("web-3", "eu-central", "web") };

        var pairs = await Task.WhenAll(asked.Select(node => identities.FirstAsync(node.Item1, node.Item2, node.Item3, default)));

        Assert.Equal(keys, pairs.Select(pair => pair.Admin.Public).Distinct().Count());
        Assert.Equal(4, pairs.Select(pair => pair.Host.Public).Distinct().Count());
    }

    [Fact]
    public async Task A_key_is_in_the_store_before_anybody_gets_it()
    {
        var pair = await Of(KeySharing.Node).FirstAsync("web-1", "us-east", "web", default);

        Assert.Equal(pair.Admin.Private, await store.FindAsync($"clusters/{Cluster}/nodes/web-1/admin-key", default));
        Assert.Equal(pair.Host.Private, await store.FindAsync($"clusters/{Cluster}/nodes/web-1/host-key", default));
    }

    [Fact]
    public async Task A_kept_password_stays_the_same_until_its_node_is_forgotten()
    {
        var name = $"clusters/{Cluster}/nodes/web-1/root-password";
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Of(KeySharing.Node).RootPasswordAsync("WEB-1", default)));

        Assert.Single(asked.Select(password => password.Reveal()).Distinct());
        Assert.Equal(asked[0], await store.FindAsync(name));
        await Of(KeySharing.Node).ForgetAsync("web-1", default);
        Assert.Null(await store.FindAsync(name));
    }

    [Fact]
    public async Task A_key_that_could_not_be_saved_is_given_to_nobody_and_made_again_when_asked_for()
    {
        using var folder = new TempFolder();
        var passphrases = new Queue<string>(["", "open sesame"]);
        var encrypted = new EncryptedFileSecretStore(folder["secrets.age"], () => new(passphrases.Dequeue()), workFactor: 12);
        var identities = new NodeIdentities(encrypted, Cluster, KeySharing.Node, FakeKeys.MakeAsync);

        await Assert.ThrowsAsync<LinodeToolkitException>(() => identities.AdminAsync("web-1", "us-east", "web", default));
        var pair = await identities.AdminAsync("web-1", "us-east", "web", default);

        Assert.Equal(pair.Private, await encrypted.FindAsync($"clusters/{Cluster}/nodes/web-1/admin-key"));
    }

    [Fact]
    public async Task The_keys_of_82_nodes_share_a_few_writes_of_an_encrypted_file()
    {
        using var folder = new TempFolder();
        var encrypted = new EncryptedFileSecretStore(folder["secrets.age"], () => new("open sesame"));
        var identities = new NodeIdentities(encrypted, Cluster, KeySharing.Node, FakeKeys.MakeAsync);
        var begun = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 82).Select(at => identities.FirstAsync($"web-{at}", "us-east", "web", default)));
        var saved = Stopwatch.GetElapsedTime(begun);
        await Task.WhenAll(Enumerable.Range(0, 82).Select(at => identities.ForgetHostAsync($"web-{at}", default)));

        var all = Stopwatch.GetElapsedTime(begun);
        output.WriteLine($"{encrypted.Writes} writes, {saved.TotalSeconds:0.0} s for 164 keys, {all.TotalSeconds:0.0} s with 82 deletions");
        Assert.InRange(encrypted.Writes, 2, 16);
        Assert.Equal(82, (await encrypted.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Whoever_asks_first_is_served_first()
    {
        var served = new Served(store);
        var identities = new NodeIdentities(served, Cluster, KeySharing.Node, async cancellation =>
        {
            await Task.Yield();
            return FakeKeys.Make();
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(at => identities.AdminAsync($"web-{at}", "us-east", "web", default)));

        Assert.Equal(Enumerable.Range(0, 50).Select(at => $"clusters/{Cluster}/nodes/web-{at}/admin-key"), served.Names);
    }

    [Fact]
    public async Task What_belonged_to_a_node_is_forgotten_with_it_and_shared_keys_are_not()
    {
        var shared = Of(KeySharing.Cluster);
        await shared.FirstAsync("web-1", "us-east", "web", default);
        await shared.ForgetAsync("web-1", default);

        Assert.Equal([$"clusters/{Cluster}/admin-key"], await store.ListAsync(default));
        await store.SetAsync("mine", new("value"), default);
        await shared.ForgetAllAsync(default);
        Assert.Equal(["mine"], await store.ListAsync(default));
    }

    [Fact]
    public async Task A_group_of_any_name_has_a_place()
    {
        var identities = Of(KeySharing.Group);

        await identities.AdminAsync("a", "us-east", "Web..Servers", default);
        await identities.AdminAsync("b", "us-east", "web", default);

        Assert.Equal(2, (await store.ListAsync(default)).Count);
    }

    private NodeIdentities Of(KeySharing sharing) => new(store, Cluster, sharing, FakeKeys.MakeAsync);

    /// <summary>A store that remembers in which order it was asked to write.</summary>
    private sealed class Served(ISecretStore inner) : ISecretStore
    {
        private readonly ConcurrentQueue<string> names = new();

        public string Scheme => inner.Scheme;

        public string Description => inner.Description;

        public IReadOnlyList<string> Names => [.. names];

        public Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) => inner.ReadAsync(name, cancellation);

        public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation)
        {
            names.Enqueue(name);
            return inner.SetAsync(name, value, cancellation);
        }

        public Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation) =>
            inner.TrySetAsync(name, value, expected, cancellation);

        public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) => inner.ListAsync(folder, cancellation);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => inner.DeleteAsync(name, cancellation);
    }
}
