using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>A user with a home, a token and a cloud of their own.</summary>
internal sealed partial class Desk : IAsyncDisposable
{
    private Desk(Cloud cloud)
    {
        Cloud = cloud;
        Environment["LINODETOOL_API_URL"] = cloud.Url;
        Environment["LINODETOOL_TOKEN"] = Token;
        Environment["LINODETOOL_EMULATOR_HOSTS"] = "records";
        Environment["LINODETOOL_REMOTE"] = "recorder";
        Directory.CreateDirectory(Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public Cloud Cloud { get; }

    /// <summary>No other desk has the same: whose a trace is can be told.</summary>
    public string Token { get; } = $"a-token-of-the-user-{Guid.NewGuid():N}";

    public string Home { get; } = Path.Combine(Path.GetTempPath(), "linodetool-e2e-" + Guid.NewGuid().ToString("N"));

    public string Kept => Path.Combine(Home, "kept");

    public Dictionary<string, string?> Environment { get; } = [];

    public static async Task<Desk> SitDownAsync(params string[] cloud) => SitDown(await Cloud.StartAsync(cloud));

    public static Desk SitDown(Cloud cloud) => new(cloud);

    public static string Shipped(string plan) => Build.Repository($"plans/{plan}");

    public string At(string name) => Path.Combine(Home, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>A small plan: some nodes of one group in one region.</summary>
    public string WritePlan(string name, int count, string more = "") => Write(name,
        $"version: 1\nregions:\n- region: us-east\n  nodes: [{{ name: web, type: g6-nanode-1, image: debian 12, count: {count}, tags: [webserver]{more} }}]\n");

    public Running Start(params string[] args) => Launch(Build.Tool, args);

    public async Task<Finished> RunAsync(params string[] args)
    {
        using var running = Start(args);
        return await running.EndAsync();
    }

    /// <summary>A line typed into a shell that finds linodetool on its path.</summary>
    public async Task<Finished> ShellAsync(string line)
    {
        using var running = Launch("/bin/sh", ["-c", line]);
        return await running.EndAsync();
    }

    /// <summary>Any program, in this user's environment.</summary>
    public Running Launch(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = Home };
        var own = start.Environment.Keys.Where(name => name.StartsWith("LINODE", StringComparison.Ordinal)).ToList();
        own.ForEach(name => start.Environment.Remove(name));
        foreach (var (name, value) in new Dictionary<string, string?>(Environment)
        {
            ["HOME"] = Home,
            ["LINODETOOL_HOME"] = Kept,
            ["DOTNET_ROOT"] = Build.DotnetRoot,
            ["LINODETOOL_EMULATOR"] = Build.Emulator,
            ["PATH"] = $"{Path.GetDirectoryName(Build.Tool)}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["TERM"] = "xterm",
        })
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("CI");
        start.Environment.Remove("NO_COLOR");
        return new Running(start, Heard);
    }

    /// <summary>Ends the cloud, and with it the desk.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Cloud.TestifyAsync();
            await LeaveAsync();
        }
        finally
        {
            await Cloud.DisposeAsync();
        }
    }

    /// <summary>Takes away everything of this user, whose cloud others use as well; fails where a secret is in it.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await AssertSecrecyAsync();
        }
        finally
        {
            Directory.Delete(Home, recursive: true);
        }
    }
}
