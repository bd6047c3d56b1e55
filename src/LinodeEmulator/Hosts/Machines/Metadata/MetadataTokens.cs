using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LinodeEmulator.Hosts.Machines.Metadata;

/// <summary>Tokens of the metadata service: each for one Linode and for a time.</summary>
internal sealed class MetadataTokens(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (long Linode, DateTimeOffset Until)> _all = new(StringComparer.Ordinal);

    public string Make(long linode, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _all.Where(token => token.Value.Until < now))
        {
            _all.TryRemove(old, out _);
        }

        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _all[made] = (linode, now + life);
        return made;
    }

    public bool IsGood(string? token, long linode) =>
        token is not null && _all.TryGetValue(token, out var known) && known.Linode == linode && known.Until >= clock.GetUtcNow();
}
