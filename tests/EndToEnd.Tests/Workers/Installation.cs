using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Workers;

/// <summary>All that a vendor has who serves many customers: a database, a broker, each customer's account and token, and workers.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly Cloud cloud;

    private Installation(Server database, Broker broker, Cloud cloud, IReadOnlyList<string> customers)
    {
        (Database, Broker, this.cloud) = (database, broker, cloud);
        Customers = [.. customers.Select(name => new Customer(name, cloud.With(Customer.TestTokenOf(name))))];
        Desk = Desk.SitDown(cloud);
        Desk.Environment.Remove("LINODETOOL_TOKEN");
        Desk.Environment["LINODETOOL_QUEUE"] = broker.Url;
        Desk.Environment["LINODETOOL_INVENTORY"] = database.Url;
        Desk.Expose(
            leak => leak.Contains("/linode-emulator)", StringComparison.Ordinal),
            "the emulator is told of tokens on its command line, by this test");
        Crew = new Crew(Desk);
    }

    public Server Database { get; }

    public Broker Broker { get; }

    public IReadOnlyList<Customer> Customers { get; }

    /// <summary>Where the vendor sits: all secrets are in one store, a folder for each customer.</summary>
    public Desk Desk { get; }

    public Crew Crew { get; }

    /// <summary>Everything but workers; the emulator's options beside the accounts.</summary>
    public static async Task<Installation> OpenAsync(int customers, params string[] emulator)
    {
        var names = Enumerable.Range(1, customers).Select(number => string.Create(CultureInfo.InvariantCulture, $"c{number}")).ToList();
        var database = await Server.StartAsync();
        var broker = await Broker.StartAsync();
        var accounts = names.SelectMany(name => new[]
        {
            "--account", $"{name}={Customer.TokenOf(name)}", "--token", Customer.TestTokenOf(name),
        });
        var installation = new Installation(
            database, broker, await Cloud.StartAsync(["--hosts", "records", "--limits", "documented", .. emulator, .. accounts]), names);
        foreach (var customer in installation.Customers)
        {
            await installation.AskAsync(customer, "secret", "set", "personal-token", Customer.TokenOf(customer.Name));
        }

        return installation;
    }

    /// <summary>A command of a customer that ends well.</summary>
    public async Task<Finished> AskAsync(Customer customer, params string[] words) => (await Desk.RunAsync(customer.Words(words))).Ended(0);

    /// <summary>The answer of such a command.</summary>
    public async Task<JsonNode> ReadAsync(Customer customer, params string[] words) => (await AskAsync(customer, [.. words, "-o", "json"])).Json;

    /// <summary>The same with the bound that a preview tells.</summary>
    public async Task<Order> PreviewAsync(Order order)
    {
        var preview = await ReadAsync(order.Customer, "cluster", "create", order.Cluster, PlanOf(order), "--dry-run");
        return order with { Bound = TimeSpan.FromSeconds((double)preview["least_seconds"]!) };
    }

    /// <summary>Hands a cluster to the workers; ends when it is safe with them.</summary>
    public Task SubmitAsync(Order order) =>
        AskAsync(order.Customer, "cluster", "create", order.Cluster, PlanOf(order), "--detach", "--yes");

    /// <summary>Waits until each of these runs has ended; fails where one does not within this time.</summary>
    public async Task EndedAsync(IReadOnlyCollection<Order> orders, TimeSpan patience)
    {
        var until = DateTime.UtcNow + patience;
        foreach (var ofOne in orders.GroupBy(order => order.Customer))
        {
            var last = "";
            while ((last = string.Join(", ", await OpenAsync(ofOne.Key, [.. ofOne]))).Length > 0)
            {
                if (DateTime.UtcNow >= until)
                {
                    Assert.Fail($"not ended after {patience}: {ofOne.Key.Name}: {last}\n{await StandAsync(ofOne.Key)}\nlogs: {await KeepAsync()}");
                }

                await Task.Delay(Pace);
            }
        }
    }

    /// <summary>Writes down what all workers said, for who looks for a fault.</summary>
    /// <returns>The folder.</returns>
    public async Task<string> KeepAsync()
    {
        var folder = Directory.CreateTempSubdirectory("workers-").FullName;
        await Crew.WriteAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "requests.json"), (await cloud.SendAsync("GET", "/_emulator/requests")).ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(folder, "counters.json"), (await cloud.SendAsync("GET", "/_emulator/counters")).ToJsonString());
        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        await Crew.DisposeAsync();
        try
        {
            await Desk.DisposeAsync(); // which looks for secrets in what the servers keep, too
        }
        finally
        {
            await Broker.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    private string PlanOf(Order order) => Desk.Write($"plan-{order.Customer.Name}-{order.Cluster}.yaml", Order.PlanOf(order.Nodes));

    /// <summary>The clusters whose run has not ended, with their states.</summary>
    private async Task<List<string>> OpenAsync(Customer customer, IReadOnlyList<Order> orders)
    {
        var told = await Desk.RunAsync(customer.Words("cluster", "list", "-o", "json"));
        if (told.Code != 0)
        {
            return [told.Error]; // the database may be away
        }

        var known = told.Json.AsArray().ToDictionary(row => (string)row!["name"]!);
        return
        [
            .. orders.Select(order => (order, row: known.GetValueOrDefault(order.Cluster)))
                .Where(one => (string?)one.row?["last_run_state"] is not ("done" or "failed"))
                .Select(one => $"{one.order.Cluster} {one.row?["last_run_state"]} {one.row?["state"]} {one.row?["ready_count"]}/{one.order.Nodes}"),
        ];
    }

    private async Task<string> StandAsync(Customer customer)
    {
        var steps = await Desk.RunAsync(customer.Words("task", "list"));
        return string.Join('\n', steps.Out.Split('\n').Where(line => !line.Contains(" done ", StringComparison.Ordinal)).Take(40));
    }
}
