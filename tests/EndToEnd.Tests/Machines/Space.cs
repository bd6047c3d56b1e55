using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EndToEnd.Tests.Machines;

/// <summary>A network namespace, entered by a thread of its own that ends there; a socket stays where it was opened.</summary>
internal static class Space
{
    private const int Network = 0x40000000; // CLONE_NEWNET

    /// <summary>Starts a thread in a namespace, or in this machine's own where there is no name.</summary>
    public static Thread Start(string? name, Action work)
    {
        var thread = new Thread(() =>
        {
            Enter(name);
            work();
        }) { IsBackground = true };
        thread.Start();
        return thread;
    }

    public static Task<T> InAsync<T>(string? name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Enter(name);
                done.SetResult(work());
            }
            catch (Exception wrong)
            {
                done.SetException(wrong);
            }
        }) { IsBackground = true }.Start();
        return done.Task;
    }

    /// <summary>Something that answers whoever gets through to it.</summary>
    public static Task<TcpListener> ListenAsync(string name, string address, int port) => InAsync(name, () =>
    {
        var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        return listener;
    });

    private static void Enter(string? name)
    {
        if (name is not null)
        {
            using var space = File.OpenHandle($"/run/netns/{name}");
            if (SetNamespace(space.DangerousGetHandle().ToInt32(), Network) != 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}
