using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Security;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>How records are kept: <c>inventory: sqlite</c>, <c>json</c>, or the address of a PostgreSQL database.</summary>
/// <param name="host">This machine.</param>
/// <param name="settings">What holds for this call.</param>
/// <param name="emulator">Whether the call is for the emulator, whose records stay on this machine.</param>
/// <param name="secret">Value of a secret, or null.</param>
internal sealed class InventorySettings(ToolHost host, ToolSettings settings, bool emulator, Func<string, Sensitive?> secret)
{
    public const string Variable = "LINODETOOL_INVENTORY";
    private const string Usual = "sqlite";
    private const string Password = "PGPASSWORD";

    /// <summary>Variables that may hold a secret.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Password, Variable];

    /// <summary>Name of the way that is configured.</summary>
    public string Name => Address is not null ? PostgresInventory.Name
        : settings.Text(Keys.Inventory) is { } named && !PostgresInventory.IsAddress(named) ? named
        : Usual;

    /// <summary>Those that are not the toolkit's own.</summary>
    public IReadOnlyList<InventoryProvider> Providers => Address is { } address ? [Of(address, PostgresInventory.Name)] : [];

    /// <summary>A database by its address.</summary>
    public InventoryProvider Of(string address, string name) => PostgresInventory.Provider(address, Find(address), name);

    // What is only tried out must not come to stand among a team's records.
    private string? Address
    {
        get
        {
            if (settings.Find(Keys.Inventory) is not { } found || !PostgresInventory.IsAddress(found.Value))
            {
                return null;
            }

            return host.Variable(Variable) != found.Value && PostgresInventory.HasPassword(found.Value)
                ? throw new LinodeToolkitException(SettingsProblems.PasswordInFile(found.Source))
                : emulator ? null : found.Value;
        }
    }

    private Func<Sensitive?>? Find(string address) => PostgresInventory.HasPassword(address) ? null : () =>
        settings.Secret(Keys.InventoryPassword) is { } named
            ? secret(named.Name) ?? throw new LinodeToolkitException(SettingsProblems.NoInventoryPassword(named.Name))
            : host.Variable(Password) is { Length: > 0 } given ? new Sensitive(given) : null;
}
