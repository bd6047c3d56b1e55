using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class SecretMigrationTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly PlainFileSecretStore from;
    private readonly EncryptedFileSecretStore to;

    public SecretMigrationTests() =>
        (from, to) = (new(folder["secrets"]), new(folder["secrets.age"], () => new Sensitive("open sesame"), workFactor: 12));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_are_copied_and_stay_where_they_were()
    {
        await SetAsync(from, ("a", "1"), ("deep/b", "2"));

        var moved = await new SecretMigration(from, to).MoveAsync(replace: false, delete: false, default);

        Assert.Equal([new("a", SecretMove.Copied, false), new("deep/b", SecretMove.Copied, false)], moved);
        Assert.Equal("a=1 deep/b=2", await TextAsync(to));
        Assert.Equal("a=1 deep/b=2", await TextAsync(from));
    }

    [Theory]
    [InlineData(false, SecretMove.Differs, "a=old b=2 c=3", "a=1")]
    [InlineData(true, SecretMove.Copied, "a=1 b=2 c=3", "")]
    public async Task Another_value_is_kept_unless_it_is_to_give_way_and_only_what_is_there_is_deleted_here(
        bool replace, SecretMove move, string there, string here)
    {
        await SetAsync(from, ("a", "1"), ("b", "2"));
        await SetAsync(to, ("a", "old"), ("b", "2"), ("c", "3"));

        var moved = await new SecretMigration(from, to).MoveAsync(replace, delete: true, default);

        Assert.Equal([move, SecretMove.Same], moved.Select(one => one.Move));
        Assert.Equal((there, here), (await TextAsync(to), await TextAsync(from)));
    }

    [Fact]
    public async Task Interrupted_it_loses_nothing_and_goes_on()
    {
        await SetAsync(from, [.. Enumerable.Range(10, 20).Select(number => ($"s{number}", $"value {number}"))]);
        var whole = await TextAsync(from);
        using var stop = new CancellationTokenSource();
        var interrupted = new SecretMigration(from, new Watched(to, written =>
        {
            if (written == 7)
            {
                stop.Cancel();
            }
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted.MoveAsync(false, delete: true, stop.Token));
        Assert.Equal(whole, await TextAsync(from));
        await new SecretMigration(from, to).MoveAsync(false, delete: true, default);

        Assert.Equal((whole, ""), (await TextAsync(to), await TextAsync(from)));
    }

    private static async Task SetAsync(ISecretStore store, params (string Name, string Value)[] secrets)
    {
        foreach (var (name, value) in secrets)
        {
            await store.SetAsync(name, new(value), default);
        }
    }

    private static async Task<string> TextAsync(ISecretStore store)
    {
        var lines = new List<string>();
        foreach (var name in await store.ListAsync(default))
        {
            lines.Add($"{name}={(await store.FindAsync(name))!.Reveal()}");
        }

        return string.Join(' ', lines);
    }

    /// <summary>A store that says how often it was written to.</summary>
    private sealed class Watched(ISecretStore inner, Action<int> wrote) : ISecretStore
    {
        private int writes;

        public string Scheme => inner.Scheme;

        public string Description => inner.Description;

        public Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) => inner.ReadAsync(name, cancellation);

        public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) => inner.SetAsync(name, value, cancellation);

        public async Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation)
        {
            var done = await inner.TrySetAsync(name, value, expected, cancellation);
            wrote(++writes);
            return done;
        }

        public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) => inner.ListAsync(folder, cancellation);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => inner.DeleteAsync(name, cancellation);
    }
}
