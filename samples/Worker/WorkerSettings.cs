using LinodeClusterToolkit;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.RabbitMq;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Samples;

/// <summary>What the worker works with, from variables or <c>appsettings.json</c>.</summary>
internal static class WorkerSettings
{
    public static LinodeWorkerOptions Read(IConfiguration configuration, ILogger log)
    {
        var records = PostgresInventory.Provider(Needed("LCT_DATABASE"), Secret("LCT_DATABASE_PASSWORD"));
        var folder = configuration["LCT_DATA"] ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "lct-worker");
        return new()
        {
            Inventory = records,
            Queue = RabbitMqQueue.Provider(Needed("LCT_QUEUE"), Secret("LCT_QUEUE_PASSWORD")),
            Toolkit = customer => new LinodeToolkitOptions
            {
                Context = customer,
                DataFolder = Path.Combine(folder, "data"),
                CacheFolder = Path.Combine(folder, "cache"),
                SecretStore = configuration["LCT_SECRET_STORE"] ?? "plain", // on several machines: vault, with VaultOptions in Vault
                Token = () => new Sensitive(Needed("LINODE_TOKEN")),        // or each customer's own, by customer.Customer
                ApiUrl = new Uri(configuration["LCT_API_URL"] ?? "https://api.linode.com/"),
            },
            Notices = notice => log.Log(LevelOf(notice), "{Kind}: {Text}", notice.Kind, notice.Text),
        };

        string Needed(string name) => configuration[name]
            ?? throw new LinodeToolkitException(new Problem("LCT1099", $"{name} is not set", Fix: ["see README.md beside this program"]));

        Func<Sensitive?> Secret(string name) => () => configuration[name] is { Length: > 0 } word ? new Sensitive(word) : null;
    }

    private static LogLevel LevelOf(WorkerNotice notice) => notice.Problem is not null ? LogLevel.Warning : LogLevel.Information;
}
