using System.Text;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>What a machine writes to its console, in a file that only root can read and that does not grow without end: when it is full, its older
/// half goes.</summary>
internal sealed class ConsoleLog(string path)
{
    private const int Most = 512 * 1024;
    private readonly Lock _gate = new();

    public string Path => path;

    public string Read()
    {
        lock (_gate)
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
    }

    /// <summary>A line of the emulator's own.</summary>
    public void Say(string text) => Write(Encoding.UTF8.GetBytes($"emulator: {text}\n"));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            using var file = Files.OpenPrivate(path, FileMode.OpenOrCreate);
            if (file.Length > Most)
            {
                var kept = new byte[Most / 2];
                file.Seek(-kept.Length, SeekOrigin.End);
                file.ReadExactly(kept);
                file.SetLength(0);
                file.Write(kept);
            }

            file.Seek(0, SeekOrigin.End);
            file.Write(bytes);
        }
    }

    /// <summary>Takes in all that comes, until its end.</summary>
    public async Task PumpAsync(Stream source)
    {
        var buffer = new byte[8192];
        try
        {
            while (await source.ReadAsync(buffer) is var count and > 0)
            {
                Write(buffer.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // The other end broke, or the folder is gone with its machine: there is nothing more to keep.
        }
    }
}
