namespace EndToEnd.Tests.Machines;

/// <summary>Who powers real hosts on and off: they themselves, the platform's watchdog, and the tool.</summary>
[Collection("lives of machines")]
public sealed class PowerTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{group}-{counter}' }
        regions:
        - region: us-east
          nodes:
          - { name: web, depends-on: [db] }
          - { name: db }
        """;

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync();

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task What_powers_off_by_itself_is_booted_again_what_the_tool_stops_stays_off_and_what_others_need_is_not_stopped_alone()
    {
        (await Own.RunAsync("cluster", "create", "shop", Own.Write("plan.yaml", Plan))).Ended(0);
        var names = await Own.NamesAsync();
        var boot = await BootAsync();

        // From within, a second later, so that the command itself comes to its end.
        await PowerOffAsync();
        await Fleet.UntilAsync(async () => await LassieAsync() == 1, "a boot by the watchdog");
        await Fleet.UntilAsync(async () => await Own.ExecAsync("db-1", "true") is { Code: 0 }, "db-1 lets us in again");
        Assert.NotEqual(boot, await BootAsync());

        var before = (await Own.ChangesAsync()).Count;
        var refused = (await Own.RunAsync("cluster", "stop", "shop", "--only", "db", "--yes")).Ended(5);
        Assert.StartsWith("error LCT4020: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("web", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await Own.ChangesAsync()).Count);
        Assert.Equal("db-1 ready, web-1 ready", await Own.StatesAsync());

        (await Own.RunAsync("cluster", "stop", "shop", "--watchdog", "off", "--yes")).Ended(0);
        Assert.Equal(["web-1 PUT off", "web-1 POST shutdown", "db-1 PUT off", "db-1 POST shutdown"], await AskedAsync());
        Assert.Equal("db-1 stopped, web-1 stopped", await Own.StatesAsync());

        // Not even one that somebody boots, and that then powers off by itself.
        await Own.Cloud.SendAsync("POST", $"/v4/linode/instances/{names.Single(pair => pair.Value == "db-1").Key}/boot");
        await Fleet.UntilAsync(async () => await Own.ExecAsync("db-1", "true") is { Code: 0 }, "db-1 lets us in");
        await PowerOffAsync();
        await Fleet.UntilAsync(async () => (await StatusesAsync()).All(status => status == "offline"), "all are off");
        await Task.Delay(TimeSpan.FromSeconds(3)); // the watchdog would have booted it at once
        Assert.Equal(["offline", "offline"], await StatusesAsync());
        Assert.Equal(1, await LassieAsync());

        before = (await Own.ChangesAsync()).Count;
        (await Own.RunAsync("cluster", "start", "shop")).Ended(0);
        var asked = (await AskedAsync()).ToList(); // the watchdog first, of each by itself
        Assert.Equal(["db-1 PUT on", "db-1 POST boot"], asked.Where(line => line.StartsWith("db-1 ", StringComparison.Ordinal)));
        Assert.Equal(["web-1 PUT on", "web-1 POST boot"], asked.Where(line => line.StartsWith("web-1 ", StringComparison.Ordinal)));
        Assert.Equal("web-1 POST boot", asked[^1]);
        Assert.Equal("db-1 ready, web-1 ready", await Own.StatesAsync());
        Assert.All(await Own.Cloud.ListAsync("linode/instances"), node => Assert.True((bool)node["watchdog_enabled"]!));

        // What the tool asked of each node since then.
        async Task<IEnumerable<string>> AskedAsync() => (await Own.ChangesAsync()).Skip(before).Select(row =>
        {
            var words = ((string)row["path"]!).Split('/');
            var watched = (bool?)row["body"]?["watchdog_enabled"];
            return $"{names[long.Parse(words[4])]} {row["method"]} {(watched is { } on ? on ? "on" : "off" : words[^1])}";
        });
    }

    private async Task<string> BootAsync() => await Own.AskAsync("db-1", "cat /proc/sys/kernel/random/boot_id");

    private async Task PowerOffAsync() => (await Own.ExecAsync("db-1", "systemd-run --quiet --on-active=1 shutdown -h now")).Ended(0);

    private async Task<int> LassieAsync() => (await Own.Cloud.ListAsync("account/events"))
        .Count(told => ((string)told["action"]!, (string)told["status"]!) == ("lassie_reboot", "finished"));

    private async Task<IEnumerable<string>> StatusesAsync() =>
        (await Own.Cloud.ListAsync("linode/instances")).Select(node => (string)node["status"]!);
}
