using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class PrivateFilesTests
{
    [Fact]
    public void A_folder_and_all_that_is_made_above_it_are_for_one_users_eyes()
    {
        using var tool = new TestTool();
        var home = tool.Host.FullPath("kept");

        PrivateFiles.Folder(Path.Combine(home, "data", "emulator"));

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.All(new[] { home, Path.Combine(home, "data"), Path.Combine(home, "data", "emulator") }, folder =>
            Assert.Equal(Owner, new DirectoryInfo(folder).UnixFileMode));
    }
}
