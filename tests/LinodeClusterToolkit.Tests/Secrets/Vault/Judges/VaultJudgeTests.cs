using System.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeClusterToolkit.Tests.Secrets.Vault.Double;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Judges;

/// <summary>Clients that others wrote for Vaults, against the double the other tests stand on: they must find nothing to complain about.</summary>
public sealed class VaultJudgeTests
{
    private const string Python = "/usr/bin/python3";
    private const string HasClient = "require(process.env.LINODE_JUDGES + '/node_modules/node-vault')";

    [JudgeFact(Python, "-c", "import hvac", "apt-get install python3-hvac")]
    public async Task Contents_hvac()
    {
        await using var server = await DoubleServer.StartAsync();
        await using var store = new VaultSecretStore(
            new() { Address = server.Url, Auth = new VaultToken(new(server.Vault.RootToken)), Prefix = "lct" }, TimeProvider.System);
        await store.SetAsync("web/key", new("of the toolkit"), default);

        await ContentsAsync(Python, Script("hvac_client.py"), server.Url.AbsoluteUri, server.Vault.RootToken);
        Assert.Equal("of hvac", (await store.FindAsync("from-hvac"))!.Reveal());
    }

    [JudgeFact("node", "-e", HasClient, "npm install --prefix DIR node-vault@0.12.0 and set LINODE_JUDGES=DIR, as tests/run does")]
    public async Task Contents_node_vault()
    {
        await using var server = await DoubleServer.StartAsync();
        await using var store = new VaultSecretStore(
            new() { Address = server.Url, Auth = new VaultToken(new(server.Vault.RootToken)), Prefix = "lct" }, TimeProvider.System);
        await store.SetAsync("web/key", new("of the toolkit"), default);

        var modules = Environment.GetEnvironmentVariable("LINODE_JUDGES")!;
        await ContentsAsync("node", Script("node_vault.mjs"), server.Url.AbsoluteUri, server.Vault.RootToken, modules);
        Assert.Equal("of node-vault", (await store.FindAsync("from-node"))!.Reveal());
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Secrets", "Vault", "Judges", name);

    private static async Task ContentsAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = await output + await errors;
        Assert.True(said == "content\n", said);
    }
}
