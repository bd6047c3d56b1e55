using System.Diagnostics;
using System.Text;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class SecretSearchTests : IDisposable
{
    private const string Value = "hunter2-of-\"tests\"";
    private readonly TempFolder folder = new();
    private readonly PlainFileSecretStore store;

    public SecretSearchTests() => store = new(folder["secrets"]);

    public static TheoryData<string, string> Forms() => new()
    {
        { "as it is", $"password={Value}\n" },
        { "as JSON escapes it", "{\"password\": \"hunter2-of-\\\"tests\\\"\"}" },
        { "in base64, amid other bytes", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Value}cd")) },
        { "as URLs escape it", $"?p={Uri.EscapeDataString(Value)}" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Finds_a_value_in_whatever_form(string form, string text)
    {
        await store.SetAsync("web/password", new(Value), default);
        await File.WriteAllTextAsync(folder["app.log"], "some line\n" + text);

        var audit = await LookAsync();

        var trace = Assert.Single(audit.Traces);
        Assert.Equal(("web/password", folder["app.log"]), (trace.Secret, trace.Place));
        Assert.True(trace.At >= 10, form);
    }

    [Fact]
    public async Task Finds_what_lies_across_two_pieces_that_are_read_one_after_the_other()
    {
        await store.SetAsync("a", new(Value), default);
        foreach (var before in new[] { (1 << 20) - Value.Length, (1 << 20) - 5, 1 << 20, (3 << 20) - 1 })
        {
            await File.WriteAllBytesAsync(folder["big"], [.. new byte[before], .. Encoding.UTF8.GetBytes(Value), .. new byte[100]]);

            Assert.Equal(before, Assert.Single((await LookAsync()).Traces).At);
        }
    }

    [Fact]
    public async Task Tells_which_of_several_and_each_once_a_file()
    {
        await store.SetAsync("a", new("first-secret"), default);
        await store.SetAsync("b", new("second-secret"), default);
        Directory.CreateDirectory(folder["logs/deep"]);
        await File.WriteAllTextAsync(folder["logs/deep/x"], "second-secret first-secret second-secret");
        await File.WriteAllTextAsync(folder["logs/y"], "nothing");

        var audit = await LookAsync();

        Assert.Equal(["a", "b"], audit.Traces.Select(trace => trace.Secret).Order());
        Assert.Equal((2, 2), (audit.Secrets, audit.Files));
    }

    [Fact]
    public async Task A_key_is_found_by_a_line_of_it_and_not_by_what_all_keys_begin_with()
    {
        var (mine, another) = (await SshKeygen.MakeAsync(default), await SshKeygen.MakeAsync(default));
        await store.SetAsync("deploy", mine.Private, default);
        await File.WriteAllTextAsync(folder["other"], another.Private.Reveal() + mine.Public);
        Assert.Empty((await LookAsync()).Traces);

        await File.WriteAllTextAsync(folder["config"], $"key: {mine.Private.Reveal().Split('\n')[3]}");

        Assert.Equal(folder["config"], Assert.Single((await LookAsync()).Traces).Place);
    }

    [Fact]
    public async Task The_store_itself_a_public_key_and_what_is_too_short_are_no_finds()
    {
        await store.SetAsync(KnownSecrets.DefaultRootSshPublicKey, new("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGLm"), default);
        await store.SetAsync("pin", new("12345"), default);
        await File.WriteAllTextAsync(folder["x"], "12345 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGLm");

        var audit = await LookAsync();

        Assert.Empty(audit.Traces);
        Assert.Equal(["pin"], audit.TooShort);
    }

    [Fact]
    public async Task Finds_a_value_in_the_command_line_of_a_running_program()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var value = $"argument-{Guid.NewGuid():N}";
        await store.SetAsync("a", new(value), default);
        using var program = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read line", value]) { RedirectStandardInput = true })!;

        var audit = await LookAsync();
        program.Kill();

        var trace = Assert.Single(audit.Traces);
        Assert.Equal($"process {program.Id} (sh)", trace.Place);
        Assert.True(audit.Processes > 1);
    }

    private Task<SecretAudit> LookAsync() => new SecretSearch(store, file => file.StartsWith(folder["secrets"], StringComparison.Ordinal))
        .LookAsync([folder.Path, folder["never-there"]], default);
}
