using System.Runtime.InteropServices;

namespace LinodeTool.Host;

/// <summary>Ctrl-C and TERM: the first asks work to end in good order, the second leaves within a second.</summary>
internal sealed class Interrupt(TimeProvider time) : IDisposable
{
    /// <summary>Calls under way get this long to finish.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LastBreath = TimeSpan.FromMilliseconds(700);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource leave = new();
    private readonly List<IDisposable> held = [];
    private int count;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>True lets work that was begun take as long as it takes after the first signal.</summary>
    public bool IsPatient { get; set; }

    /// <summary>Cancelled by the second signal, or when the grace has passed.</summary>
    public CancellationToken Leave => leave.Token;

    /// <summary>What the process returns when a signal ended it.</summary>
    public ExitCode Code { get; private set; } = ExitCode.Interrupted;

    public bool Happened => count > 0;

    public void Listen()
    {
        held.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, ExitCode.Interrupted)));
        held.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, ExitCode.Terminated)));
    }

    /// <summary>What a signal does; also how tests send one.</summary>
    public void Signal(ExitCode code)
    {
        if (Interlocked.Increment(ref count) == 1)
        {
            Code = code;
            held.Add(time.CreateTimer(_ => leave.Cancel(), null, IsPatient ? Timeout.InfiniteTimeSpan : Grace, Timeout.InfiniteTimeSpan));
            stop.Cancel();
        }
        else
        {
            leave.Cancel();
            held.Add(time.CreateTimer(_ => Environment.Exit((int)Code), null, LastBreath, Timeout.InfiniteTimeSpan));
        }
    }

    public void Dispose() => held.ForEach(one => one.Dispose());

    private void Take(PosixSignalContext context, ExitCode code)
    {
        context.Cancel = true;
        Signal(code);
    }
}
