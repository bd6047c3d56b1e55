using LinodeClusterToolkit;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeTool.Commands;

/// <summary>Options of each customer a worker serves: the settings of this call, with that customer's own records, secrets and token.</summary>
/// <param name="context">The call.</param>
internal sealed class CustomerSettings(ToolContext context) : IAsyncDisposable
{
    // Read or asked for once: a descriptor gives it a single time, and nobody sits there to answer for the second customer.
    private readonly Lazy<Sensitive> passphrase = new(context.FindPassphrase);
    private readonly Lock gate = new();
    private readonly List<LinodeToolkit> opened = [];

    /// <summary>Where the records of all are.</summary>
    public InventoryProvider Records { get; } = context.Inventory.Providers[0];

    public LinodeToolkitOptions Of(ToolkitContext customer)
    {
        Lazy<ISecretStore>? secrets = null;
        var options = context.OptionsOf(
            customer, [Records], name => secrets!.Value.FindAsync(name, context.Host.Interrupt.Leave).GetAwaiter().GetResult(), () => passphrase.Value);
        secrets = new(() => Open(options).Secrets);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var toolkit in opened)
        {
            await toolkit.DisposeAsync().ConfigureAwait(false);
        }
    }

    private LinodeToolkit Open(LinodeToolkitOptions options)
    {
        lock (gate)
        {
            opened.Add(new LinodeToolkit(options));
            return opened[^1];
        }
    }
}
