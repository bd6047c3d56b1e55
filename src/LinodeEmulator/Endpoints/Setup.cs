using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>What is to be written on a disk that is made from an image.</summary>
internal sealed record Setup(Login Login, ScriptChoice? Script, bool IsFull)
{
    /// <summary>A copy of a disk is told the same; it counts where nothing was written on the disk yet.</summary>
    public static void Copy(Cloud cloud, long from, long to)
    {
        if (cloud.Setups.Find(from) is { } setup)
        {
            cloud.Setups.Put(setup with { Id = to });
        }
    }

    /// <summary>Kept only where a system will boot from the disk: a record has nobody who could log in.</summary>
    public void Keep(Cloud cloud, Disk disk)
    {
        if (cloud.Hosts.Seal is { } seal)
        {
            cloud.Setups.Put(new DiskSetup(disk.Id, Login.Password is { } password ? seal(password) : null, Login.Keys)
            {
                ScriptId = Script?.Id,
                Script = Script?.Text,
                ScriptData = Script?.Data ?? new Dictionary<string, string>(),
                IsFull = IsFull,
            });
        }
    }
}

/// <summary>Who may log in as root.</summary>
internal sealed record Login(string? Password, IReadOnlyList<string> Keys);
