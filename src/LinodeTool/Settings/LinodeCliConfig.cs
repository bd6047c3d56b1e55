using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>What linode-cli was set up with; read, never written.</summary>
internal sealed record LinodeCliConfig(string Path, Sensitive? Token, string? Region, string? Type, string? Image)
{
    public static string PathOf(ToolHost host)
    {
        if (host.Variable("LINODE_CLI_CONFIG") is { } named)
        {
            return host.FullPath(named);
        }

        var old = System.IO.Path.Combine(host.Home, ".linode-cli");
        return File.Exists(old) ? old
            : System.IO.Path.Combine(host.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(host.Home, ".config"), "linode-cli");
    }

    public static LinodeCliConfig Read(ToolHost host)
    {
        var path = PathOf(host);
        var ini = IniFile(path);
        var user = ini.Value("DEFAULT", "default-user") ?? "DEFAULT";
        return new(path, Wrap(ini.Value(user, "token")), ini.Value(user, "region"), ini.Value(user, "type"), ini.Value(user, "image"));
    }

    /// <summary>The token in the file of Linode's Go library, named by LINODE_CONFIG.</summary>
    public static Sensitive? GoLibraryToken(ToolHost host) => host.Variable("LINODE_CONFIG") is { } named
        ? Wrap(IniFile(host.FullPath(named)).Value(host.Variable("LINODE_PROFILE") ?? "default", "token"))
        : null;

    /// <summary>Refuses a token that others on this machine can read, as ssh does with keys.</summary>
    private static Ini IniFile(string path)
    {
        if (!File.Exists(path))
        {
            return new Ini();
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            throw new LinodeToolkitException(SettingsProblems.TokenFileTooOpen(path));
        }

        try
        {
            return Ini.Parse(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(SettingsProblems.Unreadable(path, failure.Message), failure);
        }
    }

    private static Sensitive? Wrap(string? token) => token is null ? null : new Sensitive(token);
}
