using System.Diagnostics;
using LinodeEmulator.Tests.Program;

namespace LinodeEmulator.Tests.Judges;

/// <summary>Clients that others wrote for the platform, against the real program: they must find nothing to complain about.</summary>
public sealed class JudgeTests
{
    private const string Python = "/usr/bin/python3";
    private const string HasDriver = "from libcloud.compute.drivers.linode import LinodeNodeDriverV4";
    private const string HasOldDriver = "from libcloud.compute.drivers.linode import LinodeNodeDriverV3";
    private const string HasClient = "require(process.env.LINODE_JUDGES + '/node_modules/@linode/api-v4')";

    [JudgeFact(Python, HasDriver, "apt-get install python3-libcloud")]
    public async Task Contents_the_driver_of_libcloud()
    {
        await using var program = await RunningProgram.StartAsync("--clock", "virtual");
        var port = new Uri((string)program.Ready["url"]!).Port;
        Assert.Equal("content\n", await RunAsync(Python, Script("libcloud_driver.py"), $"{port}"));
    }

    [JudgeFact(Python, HasOldDriver, "apt-get install python3-libcloud")]
    public async Task Contents_the_drivers_of_libcloud_for_the_older_face()
    {
        await using var program = await RunningProgram.StartAsync("--clock", "virtual");
        var port = new Uri((string)program.Ready["url"]!).Port;
        Assert.Equal("content\n", await RunAsync(Python, Script("libcloud_v3_driver.py"), $"{port}"));
    }

    [JudgeFact("node", HasClient, "npm install --prefix DIR @linode/api-v4@0.158.0 and set LINODE_JUDGES=DIR, as tests/run does")]
    public async Task Contents_Linodes_own_TypeScript_client()
    {
        await using var program = await RunningProgram.StartAsync("--clock", "virtual");
        Assert.Equal(
            "content\n",
            await RunAsync(
                "node", Script("typescript_client.mjs"), (string)program.Ready["url"]!, Environment.GetEnvironmentVariable("LINODE_JUDGES")!));
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Judges", name);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return await output + await errors;
    }
}
