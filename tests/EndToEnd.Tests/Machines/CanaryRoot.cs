namespace EndToEnd.Tests.Machines;

/// <summary>The root filesystem of the machines with a canary in it: something careless that listens from the first moment sockets are
/// opened.</summary>
internal sealed class CanaryRoot : IAsyncDisposable
{
    private readonly string folder;

    private CanaryRoot(string folder) => this.folder = folder;

    /// <summary>What makes an emulator use it.</summary>
    public Dictionary<string, string> Environment => new() { ["LINODE_EMULATOR_ROOTFS_CACHE"] = folder };

    public static async Task<CanaryRoot> MakeAsync()
    {
        var plain = (await Program.RunAsync(Build.Emulator, "prepare")).Ended(0).Out.Trim();
        var root = new CanaryRoot($"{Path.GetDirectoryName(plain)}/canary-{Guid.NewGuid():N}");
        Directory.CreateDirectory(root.folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var own = $"{root.folder}/{Path.GetFileName(plain)}";

        // Files are shared with the plain one, and only new ones are added.
        (await Program.RunAsync("cp", "-al", plain, own)).Ended(0);
        var units = $"{own}/etc/systemd/system";
        await File.WriteAllTextAsync($"{units}/canary.socket", $"[Socket]\nListenStream=[::]:{Scanner.Canary}\nBindIPv6Only=both\n");
        await File.WriteAllTextAsync($"{units}/canary.service", "[Service]\nExecStart=/bin/sleep infinity\n");
        Directory.CreateDirectory($"{units}/sockets.target.wants");
        File.CreateSymbolicLink($"{units}/sockets.target.wants/canary.socket", "/etc/systemd/system/canary.socket");
        return root;
    }

    public async ValueTask DisposeAsync() => (await Program.RunAsync("rm", "-rf", "--one-file-system", "--", folder)).Ended(0);
}
