using System.Collections.Concurrent;
using System.Text;

namespace EndToEnd.Tests.Machines;

/// <summary>Reads the arguments and the environment of every process of this machine, over and over, and tells which show a secret.</summary>
internal sealed class SecretWatch : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> secrets = new();
    private readonly ConcurrentDictionary<string, int> found = new();
    private readonly CancellationTokenSource end = new();
    private readonly Thread thread;
    private readonly string store;

    /// <param name="store">Folder of a secret store: the private keys in it are secrets from the moment they are there.</param>
    /// <param name="known">Secrets that are known beforehand, by name.</param>
    public SecretWatch(string store, IReadOnlyDictionary<string, string> known)
    {
        this.store = store;
        foreach (var (name, value) in known)
        {
            secrets[name] = Encoding.UTF8.GetBytes(value);
        }

        thread = new Thread(Watch) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Where a secret was seen: its name, and the process.</summary>
    public IEnumerable<string> Found => found.Keys;

    public int Rounds { get; private set; }

    /// <summary>All secrets, each in a form it would be recognized by.</summary>
    public IReadOnlyDictionary<string, string> Secrets => secrets.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value));

    /// <summary>A line of a private key that no other key has: the first ones hold what they all begin with, and the public half.</summary>
    public static string? MarkOf(string text) =>
        text.Contains("PRIVATE KEY", StringComparison.Ordinal) ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[3].Trim() : null;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        thread.Join();
        end.Dispose();
    }

    private void Watch()
    {
        while (!end.IsCancellationRequested)
        {
            Learn();
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                Look(process, "cmdline");
                Look(process, "environ");
            }

            Rounds++;
            Thread.Sleep(20); // not to take a processor for itself
        }
    }

    private void Learn()
    {
        foreach (var file in Directory.Exists(store) ? Directory.EnumerateFiles(store, "*-key", SearchOption.AllDirectories) : [])
        {
            if (!secrets.ContainsKey(file) && Read(file) is { } bytes && MarkOf(Encoding.UTF8.GetString(bytes)) is { } mark)
            {
                secrets[file] = Encoding.UTF8.GetBytes(mark);
            }
        }
    }

    private void Look(string process, string what)
    {
        if (Read($"{process}/{what}") is not { Length: > 0 } bytes)
        {
            return;
        }

        foreach (var (name, secret) in secrets)
        {
            if (bytes.AsSpan().IndexOf(secret) >= 0)
            {
                var words = what == "cmdline" ? Encoding.UTF8.GetString(bytes).Split('\0')[0] : "";
                found[$"{name} in {what} of {Path.GetFileName(process)} {words}"] = 1;
            }
        }
    }

    private static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // it ended meanwhile
        }
    }
}
