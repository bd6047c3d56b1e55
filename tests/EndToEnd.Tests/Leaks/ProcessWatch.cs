using System.Collections.Concurrent;
using System.Diagnostics;

namespace EndToEnd.Tests.Leaks;

/// <summary>Reads arguments and environment of every process of this machine, those inside its hosts too, and names and texts of what programs put
/// into temporary folders, over and over, and tells where a secret was seen.</summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private static readonly string Here = new FileInfo("/proc/self/ns/pid").LinkTarget!;
    private readonly ConcurrentDictionary<Sight, bool> found = new();
    private readonly HashSet<string> processes = [], files = [], before = [];
    private readonly CancellationTokenSource end = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly DateTime began = DateTime.UtcNow;
    private readonly Needles needles;
    private readonly Thread thread;
    private long samples, rounds, inside;

    public ProcessWatch(Needles needles)
    {
        this.needles = needles;
        thread = new Thread(Watch) { IsBackground = true };
        thread.Start();
    }

    /// <summary>A secret where it was seen.</summary>
    /// <param name="Secret">Its name.</param>
    /// <param name="What">Arguments, environment, a file or its name.</param>
    /// <param name="Who">The program, or the file.</param>
    /// <param name="Inside">Whether the process was inside a host.</param>
    internal sealed record Sight(string Secret, string What, string Who, bool Inside);

    public IReadOnlyList<Sight> Found => [.. found.Keys];

    public long Rounds => rounds;

    public override string ToString() =>
        $"{processes.Count} processes ({inside} looks inside hosts) and {files.Count} passing files seen in {samples} looks, "
        + $"{rounds} rounds in {clock.ElapsedMilliseconds} ms; {needles.Count.Forms} forms of {needles.Count.Secrets} secrets";

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        thread.Join();
        clock.Stop();
        end.Dispose();
    }

    private void Watch()
    {
        for (; !end.IsCancellationRequested; rounds++)
        {
            // Those that were there before are somebody else's; a number may come again, so that they are looked at now and then.
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[6])))
            {
                if (rounds == 0)
                {
                    before.Add(process);
                }
                else if (rounds % 50 != 0 && before.Contains(process))
                {
                    continue;
                }

                Look(process, "cmdline");
                Look(process, "environ");
            }

            foreach (var folder in new[] { Path.GetTempPath(), "/dev/shm" })
            {
                Try(() => Directory.EnumerateFileSystemEntries(folder, "*lct*").Concat(Directory.EnumerateFileSystemEntries(folder, "ansible*"))
                    .Where(entry => File.GetCreationTimeUtc(entry) >= began).ToList().ForEach(LookAt));
            }

            Thread.Sleep(2); // not to take a processor for itself
        }
    }

    private void Look(string process, string what) => Try(() =>
    {
        // First who it is: one that has ended meanwhile is nobody, and one that becomes another program brings the words of the one before.
        var (program, space) = (ProgramOf(process), new FileInfo($"{process}/ns/pid").LinkTarget);
        var bytes = File.ReadAllBytes($"{process}/{what}");
        samples++;
        if (bytes.Length == 0 || program is null || space is null || ProgramOf(process) is { } now && now != program)
        {
            return;
        }

        processes.Add(process);
        var isInside = space != Here;
        inside += isInside ? 1 : 0;
        foreach (var (secret, _) in needles.In(bytes))
        {
            found.TryAdd(new(secret, what, program, isInside), true);
        }
    });

    private static string? ProgramOf(string process) => Path.GetFileName(new FileInfo($"{process}/exe").LinkTarget);

    // What stands in memory for its owner alone, for as long as one program needs it, is judged by who may read it; what is on a disk by its text.
    private void LookAt(string entry) => Try(() =>
    {
        foreach (var file in Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
        {
            files.Add(file);
            Tell(file, "a name", System.Text.Encoding.UTF8.GetBytes(file));
            if (entry.StartsWith("/dev/shm/", StringComparison.Ordinal))
            {
                var open = File.GetUnixFileMode(entry) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                _ = open == 0 || found.TryAdd(new("whatever it holds", "an open folder", entry, false), true);
            }
            else if (new FileInfo(file) is { Length: < 1 << 20, LinkTarget: null, UnixFileMode: var mode } && mode != 0)
            {
                Tell(file, "a file", File.ReadAllBytes(file));
            }
        }
    });

    private void Tell(string file, string what, byte[] text) =>
        needles.In(text).ToList().ForEach(one => found.TryAdd(new(one.Secret, what, file, false), true));

    private static void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended, or went, meanwhile.
        }
    }
}
