using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>A token, and how long it is good for.</summary>
/// <param name="Token">The token.</param>
/// <param name="Since">When it was got or last renewed.</param>
/// <param name="Lasts">How long from then on; zero for ever.</param>
/// <param name="Renewable">Whether it can be renewed.</param>
/// <param name="First">How long it was good for at first: where renewals bring far less, its end is near.</param>
internal sealed record VaultLease(Sensitive Token, DateTimeOffset Since, TimeSpan Lasts, bool Renewable, TimeSpan First)
{
    // Timers do not go further, and nobody minds an early renewal.
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    public bool Ends => Lasts > TimeSpan.Zero;

    public DateTimeOffset End => Since + Lasts;

    /// <summary>When it is to be renewed: at two thirds.</summary>
    public TimeSpan RenewAfter => Lasts * 2 / 3 is var after && after < Furthest ? after : Furthest;

    /// <summary>The same token with a new length of life; null where it is so much shorter that renewing has come to its end.</summary>
    public VaultLease? Renewed(DateTimeOffset now, TimeSpan lasts, bool renewable) =>
        lasts == TimeSpan.Zero || lasts * 3 > First ? this with { Since = now, Lasts = lasts, Renewable = renewable } : null;
}
