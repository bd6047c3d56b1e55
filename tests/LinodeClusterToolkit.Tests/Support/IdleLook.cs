using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>Tells whether every other thread of this process is asleep, for one thread that looks again and again.</summary>
/// <remarks>
/// A look that reads one thread after another can be fooled: the last one wakes the first after that was seen asleep. So the CPU clock of each
/// thread is read before and after, to the nanosecond: where none has moved, nobody ran in between, and what was seen asleep stayed so.
/// One that wants to run and waits for a processor has a clock that stands still, but is not asleep.
/// </remarks>
internal sealed class IdleLook : IDisposable
{
    private const int EmptyPath = 0x1000;
    private const uint LinkCount = 4;
    private const int OwnClock = 3;
    private readonly SafeFileHandle folder = OpenFolder();
    private readonly int looks = ClocksAreFine() ? 1 : 3;
    private readonly byte[] text = new byte[512];
    private readonly byte[] about = new byte[256];
    private readonly int self = CurrentThread();
    private List<Watched> others = [];
    private uint threads;

    /// <summary>True where all others were asleep at one moment of this call; false as soon as one is seen at work.</summary>
    public bool AllAsleep()
    {
        try
        {
            for (var look = 0; look < looks; look++)
            {
                if (!LookOnce())
                {
                    return false;
                }
            }

            return true;
        }
        catch (IOException)
        {
            // One has ended since they were listed.
            threads = 0;
            return false;
        }
    }

    /// <summary>A pause that is short beside any work: the shortest one of the runtime's own is a millisecond.</summary>
    public static void Nap()
    {
        var pause = new Moment(0, 50_000);
        Sleep(ref pause, 0);
    }

    public void Dispose()
    {
        others.ForEach(other => other.Dispose());
        folder.Dispose();
    }

    private bool LookOnce()
    {
        if (CountThreads() is var count && count != threads)
        {
            List(count);
        }

        var still = true;
        foreach (var other in others)
        {
            still &= other.ClockStands();
        }

        return still && others.TrueForAll(other => other.IsAsleep(text)) && others.TrueForAll(other => other.ClockStands())
            && CountThreads() == threads;
    }

    private void List(uint count)
    {
        others.ForEach(other => other.Dispose());
        others = [];
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var id = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            if (id != self)
            {
                others.Add(new Watched(id));
            }
        }

        // One more or less than counted: somebody came or went meanwhile, and the next look lists them again.
        threads = others.Count + 1 == count ? count : 0;
    }

    // A folder has a link for each of its subfolders, itself and its parent; here they are threads.
    private uint CountThreads() => Stat(folder, "", EmptyPath, LinkCount, about) == 0
        ? BitConverter.ToUInt32(about, 16) - 2
        : throw new IOException("the kernel does not tell the number of threads");

    // Where they move in ticks, a short piece of work leaves no trace on them, and more looks have to do.
    private static bool ClocksAreFine()
    {
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20_000);
        ReadClock(OwnClock, out var before);
        while (Stopwatch.GetTimestamp() < until)
        {
        }

        ReadClock(OwnClock, out var after);
        return before != after;
    }

    private static SafeFileHandle OpenFolder() => new(Open("/proc/self/task", 0), ownsHandle: true);

    [DllImport("libc", EntryPoint = "gettid")]
    private static extern int CurrentThread();

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Stat(SafeFileHandle folder, string path, int flags, uint wanted, byte[] answer);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out Moment time);

    [DllImport("libc", EntryPoint = "nanosleep")]
    private static extern int Sleep(ref Moment time, nint left);

    private readonly record struct Moment(nint Seconds, nint Nanoseconds);

    private sealed class Watched(int id) : IDisposable
    {
        // How the kernel makes a clock's number of a thread's: all bits turned, three for the kind (2 of a thread alone, plus 4).
        private readonly int clock = (~id << 3) | 6;
        private readonly SafeFileHandle stat = File.OpenHandle($"/proc/self/task/{id}/stat", share: FileShare.ReadWrite | FileShare.Delete);
        private Moment last;

        public bool ClockStands()
        {
            if (ReadClock(clock, out var now) != 0)
            {
                throw new IOException($"thread {id} has ended");
            }

            var stands = now == last;
            last = now;
            return stands;
        }

        /// <summary>Its state stands behind its name, which is in brackets and may have some itself: <c>123 (a name) S 1 …</c>.</summary>
        public bool IsAsleep(byte[] text)
        {
            var read = text.AsSpan(0, RandomAccess.Read(stat, text, 0));
            return read[read.LastIndexOf((byte)')') + 2] == 'S';
        }

        public void Dispose() => stat.Dispose();
    }
}
