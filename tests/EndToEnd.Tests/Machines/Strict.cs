namespace EndToEnd.Tests.Machines;

/// <summary>A second cluster, as strict as a plan can be, that has no Cloud Firewall to hide behind; and what becomes of it when impostors take its
/// hosts' places.</summary>
public sealed class Strict(Fleet fleet) : IAsyncLifetime
{
    public const string First = "bank-us-east-strict-1", Second = "bank-us-east-strict-2";

    internal Fleet Fleet => fleet;

    internal Scanner Scan { get; private set; } = null!;

    /// <summary>The run that met an impostor in the place of a host that never booted.</summary>
    internal Finished LuredFirst { get; private set; } = null!;

    /// <summary>A command for the host that was ready, which met another in its place.</summary>
    internal Finished LuredLater { get; private set; } = null!;

    /// <summary>The first run again, after they had gone.</summary>
    internal Finished Mended { get; private set; } = null!;

    /// <summary>What the impostors' SSH servers wrote down.</summary>
    internal string Overheard { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (MachinesFactAttribute.Missing is not null)
        {
            return;
        }

        using var end = new CancellationTokenSource();
        var opening = fleet.OpenCloudFirewallAsync("bank", end.Token);
        await using (Scan = new Scanner(fleet.Cloud))
        {
            var luring = LureAsync(Second);
            LuredFirst = await CreateAsync();
            await luring;
            var addresses = await fleet.AddressesAsync(First);
            await Fleet.UntilAsync(() => Task.FromResult(addresses.All(Scan.SawSsh)), $"every address of {First} answers by SSH");
        }

        await end.CancelAsync();
        await opening;
        await ReplaceAsync(First, "{}");
        LuredLater = await fleet.Desk.RunAsync("cluster", "exec", "bank", "--node", First, "--as-root", "--", "true");
        Overheard = await OverhearAsync(First) + await OverhearAsync(Second);
        await ReplaceAsync(First, """{"end":true}""");
        await ReplaceAsync(Second, """{"end":true}""");
        Mended = await CreateAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<Finished> CreateAsync() => fleet.Desk.RunAsync("cluster", "create", "bank", fleet.Desk.Write("bank.yaml", """
        version: 1
        network: { private: ip }
        ssh: { root: no, kex: pq-only }
        regions:
        - region: us-east
          nodes: [{ name: strict, type: g6-nanode-1, image: debian 12, count: 2 }]
        """));

    private async Task LureAsync(string label)
    {
        await Fleet.UntilAsync(
            async () => (await fleet.MachinesAsync()).Any(machine => (string)machine["label"]! == label), $"{label} is there");
        await fleet.Cloud.SendAsync("POST", $"/_emulator/machines/{(await fleet.MachineAsync(label))["id"]}/impostor");
    }

    /// <summary>Puts another in its place, or itself again, and comes back when that one answers.</summary>
    private async Task ReplaceAsync(string label, string body)
    {
        var machine = await fleet.MachineAsync(label);
        await fleet.Cloud.SendAsync("POST", $"/_emulator/machines/{machine["id"]}/impostor", body);
        var address = (await fleet.AddressesAsync(label))[0];
        await Fleet.UntilAsync(
            async () => await fleet.MachineAsync(label) is { } now && now["pid"] is { } pid && (int)pid != (int?)machine["pid"]
                && (await Program.RunAsync("ssh-keyscan", "-T", "2", "-t", "ed25519", address)).Out.Length > 0,
            $"another system answers in the place of {label}");
    }

    private async Task<string> OverhearAsync(string label) => (await Program.RunAsync(
        "nsenter", $"--target={(await fleet.MachineAsync(label))["pid"]}", "--mount", "--pid", "--root", "--wd=/",
        "journalctl", "--unit=ssh", "--output=cat", "--no-pager")).Ended(0).Out;
}
