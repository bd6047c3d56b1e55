using System.Diagnostics;
using System.Runtime.Versioning;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>The script that changes keys in their files, run by a real shell on accounts that are folders.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeysScriptTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private readonly TempFolder folder = new();
    private readonly SshPublicKey old = FakeKeys.Make().Public, coming = FakeKeys.Make().Public, other = FakeKeys.Make().Public;

    [Fact]
    public async Task The_new_key_comes_beside_the_old_one_with_its_limits_and_all_else_stays_with_mode_and_order()
    {
        var limited = $"from=\"10.0.0.0/8\",command=\"echo a b\" {old.Type} {old.Body} of us";
        var file = Write("admin", $"# who comes in\n{other} a person\n{limited}", Mode);

        await RunAsync("add_key", "admin", old.Type, old.Body, coming.Body);

        var beside = limited.Replace(old.Body, coming.Body, StringComparison.Ordinal);
        Assert.Equal($"# who comes in\n{other} a person\n{limited}\n{beside}\n", File.ReadAllText(file));
        Assert.Equal(Mode, File.GetUnixFileMode(file));

        await RunAsync("drop_key", "admin", old.Body, coming.Body);
        Assert.Equal($"# who comes in\n{other} a person\n{beside}\n", File.ReadAllText(file));
        Assert.Equal(file, Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!)));
    }

    [Fact]
    public async Task Done_twice_it_changes_nothing_the_second_time()
    {
        var file = Write("admin", $"{old}\n");
        foreach (var words in new[] { new[] { "add_key", "admin", old.Type, old.Body, coming.Body }, ["drop_key", "admin", old.Body, coming.Body] })
        {
            await RunAsync(words);
            var once = File.ReadAllText(file);

            Assert.Contains("lct done 0", await RunAsync(words), StringComparison.Ordinal);
            Assert.Equal(once, File.ReadAllText(file));
        }

        Assert.Equal($"{coming}\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task Roots_file_is_changed_where_the_old_key_stands_in_it_and_else_left_alone()
    {
        Write("admin", $"{old}\n");
        var root = Write("root", $"{other}\n");
        await RunAsync("add_key", "admin", old.Type, old.Body, coming.Body);
        Assert.Equal($"{other}\n", File.ReadAllText(root));

        Write("admin", $"{old}\n");
        Write("root", $"{other}\n{old}\n");
        await RunAsync("add_key", "admin", old.Type, old.Body, coming.Body);
        await RunAsync("drop_key", "admin", old.Body, coming.Body);
        Assert.Equal($"{other}\n{coming}\n", File.ReadAllText(root));
    }

    [Fact]
    public async Task The_old_key_is_not_taken_from_a_file_without_the_new_one()
    {
        var file = Write("admin", $"{old}\n");

        Assert.Contains("the old one stays", await RunAsync(1, "drop_key", "admin", old.Body, coming.Body), StringComparison.Ordinal);

        Assert.Equal($"{old}\n", File.ReadAllText(file));
    }

    public void Dispose() => folder.Dispose();

    private string Write(string account, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = folder[$"{account}/.ssh/authorized_keys"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, mode);
        return file;
    }

    private Task<string> RunAsync(params string[] words) => RunAsync(0, words);

    private async Task<string> RunAsync(int code, params string[] words)
    {
        var script = ShellScript.Of("Configuration", "keys").Call(words[0], words[1..]);
        var start = new ProcessStartInfo("sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;

        // Accounts of this test, not of this machine.
        await shell.StandardInput.WriteAsync($"getent() {{ echo \"$2:x:0:0::{folder["$2"]}:/bin/sh\"; }}\n{script}");
        shell.StandardInput.Close();
        var said = await shell.StandardOutput.ReadToEndAsync() + await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == code, said);
        return said;
    }
}
