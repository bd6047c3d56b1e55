using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>Where files are kept. A profile has inventory, secrets and runs of its own, and so has the emulator.</summary>
internal sealed record Folders(string ConfigFile, string Data, string State, string Cache)
{
    public const string DefaultProfile = "default";

    /// <summary>Folders of this user, before a profile is chosen.</summary>
    public static Folders Of(ToolHost host)
    {
        if (host.Variable("LINODETOOL_HOME") is { } home)
        {
            var root = host.FullPath(home);
            return new(Path.Combine(root, "config.yaml"), Path.Combine(root, "data"), Path.Combine(root, "state"), Path.Combine(root, "cache"));
        }

        string Xdg(string variable, params string[] otherwise) => Path.Combine(
            host.Variable(variable) is { } set && Path.IsPathRooted(set) ? set : Path.Combine([host.Home, .. otherwise]), "linodetool");
        return new(
            Path.Combine(Xdg("XDG_CONFIG_HOME", ".config"), "config.yaml"),
            Xdg("XDG_DATA_HOME", ".local", "share"),
            Xdg("XDG_STATE_HOME", ".local", "state"),
            Xdg("XDG_CACHE_HOME", ".cache"));
    }

    public Folders ForProfile(string profile) => profile == DefaultProfile ? this : this with
    {
        Data = Path.Combine(Data, "profiles", profile),
        State = Path.Combine(State, "profiles", profile),
        Cache = Path.Combine(Cache, "profiles", profile),
    };

    /// <summary>Everything of the emulator lies below one folder, so that it can be thrown away as one.</summary>
    public Folders ForEmulator()
    {
        var home = EmulatorHome;
        return this with { Data = Path.Combine(home, "data"), State = Path.Combine(home, "runs-state"), Cache = Path.Combine(home, "cache") };
    }

    public string EmulatorHome => Path.Combine(Data, "emulator");

    public string Run(string run) => Path.Combine(State, "runs", run);
}
