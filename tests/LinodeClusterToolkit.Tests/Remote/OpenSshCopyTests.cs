using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>Files and folders to a node and back.</summary>
public sealed class OpenSshCopyTests
{
    private static readonly string[] HardNames =
    [
        "plain", "it's \"quoted\"", "$(id) `id` $HOME", "new\nline", "a*b?[c]{d,e}\\f", "-rf", "~", "ünï 😀", "x:y",
    ];

    [SshdFact]
    public async Task Files_arrive_as_they_are_whatever_they_are_called()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["far"]);
        foreach (var name in HardNames)
        {
            File.WriteAllText(folder[name], name);

            await shell.UploadAsync(server.Node, folder[name], $"{folder["far"]}/{name}", default);
            await shell.DownloadAsync(server.Node, $"{folder["far"]}/{name}", folder["back"], default);

            Assert.Equal(name, File.ReadAllText(Path.Combine(folder["far"], name)));
            Assert.Equal(name, File.ReadAllText(folder["back"]));
        }

        Assert.Equal(HardNames.Length, Directory.GetFiles(folder["far"]).Length);
        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task A_folder_arrives_whole_and_a_second_copy_goes_over_the_first()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        using var folder = new TempFolder();
        var (near, far, back) = (folder["near dir"], folder["far [dir]*"], folder["back"]);
        Directory.CreateDirectory(Path.Combine(near, "sub dir", "empty"));
        File.WriteAllText(Path.Combine(near, "sub dir", "it's"), "deep");
        File.WriteAllBytes(Path.Combine(near, "big"), new byte[3_000_000]);

        for (var times = 0; times < 2; times++)
        {
            await shell.UploadAsync(server.Node, near, far, default);
            await shell.DownloadAsync(server.Node, far, back, default);
        }

        foreach (var copy in new[] { far, back })
        {
            Assert.Equal("deep", File.ReadAllText(Path.Combine(copy, "sub dir", "it's")));
            Assert.Equal(3_000_000, new FileInfo(Path.Combine(copy, "big")).Length);
            Assert.True(Directory.Exists(Path.Combine(copy, "sub dir", "empty")));
            Assert.Equal(2, Directory.GetFileSystemEntries(copy).Length);
        }
    }

    [SshdFact]
    public async Task A_copy_that_fails_says_what_was_to_go_where_and_why()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "");

        var absent = await Assert.ThrowsAsync<RemoteException>(() => shell.UploadAsync(server.Node, folder["absent"], "/tmp/x", default));
        var nowhere = await Assert.ThrowsAsync<RemoteException>(() => shell.UploadAsync(server.Node, folder["file"], "/no/such/folder/x", default));
        var missing = await Assert.ThrowsAsync<RemoteException>(() => shell.DownloadAsync(server.Node, "/no/such/file", folder["back"], default));

        Assert.Equal((RemoteStage.Local, "LCT7306"), (absent.Stage, absent.Problem.Code));
        Assert.Equal((RemoteStage.Copy, "LCT6218"), (nowhere.Stage, nowhere.Problem.Code));
        Assert.Equal($"{folder["file"]} could not be copied to web-1:/no/such/folder/x", nowhere.Problem.What);
        Assert.Contains("No such file or directory", nowhere.Problem.Why);
        Assert.Contains("web-1:/no/such/file could not be copied", missing.Problem.What);
    }

    [SshdFact]
    public async Task A_path_from_home_is_one_of_the_account()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        using var folder = new TempFolder();
        File.WriteAllText(folder["file"], "at home");
        var name = $".lct-test-{Guid.NewGuid():N}";
        var home = (await shell.RunAsync(server.Node, new("pwd"), default)).Output.Trim();
        try
        {
            await shell.UploadAsync(server.Node, folder["file"], $"~/{name}", default);
            await shell.DownloadAsync(server.Node, name, folder["back"], default);

            Assert.Equal("at home", File.ReadAllText(folder["back"]));
            Assert.True(File.Exists(Path.Combine(home, name)));
        }
        finally
        {
            File.Delete(Path.Combine(home, name));
        }
    }
}
