using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Postgres;

/// <summary>Records in PostgreSQL (12 or newer): for teams, and for workers on many machines.</summary>
public static class PostgresInventory
{
    /// <summary>Its name in configuration.</summary>
    public const string Name = "postgres";

    /// <summary>Whether a text is meant to be an address of PostgreSQL.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>Whether a password stands in such an address.</summary>
    /// <exception cref="LinodeToolkitException">LCT7131: that is no address.</exception>
    public static bool HasPassword(string url) => PostgresAddress.Parse(url).HasPassword;

    /// <summary>The provider, for <see cref="LinodeToolkitOptions.Inventories"/>.</summary>
    /// <param name="url">
    /// <c>postgres://user@host:5432/database</c>, with <c>sslmode</c>, <c>sslrootcert</c> and <c>schema</c> after <c>?</c> where they are needed. Servers
    /// that are not on this machine are reached by TLS with the certificate checked, unless <c>sslmode</c> says otherwise.
    /// </param>
    /// <param name="password">The password, asked for when the first connection is made; null where none is needed or the address has it.</param>
    /// <param name="name">Another name than <see cref="Name"/>, where there are several.</param>
    /// <exception cref="LinodeToolkitException">LCT7131: that is no address.</exception>
    public static InventoryProvider Provider(string url, Func<Sensitive?>? password = null, string name = Name)
    {
        var address = PostgresAddress.Parse(url);
        return new(name, request => SqlPlace.Shared(
            new PostgresDatabase(password?.Invoke() is { } word ? address.With(word.Reveal()) : address, request.Watch, PostgresTables.All),
            request.Context));
    }
}
