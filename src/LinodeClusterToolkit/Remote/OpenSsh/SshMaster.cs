using System.Diagnostics;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>A login that stays: one child of ours, whose socket lets clients through without a login of their own.</summary>
internal sealed class SshMaster
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly SshTools tools;
    private readonly Process process;
    private readonly Capture error;
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SshMaster(SshTools tools, Process process)
    {
        this.tools = tools;
        this.process = process;
        _ = WatchAsync();
        process.StandardInput.Close();
        Capture.Tail(process.StandardOutput.BaseStream);
        error = Capture.Tail(process.StandardError.BaseStream);
    }

    /// <summary>Whether clients can still go through it.</summary>
    public bool IsAlive => !exited.Task.IsCompleted;

    /// <summary>What it printed last.</summary>
    public string Said => error.Text;

    /// <summary>Starts it and waits until it lets others through, or is gone again: then <see cref="Said"/> tells why.</summary>
    public static async Task<SshMaster> StartAsync(SshTools tools, string socket, IEnumerable<string> login, CancellationToken cancellation)
    {
        File.Delete(socket);
        var master = new SshMaster(tools, tools.Children.Start(tools.Login(tools.Words.Master(socket, login))));
        try
        {
            while (master.IsAlive && !File.Exists(socket))
            {
                await Task.Delay(Look, tools.Time, cancellation).ConfigureAwait(false);
            }

            if (!master.IsAlive)
            {
                await master.error.EndAsync(tools.Time).ConfigureAwait(false);
            }

            return master;
        }
        catch
        {
            await master.EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether it is gone, or goes within a moment: clients hear of an end a little before we do.</summary>
    public async Task<bool> IsGoneAsync()
    {
        await Task.WhenAny(exited.Task, Task.Delay(TimeSpan.FromMilliseconds(500), tools.Time)).ConfigureAwait(false);
        return !IsAlive;
    }

    private async Task WatchAsync()
    {
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            exited.TrySetResult();
        }
    }

    /// <summary>Ends it.</summary>
    public async Task EndAsync()
    {
        await tools.Children.EndAsync(process).ConfigureAwait(false);
        exited.TrySetResult();
    }
}
