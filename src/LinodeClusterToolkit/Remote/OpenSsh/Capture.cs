using System.Text;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Keeps the first MiB of what a program prints, or its last 16 KiB; the rest is read and let go, so that the program never waits.</summary>
internal sealed class Capture
{
    private const int MostHead = 1024 * 1024;
    private const int MostTail = 16 * 1024;

    // A program that has ended may have left the pipe in the hands of another; what it said itself is there by then.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly MemoryStream kept = new();
    private readonly bool tail;
    private readonly Task reading;
    private long dropped;
    private long total;

    private Capture(Stream from, bool tail)
    {
        this.tail = tail;
        reading = ReadAsync(from);
    }

    /// <summary>The beginning of it, for results.</summary>
    public static Capture Head(Stream from) => new(from, tail: false);

    /// <summary>The end of it, for programs that run on and on.</summary>
    public static Capture Tail(Stream from) => new(from, tail: true);

    /// <summary>What was kept so far.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                var text = Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
                return dropped == 0 || tail ? text : $"{text}{(text.EndsWith('\n') ? "" : "\n")}[{dropped} more bytes were not kept]\n";
            }
        }
    }

    private long Total
    {
        get
        {
            lock (gate)
            {
                return total;
            }
        }
    }

    /// <summary>Ends with the stream, or once nothing more has come for a moment.</summary>
    public async Task<string> EndAsync(TimeProvider time)
    {
        for (var before = -1L; !reading.IsCompleted && Total != before;)
        {
            before = Total;
            try
            {
                // A busy program of ours is late to read what is there: the moment begins when its turn has come.
                await Task.Run(() => { }).ConfigureAwait(false);
                await reading.WaitAsync(Grace, time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Somebody else holds the pipe; disposing of the process closes our end.
            }
        }

        return Text;
    }

    private async Task ReadAsync(Stream from)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
            {
                lock (gate)
                {
                    Keep(buffer.AsSpan(0, read));
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was disposed of: what was kept is all there is.
        }
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        total += read.Length;
        if (!tail)
        {
            var room = (int)Math.Min(MostHead - kept.Length, read.Length);
            kept.Write(read[..room]);
            dropped += read.Length - room;
            return;
        }

        kept.Write(read);
        if (kept.Length > 2 * MostTail)
        {
            var last = kept.GetBuffer().AsSpan((int)kept.Length - MostTail, MostTail).ToArray();
            kept.SetLength(0);
            kept.Write(last);
        }
    }
}
