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
    private readonly IReadOnlyList<InventoryProvider> providers = context.Inventory.Providers;

    // Read or asked for once: a descriptor gives it a single time, and nobody sits there to answer for the second customer.
    private readonly Lazy<Sensitive> passphrase = new(context.FindPassphrase);
    private readonly Lock gate = new();
    private readonly List<LinodeToolkit> opened = [];

    public LinodeToolkitOptions Of(ToolkitContext customer)
    {
        Lazy<ISecretStore>? secrets = null;
        var options = context.OptionsOf(
            customer, providers, name => secrets!.Value.FindAsync(name, context.Host.Interrupt.Leave).GetAwaiter().GetResult(), () => passphrase.Value);
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
