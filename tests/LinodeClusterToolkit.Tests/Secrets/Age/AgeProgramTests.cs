using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Secrets.Age;

namespace LinodeClusterToolkit.Tests.Secrets.Age;

/// <summary>What we write, the age program opens, and the other way round.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AgeProgramTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    // It reads a passphrase from a terminal only: this is one that answers whatever it asks.
    private const string Terminal = """
        import os, pty, sys
        process, terminal = pty.fork()
        if process == 0:
            os.execvp(sys.argv[2], sys.argv[2:])
        said = b""
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
            if said.rstrip().endswith(b":"):
                os.write(terminal, sys.argv[1].encode() + b"\n")
                said = b""
        sys.stderr.write(said.decode(errors="replace"))
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        """;

    private readonly TempFolder folder = new();

    [AgeFact]
    public async Task It_opens_what_we_write()
    {
        var store = new EncryptedFileSecretStore(folder["secrets.age"], () => new(Passphrase));
        await Task.WhenAll(
            store.SetAsync("personal-token", new("abc"), default), store.SetAsync("web/nodes/1/admin-key", new(new string('ü', 100_000)), default));

        await RunAsync("age", "-d", "-o", folder["plain.json"], folder["secrets.age"]);

        var document = JsonNode.Parse(File.ReadAllText(folder["plain.json"]))!;
        Assert.Equal("abc", (string?)document["secrets"]!["personal-token"]!["value"]);
        Assert.Equal(new string('ü', 100_000), (string?)document["secrets"]!["web/nodes/1/admin-key"]!["value"]);
    }

    [AgeFact]
    public async Task We_open_and_go_on_with_what_it_writes()
    {
        File.WriteAllText(folder["plain.json"], """{ "format": 1, "version": 5, "secrets": { "by/hand": { "version": 5, "value": "typed" } } }""");
        await RunAsync("age", "-p", "-o", folder["secrets.age"], folder["plain.json"]);
        File.SetUnixFileMode(folder["secrets.age"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var store = new EncryptedFileSecretStore(folder["secrets.age"], () => new(Passphrase));

        Assert.Equal("typed", (await store.FindAsync("by/hand"))!.Reveal());
        Assert.True(await store.TrySetAsync("by/hand", new("changed"), "5", default));

        await RunAsync("age", "-d", "-o", folder["again.json"], folder["secrets.age"]);
        Assert.Equal(6, (int?)JsonNode.Parse(File.ReadAllText(folder["again.json"]))!["secrets"]!["by/hand"]!["version"]);
    }

    [AgeFact]
    public async Task We_say_what_is_wrong_with_a_file_for_keys()
    {
        File.WriteAllText(folder["plain"], "x");
        using var keygen = Process.Start(new ProcessStartInfo("age-keygen", ["-o", folder["key"]]) { RedirectStandardError = true })!;
        var recipient = (await keygen.StandardError.ReadToEndAsync()).Trim().Split(' ')[^1];
        await RunAsync("age", "-r", recipient, "-o", folder["secrets.age"], folder["plain"]);

        Assert.Equal("LCT7218", Assert.Throws<LinodeClusterToolkit.Diagnostics.LinodeToolkitException>(
            () => AgeKey.Find(File.ReadAllBytes(folder["secrets.age"]), new(Passphrase), "f")).Problem.Code);
    }

    public void Dispose() => folder.Dispose();

    private static async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo("python3", ["-c", Terminal, Passphrase, .. command]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }
}
